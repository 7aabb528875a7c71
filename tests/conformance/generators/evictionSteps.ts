/** Questions about a kubelet's passes, with figures close to what its thresholds ask for. */
import { newQuantity } from '../../../pkg/node-pressure/kubelet/quantity';
import { SIGNALS, type Signal } from '../../../pkg/node-pressure/kubelet/signals';
import { getThresholdQuantity, parseThresholdConfig, type EvictionMaps } from '../../../pkg/node-pressure/kubelet/thresholds';
import type { Input } from '../protocol';
import type { Random } from './random';

const Mi = 2 ** 20;
const Gi = 2 ** 30;
const CAPACITY = { bytes: 10 * Gi, inodes: 6_553_600, pids: 32_768 };
const ADVANCES = ['0s', '1ns', '1s', '10s', '10s', '10s', '29.999999999s', '30s', '1m30s', '299s', '5m0s', '1h'];
const GRACE_PERIODS = ['0s', '0s', '10s', '30s', '1m30s'];
const FIGURES = [0, 1, 100 * Mi, Gi, Gi + 1, 2 * Gi, 3 * Gi];
const AMOUNTS = ['0', '100Mi', '1Gi', '1073741825', '1.5Gi', '500m'];

type Kind = keyof typeof CAPACITY;

function kindOf(signal: Signal): Kind {
  if (signal === 'pid.available') {
    return 'pids';
  }

  return signal.endsWith('inodesFree') ? 'inodes' : 'bytes';
}

function amountText(random: Random, kind: Kind): string {
  if (random.chance(0.4)) {
    return `${ random.int(1, 40) }%`;
  }

  return kind === 'bytes' ? `${ random.int(1, 3000) }Mi` : `${ random.int(1, CAPACITY[kind] / 3) }`;
}

function mapOf(random: Random, p: number, value: (signal: Signal) => string): Record<string, string> {
  return Object.fromEntries(SIGNALS.filter(() => random.chance(p)).map((signal) => [signal, value(signal)]));
}

interface Settings extends EvictionMaps {
  readonly enforceNodeAllocatable: string[];
}

function settings(random: Random): Settings {
  const amount = (signal: Signal): string => amountText(random, kindOf(signal));
  const evictionSoft = mapOf(random, random.pick([0, 0.2, 0.5, 0.8]), amount);

  return {
    enforceNodeAllocatable:  random.pick([['pods'], []]),
    evictionHard:            mapOf(random, random.pick([0, 0.1, 0.3, 0.8]), amount),
    evictionSoft,
    evictionSoftGracePeriod: Object.fromEntries(Object.keys(evictionSoft).map((signal) => [signal, random.pick(GRACE_PERIODS)])),
    evictionMinimumReclaim:  mapOf(random, random.pick([0, 0.3, 0.8]), amount),
  };
}

/** What is available of a signal: usually within one of what some threshold asks for, with or without its minimum reclaim. */
function availableNear(random: Random, maps: Settings): (signal: Signal) => number {
  const thresholds = parseThresholdConfig(maps.enforceNodeAllocatable, maps);
  // In half of the questions nearly everything stays short, so that grace periods end and evictions follow each other
  const offsets = random.pick([[0, -1, 1, -100 * Mi, 100 * Mi], [-1, -1, -100 * Mi]]);

  return (signal) => {
    const capacity = CAPACITY[kindOf(signal)];
    const whole = newQuantity(BigInt(capacity), 'BinarySI');
    const targets = thresholds.filter((threshold) => threshold.signal === signal).flatMap(({ value, minReclaim }) => {
      const quantity = Number(getThresholdQuantity(value, whole).value());

      return [quantity, quantity + (minReclaim ? Number(getThresholdQuantity(minReclaim, whole).value()) : 0)];
    });
    const target = targets.length > 0 && random.chance(0.7) ? random.pick(targets) : random.int(0, capacity);

    return Math.min(capacity, Math.max(0, target + random.pick(offsets)));
  };
}

/**
 * Upstream overwrites a user's own thresholds of the containerfs during the first pass. Whether that pass already sees
 * them overwritten hangs on how much room Go happened to leave in a slice; so it gets to see no containerfs then.
 */
function hidesContainerFs({ evictionHard, evictionSoft }: Settings): boolean {
  return Object.keys({ ...evictionHard, ...evictionSoft }).some((signal) => signal.startsWith('containerfs'));
}

function step(random: Random, near: (signal: Signal) => number): Input {
  const some = <T>(value: T): T | undefined => (random.chance(0.97) ? value : undefined);
  const filesystem = (name: 'nodefs' | 'imagefs' | 'containerfs'): Input | undefined => some({
    available:  some(near(`${ name }.available`)),
    capacity:   some(CAPACITY.bytes),
    inodesFree: some(near(`${ name }.inodesFree`)),
    inodes:     some(CAPACITY.inodes),
  });
  const memory = near('memory.available');
  const allocatable = near('allocatableMemory.available');

  return {
    advance:                          random.pick(ADVANCES),
    memoryAvailable:                  some(memory),
    memoryWorkingSet:                 some(CAPACITY.bytes - memory),
    allocatableMemoryAvailable:       some(allocatable),
    allocatableMemoryWorkingSet:      some(CAPACITY.bytes - allocatable),
    nodefs:                           filesystem('nodefs'),
    imagefs:                          filesystem('imagefs'),
    containerfs:                      filesystem('containerfs'),
    nodefsAfterGC:                    random.chance(0.5) ? filesystem('nodefs') : undefined,
    maxpid:                           some(CAPACITY.pids),
    curproc:                          some(CAPACITY.pids - near('pid.available')),
    sameStatsTimestampAsPreviousStep: random.chance(0.2),
  };
}

function pod(random: Random, name: string, limited: number): Input {
  const maybe = <T>(p: number, value: () => T): T | undefined => (random.chance(p) ? value() : undefined);
  const resources = (p: number): Record<string, string> => ({
    ...random.chance(0.6) ? { memory: random.pick(AMOUNTS) } : {},
    ...random.chance(p) ? { 'ephemeral-storage': random.pick(AMOUNTS) } : {},
  });

  return {
    name,
    priority:                      maybe(0.3, () => random.pick([-1, 0, 1, 1000, 2_000_000_000])),
    requests:                      maybe(0.9, () => resources(0.6)),
    limits:                        maybe(0.5, () => resources(limited)),
    memoryWorkingSet:              maybe(0.95, () => random.pick(FIGURES)),
    rootfsUsed:                    maybe(0.95, () => random.pick(FIGURES)),
    logsUsed:                      maybe(0.95, () => random.pick(FIGURES)),
    emptyDirUsed:                  maybe(0.95, () => random.pick(FIGURES)),
    emptyDirSizeLimit:             maybe(limited, () => random.pick(AMOUNTS)),
    processes:                     maybe(0.95, () => random.int(0, 3)),
    static:                        random.chance(0.05),
    terminationGracePeriodSeconds: maybe(0.8, () => random.pick([0, 1, 30, 600])),
  };
}

export function synchronizeQuestion(random: Random): Input {
  const maps = settings(random);
  const near = availableNear(random, maps);
  const limited = random.pick([0, 0, 0.05, 0.5]);

  return {
    op:                               'eviction.synchronize',
    ...maps,
    evictionMaxPodGracePeriod:        random.pick([-1, 0, 0, 10, 120]),
    evictionPressureTransitionPeriod: random.pick(['0s', '30s', '5m0s', '5m0s']),
    dedicatedImageFs:                 random.chance(0.4),
    splitContainerImageFs:            random.chance(0.3),
    localStorageCapacityIsolation:    random.chance(0.7),
    pods:                             Array.from({ length: random.pick([random.int(0, 3), random.int(0, 3), random.int(5, 14), random.int(15, 30)]) }, (_, index) => pod(random, `p${ index }`, limited)),
    steps:                            Array.from({ length: random.pick([random.int(1, 3), random.int(2, 10)]) }, (_, index) => ({
      ...step(random, near), ...index === 0 && hidesContainerFs(maps) ? { containerfs: undefined } : {},
    })),
  };
}
