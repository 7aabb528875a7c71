import { CLOUD_INITS, isObjectName, kubernetesUrl, type StoredCloudInit } from './cloudInits';
import { explained, lookAgain, type PolicyFailure } from './policyOutcome';
import type { ClusterAccess } from './request';
import { write } from './write';

export type DeleteOutcome = { readonly kind: 'deleted' } | PolicyFailure;

/**
 * Deletes the object of a policy exactly as it was read; one that changed since, if only by a node's report, is a
 * conflict. It goes past Steve, which does not pass preconditions on. An object that is not there, or that only waits for its
 * finalizers, is deleted.
 *
 * @returns undefined once `signal` is aborted; nobody knows then whether it was deleted
 */
export async function deletePolicy(access: ClusterAccess, { metadata: { name, resourceVersion } }: StoredCloudInit, signal: AbortSignal): Promise<DeleteOutcome | undefined> {
  // Without a name the path would be that of all of them
  if (!isObjectName(name)) {
    return { kind: 'deleted' };
  }
  const data = { apiVersion: 'v1', kind: 'DeleteOptions', preconditions: { resourceVersion } };
  const outcome = await write(access.request, { url: kubernetesUrl(access.clusterId, name), method: 'delete', data, verb: `delete ${ CLOUD_INITS }` }, signal);

  if (outcome?.kind === 'written') {
    return { kind: 'deleted' };
  }
  const failure = outcome && explained(outcome, true);

  if (failure?.kind !== 'outdated') {
    return failure;
  }
  const found = await lookAgain(access, name, signal);

  return found?.kind === 'gone' ? { kind: 'deleted' } : found;
}
