import { parseQuantity } from '../../../pkg/node-pressure/kubelet/quantity';
import { resourceOf, SIGNALS, type Signal } from '../../../pkg/node-pressure/kubelet/signals';
import type { Input } from '../protocol';
import { synchronizeQuestion } from './evictionSteps';
import { quantityText } from './quantity';
import type { Random } from './random';

const Gi = 2 ** 30;
const WRONG_SIGNALS = ['memory.availabel', 'sky.available', ''];
const LAYOUTS = ['single', 'dedicated-imagefs', 'split-containerfs'];
const REQUESTS = ['0', '1', '500m', '64Mi', '1Gi', '1.5Gi', '1073741825', '2G', '9007199254740993', '1e19'];
const FIGURES = [0, 1, 2, 64 * 2 ** 20, Gi - 1, Gi, Gi + 1, 1.5 * Gi, 2e9, Number.MAX_SAFE_INTEGER];
const PRIORITIES = [-10, 0, 1, 1000, 2_000_000_000];

/** Lengths around the limits of Go's sort: insertion up to 12, median of medians from 50. */
function podCount(random: Random): number {
  return random.chance(0.02) ? random.int(100, 400) : random.pick([random.int(0, 11), random.int(12, 14), random.int(15, 48), random.int(49, 80)]);
}

/** How the figure of the pod at an index comes about, so that lists with order in them are sorted, too. */
function figures(random: Random, count: number): (index: number) => number {
  const few = Array.from({ length: random.int(1, 4) }, () => random.pick(FIGURES));
  const swapped = random.int(0, count);

  return random.pick([
    () => random.pick(few),
    () => random.pick(FIGURES),
    () => random.int(0, 2 * Gi),
    (index) => index * 1000,
    (index) => (count - index) * 1000,
    (index) => (index === swapped ? 0 : index * 1000),
    (index) => Math.abs(count / 2 - index) * 1000,
  ] as ((index: number) => number)[]);
}

function isQuantity(text: string): boolean {
  try {
    return parseQuantity(text).sign() >= 0;
  } catch {
    return false;
  }
}

/** A request as a pod may carry it: the API server lets nothing else in. */
function requestText(random: Random): string {
  const text = random.chance(0.9) ? random.pick(REQUESTS) : quantityText(random);

  return isQuantity(text) ? text : requestText(random);
}

function sometimes<T>(random: Random, p: number, value: () => T): T | undefined {
  return random.chance(p) ? value() : undefined;
}

function rankQuestion(random: Random): Input {
  const count = podCount(random);
  const [memory, rootfs, logs, emptyDir, inodes, processes] = Array.from({ length: 6 }, () => figures(random, count)) as [ReturnType<typeof figures>, ...ReturnType<typeof figures>[]];
  const requests = Array.from({ length: random.int(1, 4) }, () => requestText(random));
  const requested = random.pick([0, 0.3, 1]);
  const prioritised = random.pick([0, 0.3, 1]);
  const known = random.pick([0.9, 1]);

  return {
    op:     'eviction.rank',
    signal: random.chance(0.002) ? random.pick(WRONG_SIGNALS) : random.pick(SIGNALS),
    layout: random.pick(LAYOUTS),
    pods:   Array.from({ length: count }, (_, index) => ({
      name:                    `p${ index }`,
      priority:                sometimes(random, prioritised, () => random.pick(PRIORITIES)),
      memoryRequest:           sometimes(random, requested, () => random.pick(requests)),
      memoryWorkingSetBytes:   sometimes(random, known, () => memory(index)),
      ephemeralStorageRequest: sometimes(random, requested, () => random.pick(requests)),
      rootfsUsedBytes:         sometimes(random, known, () => rootfs?.(index)),
      logsUsedBytes:           sometimes(random, known, () => logs?.(index)),
      emptyDirUsedBytes:       sometimes(random, known, () => emptyDir?.(index)),
      rootfsInodesUsed:        sometimes(random, known, () => inodes?.(index)),
      processCount:            sometimes(random, known, () => processes?.(index)),
      noStats:                 random.chance(1 - known) || undefined,
    })),
  };
}

function messageQuestion(random: Random): Input {
  const signal: Signal = random.pick(SIGNALS);
  const capacity = random.pick([random.int(1, 1000), random.int(1, 100) * Gi, random.int(0, Number.MAX_SAFE_INTEGER)]);

  return {
    op:         'eviction.message',
    resource:   resourceOf(signal),
    signal:     random.chance(0.995) ? signal : random.pick(WRONG_SIGNALS),
    threshold:  random.pick([() => `${ random.int(1, 99) }%`, () => `${ random.int(1, 2048) }${ random.pick(['', 'Ki', 'Mi', 'Gi', 'k', 'M']) }`, () => `1${ random.pick(REQUESTS) }`])(),
    capacity,
    available:  random.chance(0.9) ? random.int(0, capacity) : random.int(0, Number.MAX_SAFE_INTEGER),
    containers: Array.from({ length: random.int(0, 4) }, () => ({
      name:    random.pick(['compute', 'guest-console-log', 'c', 'ü"']),
      request: sometimes(random, 0.8, () => requestText(random)),
      usage:   sometimes(random, 0.9, () => random.pick(FIGURES)),
    })),
    hasStats: random.chance(0.9),
  };
}

export const generators: Record<string, (random: Random) => Input> = {
  'eviction.sortByPriority': (random) => ({
    op:      'eviction.sortByPriority',
    signals: Array.from({ length: random.pick([random.int(0, 12), random.int(13, 60)]) }, () => random.chance(0.1) ? random.pick(WRONG_SIGNALS) : random.pick(SIGNALS)),
  }),
  'eviction.rank':        rankQuestion,
  'eviction.message':     messageQuestion,
  'eviction.synchronize': synchronizeQuestion,
};

/** Pods that no rule tells apart, at the lengths where Go's sort changes its ways: the order is the algorithm's alone. */
const TIES: readonly Input[] = [1, 2, 11, 12, 13, 49, 50, 51, 100].map((count) => ({
  op: 'eviction.rank', signal: 'memory.available', layout: 'single', pods: Array.from({ length: count }, (_, index) => ({ name: `p${ index }`, priority: index % 3, memoryWorkingSetBytes: 1 })),
}));

const vm = { name: 'vm', requests: { memory: '2Gi' }, memoryWorkingSet: 4 * Gi, terminationGracePeriodSeconds: 120 };
const critical = { name: 'critical', priority: 2_000_000_000, memoryWorkingSet: 8 * Gi };
const nodeShort = { memoryAvailable: 400 * 2 ** 20, memoryWorkingSet: 9 * Gi };

/** Worked examples of the field: 10Gi with 500Mi, soft 2Gi for 1m30s, the filesystem example, the settings asked for in harvester#7424. */
const EXAMPLES: readonly Input[] = [
  { evictionHard: { 'memory.available': '500Mi' }, pods: [critical, vm], steps: [{ memoryAvailable: 500 * 2 ** 20, memoryWorkingSet: 9 * Gi }, nodeShort] },
  {
    evictionSoft:              { 'memory.available': '2Gi' },
    evictionSoftGracePeriod:   { 'memory.available': '1m30s' },
    evictionMaxPodGracePeriod: 60,
    pods:                      [vm],
    steps:                     ['0s', '89.999999999s', '1ns'].map((advance) => ({ ...nodeShort, advance })),
  },
  {
    evictionHard:           { 'nodefs.available': '2Gi', 'imagefs.available': '200Gi' },
    evictionMinimumReclaim: { 'nodefs.available': '1Gi', 'imagefs.available': '2Gi' },
    dedicatedImageFs:       true,
    pods:                   [{ ...vm, rootfsUsed: Gi, logsUsed: Gi }, { name: 'other' }],
    steps:                  [2 * Gi - 1, 3 * Gi - 1, 3 * Gi].map((available) => ({ advance: '10s', nodefs: { available, capacity: 100 * Gi }, imagefs: { available: 202 * Gi, capacity: 500 * Gi } })),
  },
  {
    enforceNodeAllocatable: ['pods'],
    evictionHard:           { 'memory.available': '6Gi', 'nodefs.available': '5%', 'imagefs.available': '5%' },
    evictionMinimumReclaim: { 'memory.available': '4Gi', 'nodefs.available': '10%', 'imagefs.available': '10%' },
    pods:                   [vm, { ...vm, name: 'vm-2' }],
    steps:                  [
      { memoryAvailable: 8 * Gi, memoryWorkingSet: 24 * Gi, allocatableMemoryAvailable: 5 * Gi, allocatableMemoryWorkingSet: 25 * Gi },
      { advance: '10s', memoryAvailable: 12 * Gi, memoryWorkingSet: 20 * Gi, allocatableMemoryAvailable: 9 * Gi, allocatableMemoryWorkingSet: 21 * Gi },
    ],
  },
].map((example) => ({ op: 'eviction.synchronize', evictionPressureTransitionPeriod: '5m0s', ...example }));

export const corners: readonly Input[] = [...TIES, ...EXAMPLES];
