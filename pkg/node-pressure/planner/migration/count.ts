import { type Candidate, demand } from './fit';
import type { Room } from './room';

/** How many VMs can migrate at once. */
export interface Count {
  readonly count: number;
  /** Whether more are impossible; otherwise it is "at least". */
  readonly exact: boolean;
}

/** Up to this many VMs every choice of them is looked at. */
const MAX_EXACT = 16;

type Demands = readonly bigint[];

function fitsInto(demands: Demands, left: Demands): boolean {
  return demands.every((amount, index) => amount <= (left[index] as bigint));
}

function takeFrom(left: Demands, demands: Demands): bigint[] {
  return left.map((amount, index) => amount - (demands[index] as bigint));
}

/** The largest share that a VM takes of what is left of any limit. */
function share(demands: Demands, left: Demands): number {
  return Math.max(0, ...demands.map((amount, index) => (amount === 0n ? 0 : Number(amount) / Number(left[index]))));
}

interface Sized {
  readonly demands: Demands;
  readonly size: number;
}

/** Smallest first; of two alike the one that takes less of the first limit where they differ, so that order is no chance. */
function bySize(a: Sized, b: Sized): number {
  const differs = a.demands.findIndex((amount, index) => amount !== b.demands[index]);

  return a.size - b.size || (differs < 0 ? 0 : Number((a.demands[differs] as bigint) - (b.demands[differs] as bigint)));
}

/** A VM for which Harvester adds more than it needs makes no room for others: they may not begin together. */
function atLeastZero(amount: bigint): bigint {
  return amount < 0n ? 0n : amount;
}

function greedy(candidates: readonly Demands[], left: Demands): number {
  return candidates.reduce((state, demands) => (fitsInto(demands, state.left) ? { count: state.count + 1, left: takeFrom(state.left, demands) } : state), { count: 0, left }).count;
}

/** The largest number from here on, or `atLeast` if none is larger. */
function best(candidates: readonly Demands[], from: number, left: Demands, taken: number, atLeast: number): number {
  if (taken + candidates.length - from <= atLeast) {
    return atLeast;
  }

  const next = candidates[from];

  if (!next) {
    return taken;
  }

  const withIt = fitsInto(next, left) ? best(candidates, from + 1, takeFrom(left, next), taken + 1, atLeast) : atLeast;

  return best(candidates, from + 1, left, taken, withIt);
}

/**
 * How many of the VMs can migrate at once without a compensation: the exact number of up to 16, else what taking the
 * smallest ones first yields.
 */
export function countAtOnce(candidates: readonly Candidate[], rooms: readonly Room[]): Count {
  const left = rooms.map((room) => room.left);
  const possible = candidates
    .map((candidate) => rooms.map((room) => atLeastZero(demand(candidate, room))))
    .filter((demands) => fitsInto(demands, left))
    .map((demands) => ({ demands, size: share(demands, left) }))
    .sort(bySize)
    .map(({ demands }) => demands);
  const atLeast = greedy(possible, left);
  const exact = possible.length <= MAX_EXACT;

  return exact ? { count: best(possible, 0, left, 0, atLeast), exact } : { count: atLeast, exact: atLeast === possible.length };
}
