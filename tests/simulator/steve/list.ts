import type { ResourceKind } from '../kinds/kind';
import { may, maySee } from '../request';
import type { ApiRequest } from '../request';
import { ApiError } from '../store/errors';
import type { KubeObject } from '../store/objects';
import { labelSelector, fieldRequirements, matchesFields } from '../store/selectors';
import { objectsOf } from '../k8s/objects';
import { checkColumn, filterBy, valuesAt } from './filter';
import type { Row } from './filter';
import { formatObject, withoutLinks } from './format';

/** What a list request comes to. */
export interface Listing {
  data: Row[];
  revision: string;
  /** Nothing is left out rather than counted. */
  count?: number;
  pages?: number;
  continue?: string;
  summary?: unknown[];
}

function compare(a: unknown, b: unknown): number {
  if (typeof a === 'number' && typeof b === 'number') {
    return a - b;
  }

  return String(a ?? '').localeCompare(String(b ?? ''), 'en');
}

function sortRows(rows: Row[], parameter: string | null, kind: ResourceKind, sql: boolean): Row[] {
  const keys = (parameter ?? (sql ? 'id' : ''))
    .split(',')
    .filter((key) => key !== '')
    .map((key) => {
      const path = key.replace(/^-/, '').replace(/^ip\((.*)\)$/, '$1');

      if (sql) {
        checkColumn(kind, path);
      }

      return { path, sign: key.startsWith('-') ? -1 : 1 };
    });
  const order = (a: Row, b: Row): number => keys.reduce((result, { path, sign }) => result || sign * compare(valuesAt(a, path)[0], valuesAt(b, path)[0]), 0);

  return keys.length ? [...rows].sort(order) : rows;
}

/** Objects in the named namespaces or in namespaces of the named projects. */
function inProjectsOrNamespaces(request: ApiRequest, names: readonly string[]): (object: KubeObject) => boolean {
  const { kinds, store } = request.cluster;
  const projectOf = (namespace: string): string => {
    const labels = store.find(kinds.get('namespace'), undefined, namespace)?.metadata.labels;

    return labels?.['field.cattle.io/projectId'] ?? '';
  };

  return ({ metadata: { namespace = '' } }) => names.includes(namespace) || names.includes(projectOf(namespace));
}

function scope(request: ApiRequest, kind: ResourceKind, namespace: string | undefined): KubeObject[] {
  const { query, sql } = request;
  let objects = objectsOf(request, kind, namespace);

  if (!may(request, 'list', kind, { namespace })) {
    objects = objects.filter(({ metadata }) => maySee(request, kind, metadata));
  }
  const include = query.get('projectsornamespaces');
  const exclude = query.get('projectsornamespaces!');

  if (include) {
    objects = objects.filter(inProjectsOrNamespaces(request, include.split(',')));
  }
  if (exclude) {
    const inside = inProjectsOrNamespaces(request, exclude.split(','));

    objects = objects.filter((object) => !inside(object));
  }
  if (!sql) {
    const fields = fieldRequirements(kind.kind, query.get('fieldSelector'));

    objects = objects.filter(labelSelector(query.get('labelSelector'))).filter((object) => matchesFields(object, fields));
  }

  return objects;
}

function checkRevision(request: ApiRequest): void {
  const wanted = request.query.get('revision');

  if (!wanted) {
    return;
  }
  if (!/^\d+$/.test(wanted)) {
    throw new ApiError(400, request.sql ? 'invalid revision query param' : 'BadRequest', `invalid revision query param: ${ wanted }`);
  }
  if (request.sql && Number(wanted) > Number(request.cluster.store.revision)) {
    throw new ApiError(400, 'unknown revision', `unknown revision: ${ wanted }`);
  }
}

function summarize(rows: readonly Row[], request: ApiRequest): unknown[] | undefined {
  const field = request.query.get('summary');

  if (!field) {
    return undefined;
  }
  const counts: Record<string, { total: number; namespace?: Record<string, number> }> = {};

  for (const row of rows) {
    for (const value of valuesAt(row, field).map(String)) {
      const count = (counts[value] ??= { total: 0 });

      count.total++;
      if (request.query.has('summarynamespaced')) {
        const namespace = String(valuesAt(row, 'metadata.namespace')[0] ?? '');

        count.namespace = { ...count.namespace, [namespace]: (count.namespace?.[namespace] ?? 0) + 1 };
      }
    }
  }

  return [{ property: field, counts }];
}

/** The part of the rows that was asked for: by page (`pagesize`, `page`), or by chunk (`limit`, `continue`), which the SQL cache does not know. */
function cut(rows: Row[], { query, sql }: ApiRequest): Pick<Listing, 'data' | 'pages' | 'continue'> {
  const pageSize = Number(query.get('pagesize') ?? 0);
  const page = Math.max(1, Number(query.get('page') ?? 1));

  if (pageSize > 0) {
    // Only Steve without the SQL cache counts pages
    return { data: rows.slice((page - 1) * pageSize, page * pageSize), ...(sql ? {} : { pages: Math.ceil(rows.length / pageSize) }) };
  }
  const limit = Number(query.get('limit') ?? 0);
  const start = Number(query.get('continue') ?? 0);

  return !sql && limit > 0 && start + limit < rows.length ? { data: rows.slice(start, start + limit), continue: String(start + limit) } : { data: rows.slice(start) };
}

/** A list as Steve answers it: what the user may see, filtered, sorted and cut as the query says. */
export function list(request: ApiRequest, kind: ResourceKind, namespace: string | undefined): Listing {
  const { query, sql } = request;

  checkRevision(request);
  const exclude = query.getAll('exclude');
  const wanted = filterBy(query.getAll('filter'), kind, sql);
  // Filters see all of an object, whatever is left out of the answer; links are made for what is answered only
  const objects = new Map(scope(request, kind, namespace).map((object): [Row, KubeObject] => [withoutLinks(request, kind, object), object]));
  const sorted = sortRows([...objects.keys()].filter(wanted), query.get('sort'), kind, sql);
  const summary = summarize(sorted, request);
  const { data, ...rest } = query.has('summaryonly') ? { data: [] } : cut(sorted, request);

  return {
    revision: request.cluster.store.revision,
    ...(sorted.length ? { count: sorted.length } : {}),
    ...rest,
    ...(summary ? { summary } : {}),
    data: data.map((row) => {
      const object = formatObject(request, kind, objects.get(row) as KubeObject, { fields: true, exclude });

      // The cache keeps an id of its own in every object
      return sql ? { ...object, _id: object.id } : object;
    }),
  };
}
