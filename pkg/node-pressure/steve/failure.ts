import type { FailureKind, ReadFailure } from '../planner/reading';

/** The shapes in which the Dashboard rejects: Steve's and Kubernetes' error objects, or axios' exception. */
interface RejectedWith {
  readonly _status?: unknown;
  readonly status?: unknown;
  readonly message?: unknown;
  readonly code?: unknown;
}

const KIND_OF_STATUS: Readonly<Record<number, FailureKind>> = {
  403: 'forbidden',
  404: 'notFound',
  408: 'timeout',
  502: 'offline',
  503: 'offline',
  504: 'timeout',
};

/** axios' codes for a request that got no answer. */
const KIND_OF_CODE: Readonly<Record<string, FailureKind>> = {
  ERR_NETWORK:  'offline',
  ECONNABORTED: 'timeout',
  ETIMEDOUT:    'timeout',
};

/** Kubernetes' sentence for a missing right: `… cannot get resource "nodes/proxy" in API group "" at the cluster scope`. */
const DENIED = /cannot (\w+) resource "([^"]+)" in API group "([^"]*)"/;

function rejectedWith(reason: unknown): RejectedWith {
  return typeof reason === 'object' && reason !== null ? reason : {};
}

/**
 * The HTTP status of a rejected request, NaN for one that got no answer. Steve and Kubernetes have it in `status`, as
 * a number or as a text; the Dashboard adds `_status`.
 */
export function statusOf(reason: unknown): number {
  const { _status, status } = rejectedWith(reason);

  return Number(_status ?? status);
}

/** The right that the server says is missing, such as `get nodes/proxy` or `list nodes.metrics.k8s.io`. */
function deniedVerb(message: string): string | undefined {
  const [, verb, resource, group] = DENIED.exec(message) ?? [];

  return verb && resource && `${ verb } ${ resource }${ group ? `.${ group }` : '' }`;
}

/**
 * What a rejected request means to the user.
 *
 * @param verb the right that the read takes, used unless the server names another one
 */
export function classifyFailure(reason: unknown, verb: string): ReadFailure {
  const rejected = rejectedWith(reason);
  const status = statusOf(rejected);
  // Steve answers without a body about types it does not know, proxies with a page
  const wordless = Number.isNaN(status) ? String(reason) : `HTTP ${ status }`;
  const message = typeof rejected.message === 'string' ? rejected.message : wordless;
  const kind = KIND_OF_STATUS[status] ?? (typeof rejected.code === 'string' ? KIND_OF_CODE[rejected.code] : undefined) ?? 'failed';

  return { kind, verb: (kind === 'forbidden' && deniedVerb(message)) || verb, message };
}
