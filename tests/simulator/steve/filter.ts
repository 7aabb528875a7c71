import type { ResourceKind } from '../kinds/kind';
import { ApiError } from '../store/errors';
import { splitPath } from '../store/objects';

/** Something that lists are filtered by: a formatted object. */
export type Row = Record<string, unknown>;
type Test = (row: Row) => boolean;

/** Fields that the SQL cache indexes for every type. */
const COMMON = new Set([
  'id',
  'metadata.name',
  'metadata.namespace',
  'metadata.creationTimestamp',
  'metadata.timestamp',
  'metadata.state.name',
  'metadata.state.error',
  'metadata.state.message',
  'metadata.state.transitioning',
]);

/** All values at a path, through lists: `spec.containers.image` gives every image. */
export function valuesAt(row: unknown, path: string): unknown[] {
  const walk = (value: unknown, [first, ...rest]: readonly string[]): unknown[] => {
    if (first === undefined) {
      return value === undefined || value === null ? [] : [value];
    }
    if (Array.isArray(value) && !/^\d+$/.test(first)) {
      return value.flatMap((item) => walk(item, [first, ...rest]));
    }

    return typeof value === 'object' && value !== null && Object.hasOwn(value, first) ? walk((value as Row)[first], rest) : [];
  };

  return walk(row, splitPath(path));
}

/** @throws ApiError 422 for a field that the SQL cache has no column for. */
export function checkColumn(kind: ResourceKind, path: string): void {
  const field = /^metadata\.fields\[(\d+)\]$/.exec(path);
  const known =
    COMMON.has(path) || kind.indexed.includes(path) || path.startsWith('metadata.labels[') || (field && Number(field[1]) < kind.columns.length);

  if (!known) {
    throw new ApiError(422, 'InvalidBodyContent', `column is invalid [${ path }]: supported columns for ${ kind.resource } are its indexed fields`);
  }
}

/** Splits at `separator` outside quotes, brackets and parentheses. */
function splitOutside(text: string): string[] {
  return (text.match(/(?:"[^"]*"|'[^']*'|\[[^\]]*\]|\([^)]*\)|[^,])+/g) ?? []).map((part) => part.trim());
}

const unquote = (text: string): string => text.trim().replace(/^(["'])(.*)\1$/s, '$2');
const quoted = (text: string): boolean => /^(["']).*\1$/s.test(text.trim());

const FIELD = String.raw`((?:[\w.$-]|\[[^\]]*\])+)`;
const SET = new RegExp(`^${ FIELD }\\s+(in|notin)\\s+\\((.*)\\)$`, 'is');
const COMPARISON = new RegExp(`^${ FIELD }\\s*(!=|!~|==|=|~|<|>)\\s*(.*)$`, 's');
const EXISTENCE = new RegExp(`^(!?)${ FIELD }$`);

const text = (values: readonly unknown[]): string[] => values.map(String);

function comparison(path: string, operator: string, raw: string, sql: boolean): Test {
  const value = unquote(raw);
  // Without the SQL cache `=` means "contains" unless the value is quoted
  const partial = operator.endsWith('~') || (!sql && !quoted(raw));
  const equal: Test = (row) => text(valuesAt(row, path)).some((found) => (partial ? found.toLowerCase().includes(value.toLowerCase()) : found === value));

  switch (operator) {
  case '<':
    return (row) => valuesAt(row, path).some((found) => Number(found) < Number(value));
  case '>':
    return (row) => valuesAt(row, path).some((found) => Number(found) > Number(value));
  case '!=':
  case '!~':
    return (row) => !equal(row);
  default:
    return equal;
  }
}

function term(expression: string, kind: ResourceKind, sql: boolean): Test {
  const check = (path: string): string => {
    if (sql) {
      checkColumn(kind, path);
    }

    return path;
  };
  const set = SET.exec(expression);

  if (set) {
    const [, path = '', operator = '', list = ''] = set;
    const values = list.split(',').map(unquote);
    const isIn: Test = (row) => text(valuesAt(row, check(path))).some((found) => values.includes(found));

    check(path);

    return operator.toLowerCase() === 'in' ? isIn : (row) => !isIn(row);
  }
  const compared = COMPARISON.exec(expression);

  if (compared) {
    const [, path = '', operator = '', value = ''] = compared;

    return comparison(check(path), operator, value, sql);
  }
  const existence = EXISTENCE.exec(expression);

  if (!existence) {
    throw new ApiError(422, 'InvalidBodyContent', `unable to parse filter '${ expression }'`);
  }
  const [, negated, path = ''] = existence;

  check(path);

  return (row) => (valuesAt(row, path).length > 0) === (negated === '');
}

/** The `filter` parameters: each may hold alternatives, separated by commas; all parameters must hold. */
export function filterBy(parameters: readonly string[], kind: ResourceKind, sql: boolean): Test {
  const tests = parameters.filter((parameter) => parameter !== '').map((parameter) => splitOutside(parameter).map((part) => term(part, kind, sql)));

  return (row) => tests.every((alternatives) => alternatives.some((test) => test(row)));
}
