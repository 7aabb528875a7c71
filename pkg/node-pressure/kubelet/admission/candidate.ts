/** A pod that a starting kubelet finds on its node. */

import { allocationFromStatus, updatePodFromAllocation } from '../allocation';
import { goSort } from '../goSort';
import type { Pod } from '../pod';
import { isMirrorPod, podFromApiServer } from '../priority';
import { type Amounts, requestAmounts, usedAmounts } from './fit';

export interface Candidate {
  /** As the caller gave it. */
  readonly given: Pod;
  /** As the kubelet sees it, with what it asks for. */
  readonly desired: Pod;
  /** With what the kubelet has granted it before, which is what is admitted again. */
  readonly allocated: Pod;
  /** Milliseconds since 1970. Static pods have no creation time, which sorts before any. */
  readonly createdMs: number;
  /** What it must find free, of the allocation. */
  readonly request: Amounts;
  /** What it takes away from those behind it. */
  readonly used: Amounts;
}

/** Failed and Succeeded pods take nothing and are not looked at again (`IsPodPhaseTerminal`). */
function isTerminal(pod: Pod): boolean {
  return pod.status?.phase === 'Failed' || pod.status?.phase === 'Succeeded';
}

function createdMs(pod: Pod): number {
  const time = isMirrorPod(pod) ? NaN : Date.parse(pod.metadata.creationTimestamp ?? '');

  return Number.isNaN(time) ? -Infinity : time;
}

function toCandidate(given: Pod, allocatable: Amounts): Candidate {
  const desired = podFromApiServer(given);
  const allocated = updatePodFromAllocation(desired, allocationFromStatus(desired));

  return { given, desired, allocated, createdMs: createdMs(desired), request: requestAmounts(allocated, allocatable), used: usedAmounts(allocated) };
}

/**
 * The order in which `HandlePodAdditions` takes them: oldest first, with every mirror in place of the static pod
 * behind it. Which of two equally old pods comes first is random in a cluster; here Go's sort of the given order decides.
 */
export function admissionQueue(pods: readonly Pod[], allocatable: Amounts): Candidate[] {
  const candidates = pods.filter((pod) => !isTerminal(pod)).map((pod) => toCandidate(pod, allocatable));

  return goSort(candidates, (a, b) => a.createdMs < b.createdMs);
}
