/** A pod that a starting kubelet finds on its node. */

import { allocationFromStatus, updatePodFromAllocation } from '../allocation';
import { goSort } from '../go/sort';
import type { Pod } from '../pod';
import { isMirrorPod, podFromApiServer } from '../priority';
import { type Amounts, requestAmounts, usedAmounts } from './fit';

export interface Candidate {
  /** With what it asks for. */
  readonly desired: Pod;
  /** With what the kubelet has granted it before, which is what is admitted again. */
  readonly allocated: Pod;
  /** Milliseconds since 1970. Static pods have no time of creation, which sorts before any. */
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

function createdMs({ metadata: { creationTimestamp } }: Pod): number {
  const time = Date.parse(creationTimestamp ?? '');

  return Number.isNaN(time) ? -Infinity : time;
}

function toCandidate(desired: Pod, createdAtMs: number, allocatable: Amounts): Candidate {
  const allocated = updatePodFromAllocation(desired, allocationFromStatus(desired));

  return { desired, allocated, createdMs: createdAtMs, request: requestAmounts(allocated, allocatable), used: usedAmounts(allocated) };
}

/**
 * A pod of the API as the kubelet holds it. A mirror stands for the static pod behind it, which comes from a file: it has
 * neither a time of creation nor a status that would tell a starting kubelet anything.
 */
export function heldByKubelet(pod: Pod): Pod {
  if (!isMirrorPod(pod)) {
    return podFromApiServer(pod);
  }

  return { metadata: { ...pod.metadata, creationTimestamp: undefined, deletionTimestamp: undefined }, spec: pod.spec };
}

/**
 * The order in which `HandlePodAdditions` takes them: oldest first. Which of two equally old pods comes first is random
 * in a cluster; here Go's sort of the given order decides.
 */
export function admissionQueue(pods: readonly Pod[], allocatable: Amounts): Candidate[] {
  const byAge = goSort(pods.map((pod) => ({ pod, createdMs: createdMs(pod) })), (a, b) => a.createdMs < b.createdMs);

  return byAge.filter(({ pod }) => !isTerminal(pod)).map(({ pod, createdMs: createdAtMs }) => toCandidate(pod, createdAtMs, allocatable));
}
