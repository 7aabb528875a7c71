import type { Count } from './report';

/**
 * What one VM takes of each limit, in the order of the limits: undefined where it does not touch it, less than nothing
 * where it makes room.
 */
export type Demands = readonly (bigint | undefined)[];

/** Up to this many VMs every choice of them is looked at. */
const MAX_EXACT = 16;

/** What is left of the limits, and which of them a choice touches. */
interface State {
  readonly left: readonly bigint[];
  readonly touched: readonly boolean[];
}

function take({ left, touched }: State, demands: Demands): State {
  return { left: left.map((amount, index) => amount - (demands[index] ?? 0n)), touched: touched.map((was, index) => was || demands[index] !== undefined) };
}

/** Limits that are exhausted already do not matter to those who take nothing of them. */
function holds({ left, touched }: State): boolean {
  return left.every((amount, index) => amount >= 0n || !touched[index]);
}

function startOf(left: readonly bigint[]): State {
  return { left, touched: left.map(() => false) };
}

/** The largest share that a VM takes of what is left of any limit. */
function share(demands: Demands, left: readonly bigint[]): number {
  return Math.max(0, ...demands.map((amount = 0n, index) => (amount <= 0n ? 0 : Number(amount) / Math.max(0, Number(left[index])))));
}

function compare(a: bigint | undefined, b: bigint | undefined): number {
  return a === undefined || b === undefined ? Number(a !== undefined) - Number(b !== undefined) : Number(a - b);
}

/** Smallest first; of two alike the one that takes less of the first limit where they differ, so that order is no chance. */
function smallestFirst(items: readonly Demands[], left: readonly bigint[]): Demands[] {
  const sized = items.map((demands) => ({ demands, size: share(demands, left) }));

  return sized.sort((a, b) => a.size - b.size || a.demands.reduce((order, amount, index) => order || compare(amount, b.demands[index]), 0)).map(({ demands }) => demands);
}

function greedy(items: readonly Demands[], left: readonly bigint[]): number {
  return items.reduce<{ count: number; state: State }>(({ count, state }, demands) => {
    const next = take(state, demands);

    return holds(next) ? { count: count + 1, state: next } : { count, state };
  }, { count: 0, state: startOf(left) }).count;
}

/** For each limit, as many of those who touch it as it could hold by itself, the smallest ones, and all others. */
function upperBound(items: readonly Demands[], left: readonly bigint[]): number {
  return Math.min(items.length, ...left.map((amount, index) => {
    const touching = items.flatMap((demands) => demands[index] ?? []).sort((a, b) => Number(a - b));
    let [rest, held, count] = [amount, 0, 0];

    for (const demand of touching) {
      rest -= demand;
      count += 1;
      held = rest >= 0n ? count : held;
    }

    return items.length - touching.length + held;
  }));
}

/** Room that those from an index on could still make, limit by limit. */
function roomMade(items: readonly Demands[], limits: number): bigint[][] {
  const made = [Array.from({ length: limits }, () => 0n)];

  for (const demands of [...items].reverse()) {
    made.unshift((made[0] as bigint[]).map((sum, index) => sum - ((demands[index] ?? 0n) < 0n ? demands[index] as bigint : 0n)));
  }

  return made;
}

/** The largest number of items that hold together; `atLeast` if none is larger. */
function exhaustive(items: readonly Demands[], left: readonly bigint[], atLeast: number): number {
  const made = roomMade(items, left.length);

  function best(from: number, state: State, taken: number, known: number): number {
    if (taken + items.length - from <= known) {
      return known;
    }

    const next = items[from];

    if (!next) {
      return holds(state) ? taken : known;
    }

    const withIt = take(state, next);
    const canHold = withIt.left.every((amount, index) => amount + ((made[from + 1] as bigint[])[index] as bigint) >= 0n || !withIt.touched[index]);

    return best(from + 1, state, taken, canHold ? best(from + 1, withIt, taken + 1, known) : known);
  }

  return best(0, startOf(left), 0, atLeast);
}

/**
 * How many VMs fit at once into what is left of limits: the exact number of up to 16, else what taking the smallest
 * ones first yields, which is exact where no limit by itself would hold more.
 */
export function countAtOnce(items: readonly Demands[], left: readonly bigint[]): Count {
  const sorted = smallestFirst(items, left);
  const atLeast = greedy(sorted, left);

  if (atLeast >= upperBound(items, left)) {
    return { count: atLeast, exact: true };
  }

  return items.length <= MAX_EXACT ? { count: exhaustive(sorted, left, atLeast), exact: true } : { count: atLeast, exact: false };
}
