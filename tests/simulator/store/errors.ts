import type { ResourceKind } from '../kinds/kind';
import type { KubeObject } from './objects';

/** An answer other than success, with the reason and code that the Kubernetes API gives it. */
export class ApiError extends Error {
  constructor(readonly code: number, readonly reason: string, message: string, readonly details: Record<string, unknown> = {}) {
    super(message);
  }
}

/** The resource's name in messages: `nodes`, `cloudinits.node.harvesterhci.io`. */
export function qualified(kind: ResourceKind): string {
  return kind.group ? `${ kind.resource }.${ kind.group }` : kind.resource;
}

/** What `details` names: the object in question. */
function about(kind: ResourceKind, name: string): Record<string, unknown> {
  return { name, ...(kind.group ? { group: kind.group } : {}), kind: kind.resource };
}

/** apimachinery errors.NewNotFound. */
export function notFound(kind: ResourceKind, name: string): ApiError {
  return new ApiError(404, 'NotFound', `${ qualified(kind) } "${ name }" not found`, about(kind, name));
}

/** apimachinery errors.NewAlreadyExists, and what the registry puts before it while the namesake is being deleted. */
export function alreadyExists(kind: ResourceKind, { metadata: { name, deletionTimestamp } }: KubeObject): ApiError {
  return new ApiError(409, 'AlreadyExists', `${ deletionTimestamp ? 'object is being deleted: ' : '' }${ qualified(kind) } "${ name }" already exists`, about(kind, name));
}

/** The registry's text for a stale resourceVersion. */
const MODIFIED = 'the object has been modified; please apply your changes to the latest version and try again';

/** apimachinery errors.NewConflict. */
export function conflict(kind: ResourceKind, name: string, reason = MODIFIED): ApiError {
  return new ApiError(409, 'Conflict', `Operation cannot be fulfilled on ${ qualified(kind) } "${ name }": ${ reason }`, about(kind, name));
}

/** rest.BeforeDelete names the kind where every other conflict names the resource. */
export function preconditionFailed(kind: ResourceKind, name: string, reason: string): ApiError {
  return new ApiError(409, 'Conflict', `Operation cannot be fulfilled on ${ titleOf(kind) } "${ name }": ${ reason }`, { ...about(kind, name), kind: kind.kind });
}

export interface FieldError {
  field: string;
  message: string;
  reason?: string;
}

type GroupKind = Pick<ResourceKind, 'group' | 'kind'>;

/** The kind's name in messages: `Node`, `CloudInit.node.harvesterhci.io`. */
const titleOf = ({ group, kind }: GroupKind): string => (group ? `${ kind }.${ group }` : kind);

/** apimachinery errors.NewInvalid: each cause is `field: message`. */
export function invalid({ group, kind }: GroupKind, name: string, causes: readonly FieldError[]): ApiError {
  const texts = causes.map(({ field, message }) => `${ field }: ${ message }`);
  const summary = texts.length === 1 ? texts[0] : `[${ texts.join(', ') }]`;

  return new ApiError(422, 'Invalid', `${ titleOf({ group, kind }) } "${ name }" is invalid: ${ summary }`, {
    ...(name ? { name } : {}),
    ...(group ? { group } : {}),
    kind,
    causes: causes.map(({ field, message, reason }) => ({ reason: reason ?? 'FieldValueInvalid', message, field })),
  });
}

/** What is wrong with the query of a request, such as `dryRun`. */
export const invalidOptions = (kind: string, causes: readonly FieldError[]): ApiError => invalid({ group: 'meta.k8s.io', kind }, '', causes);

export function badRequest(message: string): ApiError {
  return new ApiError(400, 'BadRequest', message);
}

/** apimachinery errors.NewForbidden as the RBAC authorizer words it. */
export function forbidden(
  user: string,
  verb: string,
  kind: Pick<ResourceKind, 'group' | 'resource'>,
  where: { subresource?: string; namespace?: string; name?: string },
): ApiError {
  const resource = where.subresource ? `${ kind.resource }/${ where.subresource }` : kind.resource;
  const title = `${ kind.group ? `${ kind.resource }.${ kind.group }` : kind.resource }${ where.name ? ` "${ where.name }"` : '' }`;
  const scope = where.namespace ? `in the namespace "${ where.namespace }"` : 'at the cluster scope';

  return new ApiError(
    403,
    'Forbidden',
    `${ title } is forbidden: User "${ user }" cannot ${ verb } resource "${ resource }" in API group "${ kind.group }" ${ scope }`,
    {
      ...(where.name ? { name: where.name } : {}),
      ...(kind.group ? { group: kind.group } : {}),
      kind: kind.resource,
    },
  );
}

/** What an admission webhook's refusal looks like to the client. */
export function denied(webhook: string, message: string, code = 400, reason = 'BadRequest'): ApiError {
  return new ApiError(code, reason, `admission webhook "${ webhook }" denied the request: ${ message }`);
}
