/** How a write of a policy's object ends. Texts are the API's and its webhooks' own. */
import { cloudInitPlan, isBeingDeleted, type StoredCloudInit } from './cloudInits';
import { read } from './read';
import type { ClusterAccess } from './request';
import type { WriteFailure } from './write';

export interface Conflict {
  readonly kind: 'conflict';
  /** The object as it is now: changed, or created by somebody else. */
  readonly live: StoredCloudInit;
}

/** There is no such object any more. */
export interface Gone { readonly kind: 'gone' }

/** The API or a webhook said no. */
export interface Refused {
  readonly kind: 'refused';
  readonly message: string;
}

export interface Forbidden {
  readonly kind: 'forbidden';
  /** The missing right, as Kubernetes names it: `patch cloudinits.node.harvesterhci.io`. */
  readonly verb: string;
  readonly message: string;
}

/** No answer. */
export interface Unreachable {
  readonly kind: 'unreachable';
  readonly message: string;
  /** It may have been written all the same; doing it again finds out, and does no harm. */
  readonly uncertain: boolean;
}

export type PolicyFailure = Conflict | Gone | Refused | Forbidden | Unreachable;

/** The object is not as we thought; why is to be looked up. */
export interface Outdated {
  readonly kind: 'outdated';
  readonly message: string;
}

/** @param uncertain whether a missing answer leaves open if it was written */
export function explained(failure: WriteFailure, uncertain: boolean): Outdated | Refused | Forbidden | Unreachable {
  switch (failure.kind) {
  case 'conflict':
  case 'missing':
    return { kind: 'outdated', message: failure.message };
  case 'unreachable':
    return { ...failure, uncertain };
  default:
    return failure;
  }
}

/** The object as it is now, after the API said that it is not as we thought; one that is being deleted is gone. Undefined once `signal` is aborted. */
export async function lookAgain({ request, clusterId }: ClusterAccess, name: string, signal: AbortSignal): Promise<Conflict | Gone | Forbidden | Unreachable | undefined> {
  const outcome = await read(request, cloudInitPlan(clusterId, name), signal);

  if (!outcome?.failure) {
    return outcome && (isBeingDeleted(outcome.value) ? { kind: 'gone' } : { kind: 'conflict', live: outcome.value });
  }
  const { kind, verb, message } = outcome.failure;

  switch (kind) {
  case 'notFound': return { kind: 'gone' };
  case 'forbidden': return { kind, verb, message };
  default: return { kind: 'unreachable', message, uncertain: false };
  }
}
