/** What the API server itself says of rights. Steve's schemas tell neither `list` from `get` nor whether a type may be watched. */
import { read } from './read';
import { clusterPath, type ClusterAccess } from './request';
import { isObject, objectsOf, requireObject } from './shape';
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
 * Steve answers with a list of nothing, where the user may `get` but not `list`; where they may list in some namespaces, with
 * what is in those.
 *
 * @param url the list in Steve
 * @throws DeniedError when there is nothing for want of the right
 */
export async function requireListable(access: ClusterAccess, resource: Resource, url: string): Promise<void> {
  const { signal } = new AbortController();
  const right = rightOf('list', resource);

  if (await isAllowed(access, 'list', resource, signal) !== false) {
    return;
  }
  const found = await read(access.request, { url, verb: right, parse: (body) => objectsOf(requireObject(body, 'list')['data']).length }, signal);

  if (!found?.value) {
    throw new DeniedError(`the right to ${ right } is missing`);
  }
}

/** Whether changes of a resource that the user may list are kept from them. Of lists of single namespaces nothing is said. */
export async function isUnwatchable(access: ClusterAccess, resource: Resource, signal: AbortSignal): Promise<boolean> {
  return await isAllowed(access, 'watch', resource, signal) === false && await isAllowed(access, 'list', resource, signal) === true;
}
