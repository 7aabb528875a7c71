/** What the API server itself says of rights. Steve's schemas tell neither `list` from `get` nor whether a type may be watched. */
import { clusterPath, type ClusterAccess } from './request';
import { isObject } from './shape';
import { write } from './write';

/** A resource of the Kubernetes API, of all namespaces. */
export interface Resource {
  readonly group: string;
  readonly resource: string;
}

/** Everything that there is, for those who may do anything. */
export const EVERYTHING: Resource = { group: '*', resource: '*' };

/** As Kubernetes writes it: `list nodes`, `watch cloudinits.node.harvesterhci.io`. */
export function rightOf(verb: string, { group, resource }: Resource): string {
  return `${ verb } ${ resource }${ group && `.${ group }` }`;
}

/** Whether the user may do this with all objects of a resource (SelfSubjectAccessReview). Undefined where nobody says. */
export async function isAllowed({ request, clusterId }: ClusterAccess, verb: 'list' | 'watch', resource: Resource, signal: AbortSignal): Promise<boolean | undefined> {
  const outcome = await write(request, {
    url:    `${ clusterPath(clusterId) }/apis/authorization.k8s.io/v1/selfsubjectaccessreviews`,
    method: 'post',
    data:   { apiVersion: 'authorization.k8s.io/v1', kind: 'SelfSubjectAccessReview', spec: { resourceAttributes: { verb, ...resource } } },
    verb:   'create selfsubjectaccessreviews.authorization.k8s.io',
  }, signal);
  const status = outcome?.kind === 'written' && isObject(outcome.body) ? outcome.body['status'] : undefined;
  const allowed = isObject(status) ? status['allowed'] : undefined;

  return typeof allowed === 'boolean' ? allowed : undefined;
}

/** A right that the API server was asked for and denied; {@link classifyFailure} takes it for an answer of 403. */
export class DeniedError extends Error {
  override readonly name = 'DeniedError';
  readonly status = 403;
}

/**
 * Steve answers with a list of nothing, where the user may `get` but not `list`.
 *
 * @throws DeniedError when that is why a list is empty
 */
export async function requireListable(access: ClusterAccess, resource: Resource): Promise<void> {
  if (await isAllowed(access, 'list', resource, new AbortController().signal) === false) {
    throw new DeniedError(`the right to ${ rightOf('list', resource) } is missing`);
  }
}

/** Whether changes of a resource that the user may list are kept from them. Of lists of single namespaces nothing is said. */
export async function isUnwatchable(access: ClusterAccess, resource: Resource, signal: AbortSignal): Promise<boolean> {
  return await isAllowed(access, 'watch', resource, signal) === false && await isAllowed(access, 'list', resource, signal) === true;
}
