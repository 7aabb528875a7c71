/** The line of a signal's samples, in percent of the picture that a view draws. */
import { STALE_AFTER_MILLISECONDS } from '../reading';
import type { SamplePoint } from './samples';
import type { SignalRow } from './signalRows';

/** A point from the left and from the top. */
export type LinePoint = readonly [x: number, y: number];

export interface SampleLine {
  /** One for each stretch without a gap: while nobody looks, nothing is read. */
  readonly stretches: readonly (readonly LinePoint[])[];
  readonly thresholds: readonly { readonly kind: 'hard' | 'soft'; readonly y: number }[];
  /** Time that was really sampled. */
  readonly sampledMilliseconds: number;
  readonly lowest: number;
  readonly highest: number;
  readonly latest: number;
}

/** Room above and below, in percent. */
const MARGIN = 6;

function percent(value: number): number {
  return Math.round(value * 100) / 100;
}

/** Samples further apart than a figure stays fresh are not joined: nobody knows what was between. */
function stretchesOf(points: readonly SamplePoint[]): SamplePoint[][] {
  return points.reduce<SamplePoint[][]>((stretches, point) => {
    const last = stretches.at(-1)?.at(-1);

    return last && point.atMilliseconds - last.atMilliseconds <= STALE_AFTER_MILLISECONDS ? [...stretches.slice(0, -1), [...stretches.at(-1) as SamplePoint[], point]] : [...stretches, [point]];
  }, []);
}

function duration(stretch: readonly SamplePoint[]): number {
  return (stretch.at(-1) as SamplePoint).atMilliseconds - (stretch[0] as SamplePoint).atMilliseconds;
}

/** The line with the thresholds of its signal, to one scale that holds both. Undefined without two samples. */
export function sampleLine(points: readonly SamplePoint[], { hard, soft }: Pick<SignalRow, 'hard' | 'soft'>): SampleLine | undefined {
  const [first, last] = [points[0], points.at(-1)];

  if (!first || !last || points.length < 2) {
    return undefined;
  }
  const amounts = points.map(({ available }) => available);
  const [lowest, highest] = [Math.min(...amounts), Math.max(...amounts)];
  const thresholds = (['hard', 'soft'] as const).flatMap((kind) => {
    const amount = { hard, soft }[kind]?.amount;

    return amount === undefined ? [] : [{ kind, amount }];
  });
  const bottom = Math.min(lowest, ...thresholds.map(({ amount }) => amount));
  const height = Math.max(highest, ...thresholds.map(({ amount }) => amount)) - bottom || 1;
  const width = last.atMilliseconds - first.atMilliseconds || 1;
  const y = (amount: number): number => percent(100 - MARGIN - (amount - bottom) / height * (100 - 2 * MARGIN));
  const stretches = stretchesOf(points);

  return {
    stretches:           stretches.map((stretch) => stretch.map(({ atMilliseconds, available }): LinePoint => [percent((atMilliseconds - first.atMilliseconds) / width * 100), y(available)])),
    thresholds:          thresholds.map(({ kind, amount }) => ({ kind, y: y(amount) })),
    sampledMilliseconds: stretches.reduce((sum, stretch) => sum + duration(stretch), 0),
    lowest,
    highest,
    latest:              last.available,
  };
}
