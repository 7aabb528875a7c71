/** Why a value could not be read. */
export type FailureKind = 'forbidden' | 'notFound' | 'offline' | 'timeout' | 'badData' | 'failed';

/** The right that reading from a kubelet through the API server takes, written as Kubernetes names it. */
export const KUBELET_VERB = 'get nodes/proxy';

/** One read that did not succeed. */
export interface ReadFailure {
  readonly kind: FailureKind;
  /** What the user would have to be allowed, as Kubernetes names it: `get nodes/proxy`. */
  readonly verb: string;
  /** The server's or our parser's own words. */
  readonly message: string;
}

/** A value and when it arrived, by the browser's clock. */
export interface Sample<T> {
  readonly value: T;
  readonly readAtMilliseconds: number;
}

/**
 * A value that is read again and again, and what became of it: nothing yet (neither), a sample, a failure, or a
 * failure after a sample that is still worth showing with its age.
 */
export interface Reading<T> {
  readonly sample?: Sample<T>;
  readonly failure?: ReadFailure;
}

/** A value that was not asked for yet. */
export const UNREAD: Reading<never> = Object.freeze({});

/** Between two reads of figures that move, such as memory. */
export const REFRESH_MILLISECONDS = 15_000;

/** The same for the one node that is looked at: as often as its kubelet looks itself. Nothing of it is asked sooner again. */
export const IN_VIEW_MILLISECONDS = 10_000;

/** Between two reads of figures that change only when a kubelet starts. */
export const CONFIGURATION_REFRESH_MILLISECONDS = 60_000;

/** Older than this, a figure that moves is shown as stale: two reads in a row were missed. */
export const STALE_AFTER_MILLISECONDS = 3 * REFRESH_MILLISECONDS;

/** Age of a sample. Never negative, also when the clock was set back. */
export function ageOf({ readAtMilliseconds }: Pick<Sample<unknown>, 'readAtMilliseconds'>, nowMilliseconds: number): number {
  return Math.max(0, nowMilliseconds - readAtMilliseconds);
}

/** Whether a figure that moves may still be taken for the present one. */
export function isFresh(sample: Pick<Sample<unknown>, 'readAtMilliseconds'> | undefined, nowMilliseconds: number): boolean {
  return sample !== undefined && ageOf(sample, nowMilliseconds) < STALE_AFTER_MILLISECONDS;
}

/** Failures that asking again soon will not mend. */
const LASTING: readonly FailureKind[] = ['forbidden', 'notFound'];

/**
 * How long to wait before a value is read again: the usual interval after success, after failures twice as long each
 * time and at most ten minutes, and at once the longest wait when only an admin can mend the cause.
 */
export function retryDelay(intervalMilliseconds: number, failuresInARow: number, kind?: FailureKind): number {
  const longest = Math.max(600_000, intervalMilliseconds);

  return kind && LASTING.includes(kind) ? longest : Math.min(longest, intervalMilliseconds * 2 ** failuresInARow);
}
