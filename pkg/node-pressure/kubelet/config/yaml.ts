import { FAILSAFE_SCHEMA, loadAll, type Schema, Type } from 'js-yaml';
import { KubeletError } from '../errors';
import { toJson, type Json } from './json';

const TRUE = ['y', 'Y', 'yes', 'Yes', 'YES', 'true', 'True', 'TRUE', 'on', 'On', 'ON'];
const FALSE = ['n', 'N', 'no', 'No', 'NO', 'false', 'False', 'FALSE', 'off', 'Off', 'OFF'];
const NULL = ['~', 'null', 'Null', 'NULL'];

const INTEGER = /^([+-]?)(0[xX][\da-fA-F]+|0[oO]?[0-7]+|0[bB][01]+|0|[1-9]\d*)$/;
const FLOAT = /^[-+]?(?:\.\d+|\d+(?:\.\d*)?)(?:[eE][-+]?\d+)?$/;
const SPECIAL_FLOATS: Readonly<Record<string, number>> = {
  '.nan': NaN, '.NaN': NaN, '.NAN': NaN,
  '.inf': Infinity, '.Inf': Infinity, '.INF': Infinity,
  '+.inf': Infinity, '+.Inf': Infinity, '+.INF': Infinity,
  '-.inf': -Infinity, '-.Inf': -Infinity, '-.INF': -Infinity,
};

const MIN_INT64 = -(2n ** 63n);
const MAX_INT64 = 2n ** 63n - 1n;
const MAX_UINT64 = 2n ** 64n - 1n;

/** A plain scalar as a whole number: as in Go, underscores do not count, `0o17` and `017` are octal. */
function wholeNumber(text: string): bigint | undefined {
  const [, sign, digits] = INTEGER.exec(text.replaceAll('_', '')) ?? [];

  if (digits === undefined || text.startsWith('_')) {
    return undefined;
  }

  const magnitude = BigInt(/^0\d/.test(digits) ? `0o${ digits.slice(1) }` : digits);
  const value = sign === '-' ? -magnitude : magnitude;

  // Beyond int64 there is room for an uint64, which has no sign
  return value >= MIN_INT64 && value <= (sign === '' ? MAX_UINT64 : MAX_INT64) ? value : undefined;
}

function float(text: string): number | undefined {
  const special = Object.hasOwn(SPECIAL_FLOATS, text) ? SPECIAL_FLOATS[text] : undefined;
  const plain = text.replaceAll('_', '');
  const value = special ?? (FLOAT.test(plain) && !text.startsWith('_') ? Number(plain) : undefined);

  return special === undefined && value !== undefined && !Number.isFinite(value) ? undefined : value;
}

function scalar<T>(tag: string, read: (text: string) => T | undefined): Type {
  return new Type(`tag:yaml.org,2002:${ tag }`, {
    kind:      'scalar',
    resolve:   (text: string | null) => text !== null && read(text) !== undefined,
    construct: read,
  });
}

/** A merge key takes part in no resolution of values; what it does is built into js-yaml. */
const MERGE = new Type('tag:yaml.org,2002:merge', { kind: 'scalar', resolve: (text: string | null) => text === '<<' });

/** Line breaks of YAML 1.1 that 1.2, and so js-yaml, takes for letters. */
const OLD_LINE_BREAKS = /[\u0085\u2028\u2029]/g;

/** How the kubelet's YAML library (go.yaml.in/yaml/v2, in essence YAML 1.1) reads plain scalars; dates stay text. */
const GO_YAML: Schema = FAILSAFE_SCHEMA.extend({
  implicit: [
    new Type('tag:yaml.org,2002:null', { kind: 'scalar', resolve: (text: string | null) => text === null || NULL.includes(text), construct: () => null }),
    scalar('bool', (text) => TRUE.includes(text) ? true : FALSE.includes(text) ? false : undefined),
    scalar('int', wholeNumber),
    scalar('float', float),
    MERGE,
  ],
});

/** JSON's own numbers, with whole ones told from others by how they are written. */
const JSON_NUMBERS: Schema = FAILSAFE_SCHEMA.extend({
  implicit: [
    new Type('tag:yaml.org,2002:null', { kind: 'scalar', resolve: (text: string) => text === 'null', construct: () => null }),
    scalar('bool', (text) => text === 'true' ? true : text === 'false' ? false : undefined),
    scalar('int', (text) => /^-?\d+$/.test(text) ? BigInt(text) : undefined),
    scalar('float', Number),
  ],
});

/**
 * A configuration file as JSON: a text that starts with `{` is JSON, any other is YAML, of which the first document
 * counts. Follows the codecs that the kubelet reads its files with (apimachinery's runtime/serializer, sigs.k8s.io/yaml).
 *
 * @param duplicates what happens to a key that a mapping has twice
 * @throws KubeletError for what is neither; the reason is the parser's, not the kubelet's text
 */
export function parseDocument(text: string, duplicates: 'lastWins' | 'refused'): Json {
  const isJson = text.trimStart().startsWith('{');

  try {
    if (isJson) {
      JSON.parse(text);
    }

    const [document = null] = loadAll(isJson ? text : text.replace(OLD_LINE_BREAKS, '\n'), null, { schema: isJson ? JSON_NUMBERS : GO_YAML, json: duplicates === 'lastWins' });

    return toJson(document, isJson ? 'asWritten' : 'shortest');
  } catch (error) {
    throw new KubeletError(`error converting YAML to JSON: ${ (error as Error).message }`);
  }
}
