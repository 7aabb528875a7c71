import { pluralName, schemaId } from '../kinds/kind';
import type { ResourceKind } from '../kinds/kind';
import { authorize } from '../request';
import type { ApiRequest, Reply } from '../request';
import { ApiError } from '../store/errors';
import { isRecord } from '../store/objects';
import { JSON_PATCH, patched, STRATEGIC } from '../store/patch';
import { objectOf } from '../k8s/objects';
import { segments } from '../k8s/path';
import { accessReview } from '../k8s/review';
import { counts } from './counts';
import { formatObject, unformat } from './format';
import { list } from './list';
import { schemaDefinition } from './schemaDefinitions';
import { collectionMethods, resourceMethods, schemaOf, schemas } from './schemas';

const collection = (request: ApiRequest, resourceType: string, data: unknown[], rest: Record<string, unknown> = {}): Reply => ({
  status: 200,
  body: { type: 'collection', links: { self: request.base + request.path }, createTypes: {}, actions: {}, resourceType, ...rest, data },
});

/** @throws ApiError 404 when there is nothing */
function found(body: unknown): Reply {
  if (body === undefined) {
    throw new ApiError(404, 'NotFound', 'NotFound');
  }

  return { status: 200, body };
}

/** Paths below /v1 that are not about a Kubernetes kind. */
function own(request: ApiRequest, [type, id]: string[]): Reply | undefined {
  if (type === undefined) {
    const plurals = schemas(request).map((schema) => [schema.pluralName, `${ request.base }/v1/${ schema.pluralName }`]);

    return collection(request, 'apiRoot', [
      {
        id: 'v1',
        type: 'apiRoot',
        apiVersion: { version: 'v1' },
        links: { root: `${ request.base }/v1`, self: `${ request.base }/v1/apiRoots/v1`, ...Object.fromEntries(plurals) },
      },
    ]);
  }
  switch (type.toLowerCase()) {
  case 'schemas':
  case 'schema': {
    const all = schemas(request);
    const one = all.find((schema) => schema.id === id);

    return id === undefined ? collection(request, 'schema', all) : found(one);
  }
  case 'schemadefinitions':
  case 'schemadefinition': {
    const kind = id === undefined ? undefined : request.cluster.kinds.find(id);

    return found(kind && schemaOf(request, kind) && schemaDefinition(kind, request.base));
  }
  case 'counts':
  case 'count':
    return collection(request, 'count', [counts(request)]);
  default:
    return undefined;
  }
}

function allow(kind: ResourceKind, method: string, allowed: readonly string[]): void {
  if (!['GET', 'POST', 'PUT', 'PATCH', 'DELETE'].includes(method)) {
    throw new ApiError(405, 'MethodNotAllowed', `Method ${ method } not supported`);
  }
  if (!allowed.includes(method)) {
    throw new ApiError(403, 'PermissionDenied', `Method ${ method } not supported`);
  }
}

async function readObject(request: ApiRequest): Promise<Record<string, unknown>> {
  const body = await request.body();

  if (!isRecord(body)) {
    throw new ApiError(422, 'InvalidBodyContent', 'Failed to parse body');
  }

  return body;
}

async function create(request: ApiRequest, kind: ResourceKind, namespace: string | undefined): Promise<Reply> {
  const object = unformat(kind, await readObject(request));
  const { metadata } = object;

  if (kind.kind === 'SelfSubjectAccessReview') {
    return { status: 201, body: { ...accessReview(request, object), type: schemaId(kind) } };
  }
  metadata.namespace ??= namespace;
  if (kind.namespaced && !metadata.namespace) {
    throw new ApiError(422, 'InvalidBodyContent', 'metadata.namespace or apiOp.namespace are required');
  }
  if (!metadata.name && !metadata.generateName) {
    // Steve names what comes without a name after its kind
    metadata.generateName = `${ kind.kind.replace(/[a-z]/g, '').toLowerCase() || kind.kind.toLowerCase() }-`;
  }
  authorize(request, kind, 'create', { namespace: kind.namespaced ? metadata.namespace : undefined });
  const created = request.cluster.store.create(kind, object, { dryRun: request.query.get('dryRun') === 'All' });

  return { status: 201, body: formatObject(request, kind, created, { fields: false }) };
}

/**
 * The media type that Steve sends a patch on with. Harvester's, which is older, knows JSON patches and takes all others for strategic ones; and it
 * looks for the namespace in a body that it has not read, so that the API server does not find what is in one (steve pkg/stores/proxy/proxy_store.go).
 * @throws ApiError 404 for what is not found so
 */
function patchType({ sql, headers }: ApiRequest, kind: ResourceKind): string {
  const contentType = (headers.get('content-type') ?? '').split(';')[0]?.trim() || STRATEGIC;

  if (!sql && kind.namespaced) {
    throw new ApiError(404, 'NotFound', 'the server could not find the requested resource');
  }

  return sql || contentType === JSON_PATCH ? contentType : STRATEGIC;
}

async function write(request: ApiRequest, kind: ResourceKind, namespace: string | undefined, name: string): Promise<Reply> {
  const { store } = request.cluster;
  const where = { namespace, name };

  if (request.method === 'PATCH') {
    authorize(request, kind, 'patch', where);
    const object = patched(kind, store.get(kind, namespace, name), patchType(request, kind), await request.body());

    return {
      status: 200,
      body: formatObject(request, kind, store.update(kind, object, { dryRun: request.query.get('dryRun') === 'All' }), { fields: false }),
    };
  }
  const object = unformat(kind, await readObject(request));

  if (!object.metadata.resourceVersion) {
    throw new ApiError(500, 'ServerError', 'metadata.resourceVersion is required for update');
  }
  authorize(request, kind, 'update', where);
  object.metadata.name = name;
  if (namespace) {
    object.metadata.namespace = namespace;
  }

  // Steve decodes dryRun on PUT and forgets it: the write happens
  return { status: 200, body: formatObject(request, kind, store.update(kind, object), { fields: false }) };
}

function remove(request: ApiRequest, kind: ResourceKind, namespace: string | undefined, name: string): Reply {
  const { store } = request.cluster;

  authorize(request, kind, 'delete', { namespace, name });
  store.remove(kind, namespace, name, { dryRun: request.query.get('dryRun') === 'All' });
  const left = store.find(kind, namespace, name);

  return left ? { status: 200, body: formatObject(request, kind, left, { fields: true }) } : { status: 204 };
}

async function onObject(request: ApiRequest, kind: ResourceKind, namespace: string | undefined, name: string): Promise<Reply> {
  allow(kind, request.method, resourceMethods(request, kind));
  switch (request.method) {
  case 'GET':
    authorize(request, kind, 'get', { namespace, name });

    return {
      status: 200,
      body: formatObject(request, kind, objectOf(request, kind, namespace, name), { fields: true, exclude: request.query.getAll('exclude') }),
    };
  case 'DELETE':
    return remove(request, kind, namespace, name);
  case 'POST':
    throw new ApiError(403, 'PermissionDenied', 'Method POST not supported');
  default:
    return await write(request, kind, namespace, name);
  }
}

/** Steve's API: everything below `/v1` that concerns Kubernetes kinds, schemas and counts. */
export async function steve(request: ApiRequest): Promise<Reply> {
  const parts = segments(request.path).slice(1);
  const answer = own(request, parts);

  if (answer) {
    return answer;
  }
  const [type = '', first, second] = parts;
  const kind = request.cluster.kinds.find(type);

  // Steve knows no type that the user may do nothing with, and answers without a body
  if (!kind || !schemaOf(request, kind)) {
    return { status: 404 };
  }
  const name = kind.namespaced ? second : first;
  const namespace = kind.namespaced ? first : undefined;

  if (name !== undefined) {
    return await onObject(request, kind, namespace, name);
  }
  allow(kind, request.method, collectionMethods(request, kind));
  if (request.method === 'POST') {
    return await create(request, kind, namespace);
  }
  const { data, ...rest } = list(request, kind, namespace);

  return collection(request, schemaId(kind), data, { ...rest, createTypes: { [schemaId(kind)]: `${ request.base }/v1/${ pluralName(kind) }` } });
}

/** An error as Steve words it. */
export function errorBody(error: ApiError): Record<string, unknown> {
  return { type: 'error', links: {}, code: error.reason, message: error.message, status: error.code };
}
