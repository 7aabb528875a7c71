import { SIGNALS } from '../../../pkg/node-pressure/kubelet/signals';
import type { Input } from '../protocol';
import { durationText } from './duration';
import { quantityText } from './quantity';
import type { Random } from './random';
import { digits, mutate } from './text';

const WRONG_SIGNALS = ['memory.availabel', 'Memory.available', 'nodefs', '', 'imagefs.inodesfree', '__proto__', ' memory.available'];
const ODD_PERCENTAGES = [
  '0%', '100%', '0.0%', '00%', '-0%', '100.0%', '99.99999999%', '100.00000001%', '5%%', '0x1p3%', '0X1.8P-1%', '1_0%', '1__0%', '1e1%', '+5%', '.5%', '5.%',
  'NaN%', 'nan%', '+nan%', 'inf%', '-Inf%', 'Infinity%', ' 5%', '5 %', '0x10%', '%', '%%', '-5%', '101%', '1e400%', '1e-400%', 'é%', '"%', '16777217e-6%',
];

/** A percentage as somebody may write one, most of them plain. */
function percentageText(random: Random): string {
  if (random.chance(0.1)) {
    return random.pick(ODD_PERCENTAGES);
  }
  if (random.chance(0.5)) {
    return `${ random.int(0, 105) }%`;
  }
  if (random.chance(0.1)) {
    return `0x${ random.bigint(0n, 2n ** 70n).toString(16) }p${ random.int(-80, 10) }%`;
  }

  return `${ random.chance(0.05) ? '-' : '' }${ random.int(0, 100) }.${ digits(random, 1, 24) }${ random.chance(0.1) ? `e${ random.int(-9, 2) }` : '' }%`;
}

const UNITS = ['', 'Ki', 'Mi', 'Gi', 'Ti', 'k', 'M', 'G', 'm'];
const GRACE_PERIODS = ['0', '0s', '30s', '1m30s', '2m', '1.5h', '100ms', '-1s', '5'];

/** A quantity that means something as a threshold. */
function plainQuantity(random: Random): string {
  return `${ random.int(1, 4096) }${ random.chance(0.1) ? `.${ digits(random, 1, 3) }` : '' }${ random.pick(UNITS) }`;
}

/** Mostly right, so that several statements together often are; now and then something of everything wrong. */
function usually(random: Random, likely: () => string, odd: () => string): string {
  if (random.chance(0.96)) {
    return likely();
  }

  return random.chance(0.5) ? odd() : mutate(random, likely());
}

function thresholdText(random: Random): string {
  return usually(random, () => random.chance(0.5) ? `${ random.int(1, 99) }%` : plainQuantity(random), () => random.chance(0.5) ? percentageText(random) : quantityText(random));
}

function signal(random: Random): string {
  return random.chance(0.004) ? random.pick(WRONG_SIGNALS) : random.pick(SIGNALS);
}

function mapOf(random: Random, size: number, value: (random: Random) => string): Record<string, string> | null {
  return random.chance(0.05) ? null : Object.fromEntries(Array.from({ length: random.int(0, size) }, () => [signal(random), value(random)]));
}

/** Now and then a signal without a grace period, which upstream refuses. */
function gracePeriods(random: Random, soft: Record<string, string> | null): Record<string, string> | null {
  const named = Object.keys(soft ?? {}).filter(() => random.chance(0.98));

  return Object.fromEntries([...named, signal(random)].map((name) => [name, usually(random, () => random.pick(GRACE_PERIODS.slice(0, -2)), () => random.chance(0.5) ? random.pick(GRACE_PERIODS) : durationText(random))]));
}

function thresholdsParse(random: Random): Input {
  const evictionSoft = mapOf(random, 4, thresholdText);

  return {
    op:                      'thresholds.parse',
    enforceNodeAllocatable:  random.pick([['pods'], ['pods'], [], ['none'], ['system-reserved', 'pods', 'pods']]),
    evictionHard:            mapOf(random, 5, thresholdText),
    evictionSoft,
    evictionSoftGracePeriod: gracePeriods(random, evictionSoft),
    evictionMinimumReclaim:  mapOf(random, 4, thresholdText),
  };
}

/** The percentages of capacities whose thresholds show the float32, and every odd way to write one. */
const CAPACITIES: readonly [string, string][] = [
  ['10%', '8589934592'], ['5%', '8589934592'], ['15%', '8589934592'], ['10%', '107374182400'], ['15%', '107374182400'], ['10%', '16599060480'], ['5%', '6553600'], ['10%', '32768'],
];

const settings = (maps: Record<string, Record<string, string>>, enforceNodeAllocatable = ['pods']): Input => ({ op: 'thresholds.parse', enforceNodeAllocatable, ...maps });

export const corners: readonly Input[] = [
  ...CAPACITIES.map(([percentage, capacity]): Input => ({ op: 'thresholds.quantity', percentage, capacity })),
  ...ODD_PERCENTAGES.map((percentage): Input => ({ op: 'thresholds.quantity', percentage, capacity: '8Gi' })),
  ...ODD_PERCENTAGES.map((percentage) => settings({ evictionHard: { 'memory.available': '1Gi' }, evictionMinimumReclaim: { 'memory.available': percentage } })),
  settings({ evictionHard: { 'nodefs.available': '2Gi', 'imagefs.available': '200Gi' }, evictionMinimumReclaim: { 'nodefs.available': '1Gi', 'imagefs.available': '2Gi' } }),
  settings({ evictionSoft: { 'memory.available': '2Gi' }, evictionSoftGracePeriod: { 'memory.available': '1m30s' } }),
  settings({ evictionSoft: { 'memory.available': '2Gi' }, evictionSoftGracePeriod: { 'memory.available': '0s' } }),
  settings({ evictionSoft: { 'memory.available': '2Gi' } }),
  settings({
    evictionHard:           { 'memory.available': '6Gi', 'imagefs.available': '5%', 'nodefs.available': '5%' },
    evictionMinimumReclaim: { 'memory.available': '4Gi', 'imagefs.available': '10%', 'nodefs.available': '10%' },
  }),
];

export const generators: Record<string, (random: Random) => Input> = {
  'thresholds.parse':    thresholdsParse,
  'thresholds.quantity': (random) => ({
    op:         'thresholds.quantity',
    percentage: percentageText(random),
    capacity:   random.chance(0.8) ? String(random.bigint(0n, 2n ** BigInt(random.int(1, 63)))) : quantityText(random),
  }),
  'thresholds.updateContainerFs': (random) => ({
    ...thresholdsParse(random),
    op:                       'thresholds.updateContainerFs',
    imageFs:                  random.chance(0.5),
    separateContainerImageFs: random.chance(0.5),
  }),
};
