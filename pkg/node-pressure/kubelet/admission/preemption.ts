/** Which pods the kubelet stops so that a critical one fits. Follows pkg/kubelet/preemption/preemption.go. */

import { KubeletError } from '../errors';
import { getResourceRequestQuantity } from '../eviction/request';
import { isPreemptable } from '../priority';
import { wrapInt64 } from '../quantityInteger';
import { getPodQOS, type PodQOSClass } from '../qos';
import type { Candidate } from './candidate';
import { amountOf, type InsufficientResource } from './fit';

/** `admissionRequirement`: how much of a resource must still become free. */
interface Requirement {
  readonly name: string;
  readonly amount: bigint;
}

export interface Preemption {
  readonly victims: readonly Candidate[];
  /** Another victim was as good, and Go's map order decides between them. */
  readonly isAmbiguous: boolean;
}

/** `GetResourceRequest` of the allocation; every pod requests one of `pods`. */
function requestOf({ allocated }: Candidate, name: string): bigint {
  return name === 'pods' ? 1n : amountOf(name, getResourceRequestQuantity(allocated, name));
}

function remaining({ name, amount }: Requirement, victims: readonly Candidate[]): bigint {
  let rest = amount;

  for (const victim of victims) {
    rest = wrapInt64(rest - requestOf(victim, name));
    if (rest <= 0n) {
      break;
    }
  }

  return rest;
}

/** `subtract`: what remains to be freed once these are gone. */
function subtract(requirements: readonly Requirement[], victims: readonly Candidate[]): Requirement[] {
  return requirements.map((requirement) => ({ ...requirement, amount: remaining(requirement, victims) })).filter(({ amount }) => amount > 0n);
}

/** `distance`: 0 for a pod whose end satisfies everything; every resource weighs the same. */
function distance(requirements: readonly Requirement[], candidate: Candidate): number {
  return requirements.reduce((sum, { name, amount }) => {
    const remaining = Number(wrapInt64(amount - requestOf(candidate, name)));
    const share = remaining / Number(amount);

    return remaining > 0 ? sum + share * share : sum;
  }, 0);
}

/** Sorts by distance, then by the smaller request of memory, then of cpu (`smallerResourceRequest`). */
function compare(requirements: readonly Requirement[], a: Candidate, b: Candidate): number {
  const differences = [
    distance(requirements, a) - distance(requirements, b),
    Number(requestOf(a, 'memory') - requestOf(b, 'memory')),
    Number(requestOf(a, 'cpu') - requestOf(b, 'cpu')),
  ];

  return differences.find((difference) => difference !== 0) ?? 0;
}

function unmet(requirements: readonly Requirement[]): KubeletError {
  const list = requirements.map(({ name, amount }) => `(res: ${ name }, q: ${ amount }), `).join('');

  return new KubeletError(`preemption: error finding a set of pods to preempt: no set of running pods found to reclaim resources: [${ list }]`);
}

/** `getPodsToPreemptByDistance`: the best victim of the class, again and again, until enough is free. */
function byDistance(candidates: readonly Candidate[], requirements: readonly Requirement[]): Preemption {
  const left = [...candidates];
  const victims: Candidate[] = [];
  let rest = requirements;
  let isAmbiguous = false;

  while (rest.length > 0) {
    if (left.length === 0) {
      throw unmet(rest);
    }

    let best = 0;

    // Of equals the kubelet takes the last
    left.forEach((candidate, index) => {
      if (compare(rest, candidate, left[best] as Candidate) <= 0) {
        best = index;
      }
    });

    const victim = left[best] as Candidate;

    isAmbiguous ||= left.some((other) => other !== victim && compare(rest, other, victim) === 0);
    victims.push(victim);
    rest = subtract(rest, [victim]);
    // As upstream removes it, so that the next of several equals is the same one
    left[best] = left[left.length - 1] as Candidate;
    left.pop();
  }

  return { victims, isAmbiguous };
}

/**
 * `getPodsToPreempt`: as few pods as possible and as low a class as possible, BestEffort before Burstable before
 * Guaranteed.
 *
 * @param active the pods admitted so far, in that order
 * @throws KubeletError if stopping all of them would not make room
 */
export function getPodsToPreempt(preemptor: Candidate, active: readonly Candidate[], missing: readonly InsufficientResource[]): Preemption {
  const requirements = missing.map(({ name, requested, used, capacity }) => ({ name, amount: wrapInt64(requested - (capacity - used)) }));
  const preemptable = active.filter((other) => isPreemptable(preemptor.allocated, other.allocated));
  const ofClass = (qosClass: PodQOSClass): Candidate[] => preemptable.filter(({ allocated }) => getPodQOS(allocated) === qosClass);
  const [bestEffort, burstable, guaranteed] = [ofClass('BestEffort'), ofClass('Burstable'), ofClass('Guaranteed')];
  const shortfall = subtract(requirements, preemptable);

  if (shortfall.length > 0) {
    throw unmet(shortfall);
  }

  const guaranteedVictims = byDistance(guaranteed, subtract(requirements, [...bestEffort, ...burstable]));
  const burstableVictims = byDistance(burstable, subtract(requirements, [...bestEffort, ...guaranteedVictims.victims]));
  const bestEffortVictims = byDistance(bestEffort, subtract(requirements, [...burstableVictims.victims, ...guaranteedVictims.victims]));
  const parts = [bestEffortVictims, burstableVictims, guaranteedVictims];

  return { victims: parts.flatMap(({ victims }) => victims), isAmbiguous: parts.some(({ isAmbiguous }) => isAmbiguous) };
}
