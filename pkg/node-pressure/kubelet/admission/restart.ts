/**
 * Which pods of a node its kubelet admits again when it starts. Follows `HandlePodAdditions` (pkg/kubelet/kubelet.go),
 * pkg/kubelet/allocation, pkg/kubelet/lifecycle/predicate.go and pkg/kubelet/preemption, as of 1.33 to 1.36.
 *
 * Every kubelet start asks again for each pod, running or not. Not modelled, because a restart does not change them:
 * node labels, taints and host ports, and what device, CPU and topology managers hold in their checkpoints.
 */

import { KubeletError } from '../errors';
import { admitUnderPressure } from '../eviction/conditions';
import type { Pod } from '../pod';
import type { Quantities } from '../podResources';
import { isCriticalPod } from '../priority';
import type { NodeConditionType } from '../signals';
import { admissionQueue, type Candidate, heldByKubelet } from './candidate';
import { type Amounts, allocatableAmounts, insufficientMessage, insufficientResources } from './fit';
import { Ledger } from './ledger';
import { getPodsToPreempt } from './preemption';
import type { Turn } from './turn';
import { uncertainCandidates } from './uncertain';

/** A pod that becomes Failed, with the reason and the message of its status. */
export interface Rejection {
  readonly pod: Pod;
  /** `OutOfmemory`, `OutOfcpu`, `OutOfpods`, …, `Evicted` (node pressure), `UnexpectedAdmissionError` (critical, and no room can be made). */
  readonly reason: string;
  readonly message: string;
}

/** In the order of the decisions. */
export interface RestartOutcome {
  /** Those preempted later included. */
  readonly admitted: readonly Pod[];
  readonly rejected: readonly Rejection[];
  /** Stopped to make room for a critical pod: Failed, reason `Preempting`. */
  readonly preempted: readonly Pod[];
  /**
   * Pods whose fate, as given above, is one of several: equally old pods come in random order, equal victims are
   * picked at random, pods being deleted may be gone by then, a starting kubelet may admit before it sees pressure, and
   * a pending resize of a critical pod may preempt afterwards. Treat each as lost.
   */
  readonly uncertain: readonly Pod[];
}

const REJECTED = 'Pod was rejected: ';

function outOf(name: string): string {
  return `OutOf${ name }`;
}

/** `predicateAdmitHandler.Admit` behind the eviction manager's handler. */
function decide(candidate: Candidate, ledger: Ledger, allocatable: Amounts, pressure: readonly NodeConditionType[]): Turn {
  // What is being deleted is lost anyhow; it counts until it is gone
  if (candidate.desired.metadata.deletionTimestamp) {
    return { candidate, kind: 'terminating' };
  }

  const underPressure = admitUnderPressure(pressure, candidate.allocated);

  if (!underPressure.admit) {
    return { candidate, kind: 'refused', reason: underPressure.reason, message: underPressure.message };
  }

  const missing = insufficientResources(candidate.request, ledger.used, allocatable);
  const [first] = missing;

  if (!first) {
    return { candidate, kind: 'admitted', victims: [], isAmbiguous: false };
  }
  if (!isCriticalPod(candidate.allocated)) {
    return { candidate, kind: 'rejected', reason: outOf(first.name), message: insufficientMessage(first) };
  }

  try {
    return { candidate, kind: 'admitted', ...getPodsToPreempt(candidate, ledger.active, missing) };
  } catch (error) {
    const message = `Unexpected error while attempting to recover from admission failure: ${ (error as KubeletError).message }`;

    return { candidate, kind: 'rejected', reason: 'UnexpectedAdmissionError', message };
  }
}

/** {@link admitAtKubeletStart} of pods as the kubelet holds them: static ones with their source and without a time of creation. */
export function admitHeldPods(pods: readonly Pod[], allocatable: Readonly<Quantities>, pressure: readonly NodeConditionType[]): RestartOutcome {
  const available = allocatableAmounts(allocatable);
  const ledger = new Ledger();
  const turns = admissionQueue(pods, available).map((candidate) => {
    const turn = decide(candidate, ledger, available, pressure);

    if (turn.kind === 'admitted') {
      turn.victims.forEach((victim) => ledger.remove(victim));
    }
    if (turn.kind === 'admitted' || turn.kind === 'terminating') {
      ledger.add(candidate);
    }

    return turn;
  });
  const uncertain = uncertainCandidates(turns, available);

  return {
    admitted:  turns.flatMap((turn) => (turn.kind === 'admitted' ? [turn.candidate.desired] : [])),
    rejected:  turns.flatMap((turn) => (turn.kind === 'rejected' || turn.kind === 'refused' ? [{ pod: turn.candidate.desired, reason: turn.reason, message: REJECTED + turn.message }] : [])),
    preempted: turns.flatMap((turn) => (turn.kind === 'admitted' ? turn.victims.map(({ desired }) => desired) : [])),
    uncertain: turns.filter(({ candidate }) => uncertain.has(candidate)).map(({ candidate }) => candidate.desired),
  };
}

/**
 * What a kubelet start does to the pods of its node.
 *
 * @param pods all pods bound to the node, as the API shows them; mirrors stand for their static pods, ahead of all others
 * @param allocatable `node.status.allocatable` as the starting kubelet will read it; a missing `pods` has room for none
 * @param pressure conditions of the node that the kubelet will find again, soft thresholds included
 * @throws KubeletError if a quantity of a pod cannot be parsed
 */
export function admitAtKubeletStart(pods: readonly Pod[], allocatable: Readonly<Quantities>, pressure: readonly NodeConditionType[] = []): RestartOutcome {
  const given = new Map(pods.map((pod) => [heldByKubelet(pod), pod]));
  const outcome = admitHeldPods([...given.keys()], allocatable, pressure);
  const asGiven = (held: Pod): Pod => given.get(held) as Pod;

  return {
    admitted:  outcome.admitted.map(asGiven),
    rejected:  outcome.rejected.map((rejection) => ({ ...rejection, pod: asGiven(rejection.pod) })),
    preempted: outcome.preempted.map(asGiven),
    uncertain: outcome.uncertain.map(asGiven),
  };
}
