/**
 * When the Dashboard's store hears no more of objects, and what to do then. The store asks anew for a watch that ends, but
 * gives up where the answer is another error than those it knows, and where every list is too old to watch from: both
 * happen while an API server goes and comes.
 */

/** A time in which some changes were not told to the store. */
export interface Outage {
  readonly sinceMilliseconds: number;
  /** When it was last seen that a watch is not running. */
  readonly lostAtMilliseconds: number;
  /** Everything that was not watched at some time. */
  readonly watches: readonly string[];
  /** How often something was tried, and when last; at first when the outage began. */
  readonly attempts: number;
  readonly triedAtMilliseconds: number;
  /** Whether all watches ran again but something could not be read. */
  readonly isRefused: boolean;
}

/** What there is to do: nothing any more, ask for the watches that are lost, or read what may have changed. */
export type Remedy = 'none' | 'watch' | 'read';

/** The Dashboard's own attempts go first, and a blip is no outage. */
const FIRST_MILLISECONDS = 5_000;

/** Between two attempts. */
export const LONGEST_MILLISECONDS = 60_000;
/** Watches that an API server accepts while it starts may end at once. */
const SETTLED_MILLISECONDS = 2_000;

/** The outage after it was seen that these watches are lost, or that none is any more. */
export function lose(outage: Outage | undefined, lost: readonly string[], nowMilliseconds: number): Outage {
  const { watches, ...rest } = outage ?? { sinceMilliseconds: nowMilliseconds, watches: [], attempts: 0, triedAtMilliseconds: nowMilliseconds, isRefused: false };

  return { ...rest, watches: [...new Set([...watches, ...lost])], lostAtMilliseconds: nowMilliseconds };
}

/** The outage after something was tried. */
export function tried(outage: Outage, isRefused: boolean, nowMilliseconds: number): Outage {
  return { ...outage, attempts: outage.attempts + 1, triedAtMilliseconds: nowMilliseconds, isRefused };
}

/** When there is something to do: with longer and longer breaks, but soon after the watches are there again. */
export function dueAtMilliseconds(outage: Outage, isLost: boolean): number {
  return isLost || outage.isRefused ? outage.triedAtMilliseconds + Math.min(LONGEST_MILLISECONDS, FIRST_MILLISECONDS * 2 ** outage.attempts) : outage.lostAtMilliseconds + SETTLED_MILLISECONDS;
}

/** What to do when it is due. Nothing where the Dashboard mended it alone: it goes on from where it was. */
export function remedy({ attempts }: Outage, isLost: boolean): Remedy {
  if (isLost) {
    return 'watch';
  }

  return attempts === 0 ? 'none' : 'read';
}
