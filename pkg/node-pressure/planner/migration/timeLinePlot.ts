import type { QuotaSample } from './liveReport';
import { amountText } from './cells';

/** One limit over time, as steps: it stays at what it was until the next sample. In percent of the picture. */
export interface TimeLinePlot {
  readonly resource: 'limits.cpu' | 'limits.memory';
  /** Points of an SVG polyline. */
  readonly hard: string;
  readonly used: string;
  /** The latest. */
  readonly hardText: string;
  readonly usedText: string;
  readonly spanMilliseconds: number;
}

const FIELDS = {
  'limits.cpu':    ['hardCpuMilli', 'usedCpuMilli'],
  'limits.memory': ['hardMemoryBytes', 'usedMemoryBytes'],
} as const;

/** Room above and below the lines, in percent. */
const MARGIN = 6;

const percent = (share: number): number => Math.round(share * 10_000) / 100;

/** The lines of a quota's limit and use up to now; undefined where it does not limit the resource, or nothing changed. */
export function timeLinePlot(samples: readonly QuotaSample[], resource: TimeLinePlot['resource'], nowMilliseconds: number): TimeLinePlot | undefined {
  const [hard, used] = FIELDS[resource];
  const [first, last] = [samples[0], samples.at(-1)];

  if (!first || !last || samples.length < 2 || samples.every((sample) => sample[hard] === undefined)) {
    return undefined;
  }
  const amounts = samples.flatMap((sample) => [Number(sample[hard] ?? 0n), Number(sample[used] ?? 0n)]);
  const [bottom, top] = [Math.min(...amounts), Math.max(...amounts)];
  const span = Math.max(1, nowMilliseconds - first.atMilliseconds);
  const x = (at: number): number => Math.min(100, percent((at - first.atMilliseconds) / span));
  const y = (amount: bigint | undefined): number => Math.round((100 - MARGIN - (Number(amount ?? 0n) - bottom) / (top - bottom || 1) * (100 - 2 * MARGIN)) * 100) / 100;
  const steps = (field: typeof hard | typeof used): string => samples.map((sample, index) => {
    const until = samples[index + 1]?.atMilliseconds ?? nowMilliseconds;

    return `${ x(sample.atMilliseconds) },${ y(sample[field]) } ${ x(until) },${ y(sample[field]) }`;
  }).join(' ');

  return {
    resource,
    hard:             steps(hard),
    used:             steps(used),
    hardText:         amountText(resource, last[hard] ?? 0n),
    usedText:         amountText(resource, last[used] ?? 0n),
    spanMilliseconds: span,
  };
}
