import { makeSignalObservations } from '../../kubelet/observations';
import type { Signal } from '../../kubelet/signals';
import type { Summary } from '../../kubelet/summary';
import type { Message } from '../display';
import { badSample } from './badSample';

/** What a node's signals stood at, at one moment. */
export interface SignalSample {
  /** By the browser's clock. */
  readonly atMilliseconds: number;
  /** When the kubelet measured memory, as it wrote that: a sample with the same time says nothing new. */
  readonly measuredAt?: string;
  /** Bytes, inodes or process ids; a signal that was not observed is absent, and so is a figure that cannot be true. */
  readonly available: Readonly<Partial<Record<Signal, number>>>;
}

/** Where samples come from, oldest first: an open tab has its own, a history has older ones. */
export interface SamplesSince {
  (sinceMilliseconds: number): readonly SignalSample[];
}

/** The windows in which drops are looked for: the kubelet looks once in 10 s; a minute shows a longer burst. */
export const DROP_WINDOWS_MILLISECONDS = [10_000, 60_000] as const;

/** The figures of one summary. */
export function signalSample(summary: Summary, atMilliseconds: number): SignalSample {
  const observations = makeSignalObservations(summary);

  return {
    atMilliseconds,
    measuredAt: observations['memory.available']?.time,
    available:  Object.fromEntries(Object.entries(observations).flatMap(([signal, observation]) => (badSample(observation) ? [] : [[signal, Number(observation.available.value())]]))),
  };
}

/** Samples with one more, without what is older than `keepMilliseconds`; the same samples if it says nothing new. */
export function keepSample(samples: readonly SignalSample[], sample: SignalSample, keepMilliseconds: number): readonly SignalSample[] {
  const last = samples.at(-1);

  if (last && last.measuredAt !== undefined && last.measuredAt === sample.measuredAt) {
    return samples;
  }

  return [...samples.filter(({ atMilliseconds }) => sample.atMilliseconds - atMilliseconds <= keepMilliseconds), sample];
}

/** Samples that are held in a list. */
export function samplesIn(samples: readonly SignalSample[]): SamplesSince {
  return (sinceMilliseconds) => samples.filter(({ atMilliseconds }) => atMilliseconds >= sinceMilliseconds);
}

/** One point of a signal's line. */
export interface SamplePoint {
  readonly atMilliseconds: number;
  readonly available: number;
}

/** The line of one signal; moments at which it was not observed are no points. */
export function pointsOf(samples: readonly SignalSample[], signal: Signal): SamplePoint[] {
  return samples.flatMap(({ atMilliseconds, available }) => {
    const amount = available[signal];

    return amount === undefined ? [] : [{ atMilliseconds, available: amount }];
  });
}

/** How much a signal lost within a window of time. */
export interface LargestDrop {
  readonly amount: number;
  readonly fromMilliseconds: number;
  readonly toMilliseconds: number;
  /** The samples lie further apart than the window: in some window between them it was at least this. */
  readonly isLowerBound: boolean;
}

function dropBetween(from: SamplePoint, to: SamplePoint, windowMilliseconds: number): LargestDrop {
  const windows = Math.max(1, Math.ceil((to.atMilliseconds - from.atMilliseconds) / windowMilliseconds));

  return {
    amount:           Math.floor((from.available - to.available) / windows),
    fromMilliseconds: from.atMilliseconds,
    toMilliseconds:   to.atMilliseconds,
    isLowerBound:     windows > 1,
  };
}

/**
 * The largest drop of a signal within any window of this length, 0 where it only rose. Undefined without two points.
 * A drop between two samples is never blown up: spread over their distance, one of the windows in it had its share.
 */
export function largestDrop(points: readonly SamplePoint[], windowMilliseconds: number): LargestDrop | undefined {
  let largest: LargestDrop | undefined;

  points.forEach((to, index) => {
    for (let before = index - 1; before >= 0; before--) {
      const from = points[before] as SamplePoint;
      const drop = dropBetween(from, to, windowMilliseconds);

      // Neighbours always count; pairs further apart only within the window
      if (drop.isLowerBound && before < index - 1) {
        break;
      }
      if (!largest || drop.amount > largest.amount) {
        largest = drop;
      }
    }
  });

  return largest && { ...largest, amount: Math.max(0, largest.amount) };
}

/** Drops of a signal while it was sampled, and what they mean for its margin. */
export interface Bursts {
  readonly sampledMilliseconds: number;
  readonly within10s?: LargestDrop;
  readonly within60s?: LargestDrop;
  /**
   * `reachesIn10s`: such a drop passes the threshold between two looks of the kubelet; `reachesIn60s`: within a minute;
   * `fits`: it would not; `noMargin`: there is no threshold ahead; `tooFew`: fewer than two samples.
   */
  readonly verdict: Message<'tooFew' | 'noMargin' | 'reachesIn10s' | 'reachesIn60s' | 'fits'>;
}

/** @param margin what is left to the nearest threshold, in the signal's unit */
export function bursts(samples: readonly SignalSample[], signal: Signal, margin: number | undefined): Bursts {
  const points = pointsOf(samples, signal);
  const [first, last] = [points[0], points.at(-1)];
  const [within10s, within60s] = DROP_WINDOWS_MILLISECONDS.map((window) => largestDrop(points, window));
  const sampledMilliseconds = first && last ? last.atMilliseconds - first.atMilliseconds : 0;
  const verdict = (code: Bursts['verdict']['code'], drop?: LargestDrop): Bursts => ({
    sampledMilliseconds, within10s, within60s, verdict: { code, params: { drop: drop?.amount, margin } },
  });

  if (!within10s || !within60s) {
    return verdict('tooFew');
  }
  if (margin === undefined || margin < 0) {
    return verdict('noMargin', within60s);
  }
  if (within10s.amount > 0 && within10s.amount >= margin) {
    return verdict('reachesIn10s', within10s);
  }

  return within60s.amount > 0 && within60s.amount >= margin ? verdict('reachesIn60s', within60s) : verdict('fits', within60s);
}
