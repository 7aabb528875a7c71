import { apiVersion, pluralName, schemaId } from '../kinds/kind';
import type { ResourceKind } from '../kinds/kind';
import { may } from '../request';
import type { ApiRequest } from '../request';
import { isRecord, keyOf, omit } from '../store/objects';
import type { KubeObject } from '../store/objects';
import { resourcePath } from '../k8s/path';
import { relationshipsOf } from './relationships';
import { annotatedConditions, stateOf } from './state';

/** Top-level keys of Kubernetes objects that Steve's own keys displace. */
const DISPLACED = ['id', 'type', 'links', 'actions'];

/** A Kubernetes object as Steve's API shows it. */
export type SteveObject = Record<string, unknown> & { id: string; type: string };

function links(request: ApiRequest, kind: ResourceKind, object: KubeObject): Record<string, string> {
  const { namespace, name } = object.metadata;
  const self = `${ request.base }/v1/${ pluralName(kind) }/${ keyOf(namespace, name) }`;
  const allowed: Record<string, string> = { self };
  const add = (link: string, method: string, verbs: string[]): void => {
    if (verbs.some((verb) => kind.verbs.includes(verb) && may(request, verb, kind, { namespace, name }))) {
      allowed[link] = kind.disallow.includes(method) ? 'blocked' : self;
    }
  };

  // Rancher keeps people on its own API for its own types
  allowed.view = kind.group === 'management.cattle.io' ? self : `${ request.base }${ resourcePath(kind, namespace, name) }`;
  add('update', 'PUT', ['update']);
  add('patch', 'PATCH', ['update', 'patch']);
  add('remove', 'DELETE', ['delete']);

  return allowed;
}

/** What a caller wants of each object. */
export interface FormatOptions {
  /** Printer columns: on everything that is read, not on the answers to writes. */
  fields: boolean;
  /** Dotted paths to leave out. */
  exclude?: readonly string[];
}

/** The printer columns' values, `metadata.fields`. */
export function fieldsOf(request: Pick<ApiRequest, 'cluster'>, kind: ResourceKind, object: KubeObject): (string | number)[] {
  const now = request.cluster.clock.now();

  return kind.columns.map((column) => column.value(object, now));
}

/** An object without its links: what lists are filtered and sorted by. */
export function withoutLinks(request: Pick<ApiRequest, 'cluster'>, kind: ResourceKind, object: KubeObject): Record<string, unknown> {
  const { metadata, ...rest } = object;

  return {
    ...displace(rest),
    id: keyOf(metadata.namespace, metadata.name),
    metadata: { ...metadata, fields: fieldsOf(request, kind, object), state: stateOf(kind, object) },
  };
}

function displace(object: Record<string, unknown>): Record<string, unknown> {
  if (!DISPLACED.some((key) => key in object)) {
    return object;
  }

  return Object.fromEntries(Object.entries(object).map(([key, value]) => [DISPLACED.includes(key) ? `_${ key }` : key, value]));
}

export function formatObject(request: ApiRequest, kind: ResourceKind, object: KubeObject, { fields, exclude = [] }: FormatOptions): SteveObject {
  const { metadata, ...rest } = object;
  const conditions = annotatedConditions(kind, object);
  const formatted: SteveObject = {
    id: keyOf(metadata.namespace, metadata.name),
    type: schemaId(kind),
    links: links(request, kind, object),
    ...displace(rest),
    metadata: {
      ...metadata,
      ...(fields ? { fields: fieldsOf(request, kind, object) } : {}),
      relationships: relationshipsOf(object),
      state: stateOf(kind, object),
    },
    ...(conditions && isRecord(object.status) ? { status: { ...object.status, conditions } } : {}),
  };

  exclude.forEach((path) => removeAt(formatted, path.split('.')));

  return formatted;
}

/** Deletes what stands at a path, copying on the way: the object's inner parts belong to the store. */
function removeAt(object: Record<string, unknown>, [first, ...rest]: string[]): void {
  if (first === undefined || !Object.hasOwn(object, first)) {
    return;
  }
  if (rest.length === 0) {
    delete object[first];

    return;
  }
  const inner = object[first];

  if (isRecord(inner)) {
    const copy = { ...inner };

    object[first] = copy;
    removeAt(copy, rest);
  }
}

/** A condition without what Steve adds. */
function plainCondition(condition: unknown): unknown {
  return isRecord(condition) ? omit(condition, 'error', 'transitioning', 'lastUpdateTime') : condition;
}

/** What Steve takes out of an object that a client sends back: its own additions. */
export function unformat(kind: ResourceKind, body: Record<string, unknown>): KubeObject {
  const own = omit(body, ...DISPLACED, 'actionLinks');
  const restored = Object.fromEntries(
    Object.entries(own).map(([key, value]) => [key.startsWith('_') && DISPLACED.includes(key.slice(1)) ? key.slice(1) : key, value]),
  );
  const { status, metadata } = restored;

  return {
    apiVersion: apiVersion(kind),
    kind: kind.kind,
    ...restored,
    ...(isRecord(status) && Array.isArray(status.conditions) ? { status: { ...status, conditions: status.conditions.map(plainCondition) } } : {}),
    metadata: omit(isRecord(metadata) ? metadata : {}, 'fields', 'relationships', 'state'),
  } as unknown as KubeObject;
}
