import { apiVersion } from '../kinds/kind';
import type { ResourceKind } from '../kinds/kind';
import { kubeletServer } from '../nodes/server';
import { authorize } from '../request';
import type { ApiRequest, Reply } from '../request';
import { ApiError, badRequest, invalidOptions, preconditionFailed } from '../store/errors';
import { isRecord, valueAt } from '../store/objects';
import type { KubeObject } from '../store/objects';
import { patched } from '../store/patch';
import { fieldRequirements, labelSelector, matchesFields } from '../store/selectors';
import { discovery } from './discovery';
import { objectOf, objectsOf } from './objects';
import { parsePath } from './path';
import type { ParsedPath } from './path';
import { accessReview } from './review';

const DRY_RUN = 'All';

const OPTIONS: Readonly<Record<string, string>> = { POST: 'CreateOptions', PUT: 'UpdateOptions', PATCH: 'PatchOptions', DELETE: 'DeleteOptions' };

/** @throws ApiError as apimachinery's ValidateDryRun words it */
function dryRunOf(request: ApiRequest): boolean {
  const value = request.query.get('dryRun');

  if (value !== null && value !== DRY_RUN) {
    throw invalidOptions(OPTIONS[request.method] ?? 'ListOptions', [{ field: 'dryRun', message: `Unsupported value: ["${ value }"]: supported values: "${ DRY_RUN }"`, reason: 'FieldValueNotSupported' }]);
  }

  return value === DRY_RUN;
}

async function readObject(request: ApiRequest, kind: ResourceKind, { namespace, name }: ParsedPath): Promise<KubeObject> {
  const body = await request.body();

  if (!isRecord(body)) {
    throw badRequest('the object provided is unrecognized (must be of type Object)');
  }
  const object = { apiVersion: apiVersion(kind), kind: kind.kind, metadata: {}, ...body } as unknown as KubeObject;

  if (name !== undefined && object.metadata.name !== name) {
    throw badRequest(`the name of the object (${ object.metadata.name }) does not match the name on the URL (${ name })`);
  }

  return { ...object, metadata: { ...object.metadata, ...(namespace ? { namespace } : {}) } };
}

function listObjects(request: ApiRequest, kind: ResourceKind, namespace: string | undefined): Reply {
  authorize(request, kind, 'list', { namespace });
  const { query, cluster } = request;

  if (query.get('watch') === 'true' || query.get('watch') === '1') {
    throw new ApiError(501, 'NotSimulated', "not simulated: watches of the Kubernetes API; Steve's /v1/subscribe is");
  }
  const fields = fieldRequirements(kind.kind, query.get('fieldSelector'));
  const node = kind.group === '' && kind.kind === 'Pod' ? fields.find(({ path, equal }) => path === 'spec.nodeName' && equal)?.value : undefined;
  const candidates =
    node === undefined ? objectsOf(request, kind, namespace) : cluster.store.podsOn(node).filter((pod) => !namespace || pod.metadata.namespace === namespace);
  const items = candidates.filter((object) => matchesFields(object, fields)).filter(labelSelector(query.get('labelSelector')));
  const limit = Number(query.get('limit') ?? 0);
  const start = Number(query.get('continue') ?? 0);
  const end = limit > 0 ? start + limit : items.length;
  const more = end < items.length ? { continue: String(end), remainingItemCount: items.length - end } : {};

  return {
    status: 200,
    body: {
      kind: `${ kind.kind }List`,
      apiVersion: apiVersion(kind),
      metadata: { resourceVersion: cluster.store.revision, ...more },
      items: items
        .slice(start, end)
        .map(({ apiVersion: _apiVersion, kind: _kind, ...rest }) => (kind.custom ? { apiVersion: _apiVersion, kind: _kind, ...rest } : rest)),
    },
  };
}

async function onCollection(request: ApiRequest, kind: ResourceKind, path: ParsedPath): Promise<Reply> {
  const { namespace } = path;

  if (request.method === 'GET') {
    return listObjects(request, kind, namespace);
  }
  if (request.method !== 'POST') {
    throw new ApiError(405, 'MethodNotAllowed', 'the server does not allow this method on the requested resource');
  }
  authorize(request, kind, 'create', { namespace });
  const object = await readObject(request, kind, path);

  if (kind.kind === 'SelfSubjectAccessReview') {
    return { status: 201, body: accessReview(request, object) };
  }
  if (kind.namespaced && !namespace) {
    throw badRequest('an empty namespace may not be set during creation');
  }

  return { status: 201, body: request.cluster.store.create(kind, object, { dryRun: dryRunOf(request) }) };
}

/** DeleteOptions.preconditions, as apiserver's rest.BeforeDelete compares and words them. */
function checkPreconditions(kind: ResourceKind, { metadata }: KubeObject, options: unknown): void {
  for (const [field, title, end] of [['uid', 'UID', 'deleted and then recreated'], ['resourceVersion', 'ResourceVersion', 'modified']] as const) {
    const expected = valueAt(options, `preconditions.${ field }`);

    if (expected !== undefined && expected !== metadata[field]) {
      const reason = `the ${ title } in the precondition (${ String(expected) }) does not match the ${ title } in record (${ metadata[field] })`;

      throw preconditionFailed(kind, metadata.name, `${ reason }. The object might have been ${ end }`);
    }
  }
}

async function onObject(request: ApiRequest, kind: ResourceKind, path: ParsedPath & { name: string }): Promise<Reply> {
  const { namespace, name, subresource } = path;
  const { store } = request.cluster;
  const where = { namespace, name, subresource };
  const allow = (verb: string): void => authorize(request, kind, verb, where);
  const options = { dryRun: dryRunOf(request), status: subresource === 'status' };

  switch (request.method) {
  case 'GET':
    allow('get');

    return { status: 200, body: objectOf(request, kind, namespace, name) };
  case 'PUT':
    allow('update');

    return { status: 200, body: store.update(kind, await readObject(request, kind, path), options) };
  case 'PATCH': {
    allow('patch');
    const type = (request.headers.get('content-type') ?? '').split(';')[0]?.trim() ?? '';

    return { status: 200, body: store.update(kind, patched(kind, store.get(kind, namespace, name), type, await request.body()), options) };
  }
  case 'DELETE': {
    allow('delete');
    checkPreconditions(kind, store.get(kind, namespace, name), await request.body());
    const old = store.remove(kind, namespace, name, options);

    if (old.metadata.finalizers?.length) {
      return { status: 200, body: old };
    }
    const details = { name, kind: kind.resource, uid: old.metadata.uid };

    return { status: 200, body: { kind: 'Status', apiVersion: 'v1', metadata: {}, status: 'Success', details } };
  }
  default:
    throw new ApiError(405, 'MethodNotAllowed', 'the server does not allow this method on the requested resource');
  }
}

/** The Kubernetes API itself, which Steve and Rancher pass through: `/api`, `/apis`, `/version`. */
export async function kubernetes(request: ApiRequest): Promise<Reply> {
  const answer = discovery(request.cluster, request.path);

  if (answer) {
    return answer;
  }
  const path = parsePath(request.path);
  const kind = path && request.cluster.kinds.resource(path.group, path.resource);

  if (!path || !kind || kind.version !== path.version) {
    throw new ApiError(404, 'NotFound', 'the server could not find the requested resource');
  }
  const { name, subresource } = path;

  if (name === undefined) {
    return await onCollection(request, kind, path);
  }
  if (kind.group === '' && kind.kind === 'Node' && subresource === 'proxy') {
    authorize(request, kind, request.method === 'GET' ? 'get' : 'create', { name, subresource });

    return kubeletServer(request, name, path.rest);
  }
  if (subresource !== undefined && !(subresource === 'status' && kind.statusSubresource)) {
    throw new ApiError(404, 'NotFound', 'the server could not find the requested resource');
  }

  return await onObject(request, kind, { ...path, name });
}

/** An error as the Kubernetes API words it: meta/v1 Status. */
export function statusBody(error: ApiError): Record<string, unknown> {
  return {
    kind: 'Status',
    apiVersion: 'v1',
    metadata: {},
    status: 'Failure',
    message: error.message,
    reason: error.reason,
    details: error.details,
    code: error.code,
  };
}
