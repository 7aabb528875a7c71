/**
 * Which decisions of a kubelet start depend on chance.
 *
 * Two sets are carried along: the pods that are surely active, and those that possibly are. A pod that fits beside all
 * possible ones is surely admitted, one that does not fit beside the sure ones is surely not; between the two lies
 * chance. While both sets are the same, the decisions are exact.
 */

import { isCriticalPod, isPreemptable } from '../priority';
import type { Candidate } from './candidate';
import { type Amounts, insufficientResources, requestAmounts } from './fit';
import { Ledger } from './ledger';
import type { Turn } from './turn';

/** What a critical pod may find in use after preempting everybody. */
const NOTHING: Amounts = new Map();

/** Pods of the same age, whose order is random. */
function groupByAge(turns: readonly Turn[]): Turn[][] {
  const groups: Turn[][] = [];

  for (const turn of turns) {
    const group = groups.at(-1);

    if (group?.[0]?.candidate.createdMs === turn.candidate.createdMs) {
      group.push(turn);
    } else {
      groups.push([turn]);
    }
  }

  return groups;
}

class Bounds {
  readonly uncertain = new Set<Candidate>();
  private readonly sure = new Ledger();
  private readonly possible = new Ledger();

  constructor(private readonly allocatable: Amounts) {}

  /** Decides a group. None of its members is sure to come before another, each of them possibly does. */
  settle(group: readonly Turn[]): void {
    const isExact = group.length === 1 && this.sure.size === this.possible.size;

    group.forEach(({ candidate }) => this.possible.add(candidate));
    group
      .filter((turn) => (isExact ? this.settleExactly(turn) : this.settleWithinBounds(turn)))
      .filter(({ candidate }) => !this.uncertain.has(candidate))
      .forEach(({ candidate }) => this.sure.add(candidate));
  }

  /** A resize that waits is tried again once all pods are there, and a critical pod's may preempt then. */
  settlePendingResize(candidate: Candidate): void {
    if (!this.possible.has(candidate) || !isCriticalPod(candidate.desired)) {
      return;
    }

    const request = requestAmounts(candidate.desired, this.allocatable);
    const grows = [...request].some(([name, amount]) => amount > (candidate.request.get(name) ?? 0n));

    if (grows && !this.fitsBesidePossible(candidate, request)) {
      this.threatenVictimsOf(candidate);
    }
  }

  private settleExactly(turn: Turn): boolean {
    switch (turn.kind) {
    case 'terminating':
    case 'refused':
      return this.settleWithinBounds(turn);
    case 'rejected':
      this.possible.remove(turn.candidate);

      return false;
    case 'admitted':
      if (turn.isAmbiguous) {
        this.threatenVictimsOf(turn.candidate);
      } else {
        turn.victims.forEach((victim) => this.forget(victim));
      }

      return true;
    }
  }

  private forget(victim: Candidate): void {
    this.sure.remove(victim);
    this.possible.remove(victim);
  }

  private settleWithinBounds({ candidate, kind }: Turn): boolean {
    if (kind === 'terminating') {
      // It may be gone before the kubelet asks
      return false;
    }
    // Conditions may not be known yet when a pod's turn comes, so one that they refuse may still be admitted
    if (kind !== 'refused' && this.fitsBesidePossible(candidate, candidate.request)) {
      return true;
    }

    const isCritical = isCriticalPod(candidate.allocated);
    const usedAtBest = isCritical ? NOTHING : this.sure.used;

    if (insufficientResources(candidate.request, usedAtBest, this.allocatable).length > 0) {
      this.possible.remove(candidate);

      return false;
    }
    if (isCritical) {
      this.threatenVictimsOf(candidate);
    }
    this.uncertain.add(candidate);

    return false;
  }

  private fitsBesidePossible(candidate: Candidate, request: Amounts): boolean {
    this.possible.remove(candidate);

    const missing = insufficientResources(request, this.possible.used, this.allocatable);

    this.possible.add(candidate);

    return missing.length === 0;
  }

  private threatenVictimsOf(preemptor: Candidate): void {
    for (const other of this.possible.active) {
      if (other !== preemptor && isPreemptable(preemptor.allocated, other.allocated)) {
        this.uncertain.add(other);
        this.sure.remove(other);
      }
    }
  }
}

/** The pods whose admission or survival is not certain, given the decisions of one possible course. */
export function uncertainCandidates(turns: readonly Turn[], allocatable: Amounts): ReadonlySet<Candidate> {
  const bounds = new Bounds(allocatable);

  groupByAge(turns).forEach((group) => bounds.settle(group));
  turns.forEach(({ candidate }) => bounds.settlePendingResize(candidate));

  return bounds.uncertain;
}
