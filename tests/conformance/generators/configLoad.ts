import { dump } from 'js-yaml';
import type { Input, Output } from '../protocol';
import type { Random } from './random';
import { mutate } from './text';

type Draw = (random: Random) => unknown;

const THRESHOLDS = ['100Mi', '6Gi', '10%', '5%', '0%', '100%', '6GiB', ''];
const SIGNALS = ['memory.available', 'nodefs.available', 'nodefs.inodesFree', 'imagefs.available', 'imagefs.inodesFree', 'pid.available', 'memory.availabel'];
const RESOURCES = ['cpu', 'memory', 'ephemeral-storage', 'pid', 'memry'];
const DURATIONS = ['0s', '30s', '1m30s', '5m0s', '2h'];

const integer: Draw = (random) => random.pick([0, 1, 40, 80, 85, 90, 110, 200, 250]);
const flag: Draw = (random) => random.chance(0.5);
const duration: Draw = (random) => random.pick(DURATIONS);

const mapOf = (keys: readonly string[], values: readonly string[]): Draw => (random) => {
  return random.chance(0.1) ? random.pick([null, {}]) : Object.fromEntries(Array.from({ length: random.int(1, 3) }, () => [random.pick(keys), random.chance(0.03) ? random.pick([null, 200, true]) : random.pick(values)]));
};

/** Fields that the answer shows, and a few that it depends on. */
const FIELDS: Readonly<Record<string, Draw>> = {
  evictionHard:                     mapOf(SIGNALS, THRESHOLDS),
  evictionSoft:                     mapOf(SIGNALS, THRESHOLDS),
  evictionSoftGracePeriod:          mapOf(SIGNALS, DURATIONS),
  evictionMinimumReclaim:           mapOf(SIGNALS, THRESHOLDS),
  systemReserved:                   mapOf(RESOURCES, THRESHOLDS),
  kubeReserved:                     mapOf(RESOURCES, THRESHOLDS),
  evictionPressureTransitionPeriod: duration,
  evictionMaxPodGracePeriod:        integer,
  maxPods:                          integer,
  failSwapOn:                       flag,
  imageGCHighThresholdPercent:      integer,
  imageGCLowThresholdPercent:       (random) => random.pick([0, 1, 40, 70, 80]),
  mergeDefaultEvictionSettings:     flag,
  memorySwap:                       (random) => random.pick([{}, null, { swapBehavior: 'LimitedSwap' }, { swapBehavior: 'NoSwap' }, { swapBehavior: 'UnlimitedSwap' }, 'NoSwap']),
  enforceNodeAllocatable:           (random) => random.pick([[], null, ['pods'], ['none'], ['pods', 'pods'], ['system-reserved'], 'pods', [null]]),
  featureGates:                     (random) => random.pick([{}, null, { MemoryQoS: true }, { NodeSwap: true }, { Unknown: true }, { MemoryQoS: 'yes' }]),
  memoryThrottlingFactor:           (random) => random.pick([null, 0.9, 1, 2]),
  registerWithTaints:               (random) => random.pick([null, [], [{ key: 'a', effect: 'NoSchedule' }]]),
  logging:                          (random) => random.pick([{}, { flushFrequency: 5000000000 }, { flushFrequency: '5s', verbosity: 2 }, { verbosity: -1 }]),
  crashLoopBackOff:                 (random) => random.pick([{}, { maxContainerRestartPeriod: '60s' }, { maxContainerRestartPeriod: '400s' }]),
  syncFrequency:                    (random) => random.pick(['1m', '0s', null, 60]),
  reservedMemory:                   (random) => random.pick([[], [{ numaNode: 0, limits: { memory: '1Gi' } }], [{ numaNode: 0, limits: { memory: 'x' } }]]),
  userNamespaces:                   (random) => random.pick([null, { idsPerPod: 65536 }]),
  unknownField:                     (random) => random.pick([1, { a: null }, [null]]),
  MaxPods:                          integer,
  EVICTIONMAXPODGRACEPERIOD:        integer,
  EvictionHard:                     mapOf(SIGNALS, THRESHOLDS),
};

const HEADER = { apiVersion: 'kubelet.config.k8s.io/v1beta1', kind: 'KubeletConfiguration' };
const WRONG_HEADERS = [{}, { kind: HEADER.kind }, { apiVersion: HEADER.apiVersion }, { apiVersion: 'v1', kind: 'Pod' }, { apiVersion: HEADER.apiVersion, Kind: HEADER.kind }, { apiVersion: 1, kind: HEADER.kind }];

/** Whole texts that show how a file is read. */
const BODIES = [
  'maxPods: 0x10', 'maxPods: 010', 'maxPods: 0o17', 'maxPods: 0b11', 'maxPods: 1_000', 'maxPods: 1e2', 'maxPods: 100.0', 'maxPods: 1.5', 'maxPods: "5"', 'maxPods: 08', 'maxPods: +7', 'maxPods: -0',
  'maxPods: 2147483648', 'maxPods: ~', 'maxPods:', 'failSwapOn: no', 'failSwapOn: off', 'failSwapOn: Y', 'failSwapOn: "no"', 'failSwapOn: 1', 'maxPods: 5\nmaxPods: 6', 'evictionHard: {a: 1%, a: 2%}',
  'evictionHard: {memory.available: 1%}\nevictionHard: {nodefs.available: 2%}', 'evictionHard: &a {x: "1"}\nevictionSoft: *a', 'evictionHard: {<<: {x: "1"}, y: "2"}', 'evictionHard: {1: a, yes: b, 1.5: c}',
  'evictionHard: {memory.available: 2001-01-01}', 'evictionHard: {memory.available: .inf}', 'evictionHard: [a]', 'evictionHard: a', '# nothing', 'maxPods: 5\n---\nmaxPods: 6', 'maxPods: 5\n...\nmaxPods: 6',
  'evictionHard: {memory.available: |\n  1%\n  }', 'evictionHard:\n  memory.available: !!str 5', '\tmaxPods: 5', 'maxPods: [', 'evictionPressureTransitionPeriod: null', 'enforceNodeAllocatable: [pods, ~]',
];

function fieldsText(random: Random): string {
  const body = Object.fromEntries(Array.from({ length: random.int(0, 5) }, () => random.pick(Object.keys(FIELDS))).map((name) => [name, (FIELDS[name] as Draw)(random)]));
  const document = { ...random.chance(0.95) ? HEADER : random.pick(WRONG_HEADERS), ...body };

  return random.chance(0.15) ? JSON.stringify(document) : dump(document);
}

function fileText(random: Random): string {
  if (random.chance(0.2)) {
    return `${ dump(HEADER) }${ random.pick(BODIES) }\n`;
  }

  return random.chance(0.02) ? mutate(random, fieldsText(random)) : fieldsText(random);
}

const pairs = (random: Random, keys: readonly string[], separator: string, values: readonly string[]): string => {
  return Array.from({ length: random.int(0, 3) }, () => `${ random.pick(keys) }${ random.chance(0.03) ? ':' : separator }${ random.pick(values) }`).join(',');
};

const FLAGS: Readonly<Record<string, (random: Random) => string>> = {
  'eviction-hard':                       (random) => pairs(random, SIGNALS, '<', THRESHOLDS),
  'eviction-soft':                       (random) => pairs(random, SIGNALS, '<', THRESHOLDS),
  'eviction-soft-grace-period':          (random) => pairs(random, SIGNALS, '=', DURATIONS),
  'eviction-minimum-reclaim':            (random) => pairs(random, SIGNALS, '=', THRESHOLDS),
  'system-reserved':                     (random) => pairs(random, RESOURCES, '=', THRESHOLDS),
  'kube-reserved':                       (random) => pairs(random, RESOURCES, '=', THRESHOLDS),
  'eviction-pressure-transition-period': (random) => random.pick([...DURATIONS, '5', '0']),
  'eviction-max-pod-grace-period':       (random) => random.pick(['0', '120', '-1', '0x10', 'x', '']),
  'max-pods':                            (random) => random.pick(['0', '200', '250', '-3', '1.5']),
  'fail-swap-on':                        (random) => random.pick(['true', 'false', 'no']),
  'image-gc-high-threshold':             (random) => random.pick(['90', '80', '101']),
  'image-gc-low-threshold':              (random) => random.pick(['70', '0']),
  'enforce-node-allocatable':            (random) => random.pick(['', 'pods', 'none', 'pods,system-reserved', '"pods"', 'pods, none']),
  'feature-gates':                       (random) => random.pick(['MemoryQoS=true', 'MemoryQoS=true,NodeSwap=true', 'Unknown=true', 'MemoryQoS', 'MemoryQoS=x', '', 'NodeSwap=false']),
  'node-labels':                         (random) => random.pick(['a=b', 'harvesterhci.io/managed=true']),
  'reserved-cpus':                       (random) => random.pick(['0-1', '3-1']),
  evictionhard:                          () => 'memory.available<1Gi',
  v:                                     () => '2',
};

function commandLine(random: Random): string[] {
  return Array.from({ length: random.chance(0.4) ? 0 : random.int(1, 4) }, () => {
    const name = random.chance(0.03) ? 'evictionhard' : random.pick(Object.keys(FLAGS).filter((flag) => flag !== 'evictionhard'));
    const value = (FLAGS[name] as (random: Random) => string)(random);

    // What becomes of a label is not ours to check
    return random.chance(0.9) || name === 'node-labels' ? [`--${ random.chance(0.1) ? name.replaceAll('-', '_') : name }=${ value }`] : random.pick([[`--${ name }`, value], [`--${ name }`], [name], ['-v', '2']]);
  }).flat();
}

function dropIns(random: Random): Record<string, string> {
  const names = ['00-rke2-defaults.conf', '10-a.conf', '10-a/b.conf', '20.conf', 'README', 'x.yaml', '.conf'];

  return Object.fromEntries(Array.from({ length: random.chance(0.4) ? 0 : random.int(1, 3) }, () => [random.pick(names), fileText(random)]));
}

/** How a file could not be read is compared by presence alone, and upstream ends in a panic for wrong feature gates there. */
const UNREADABLE = /^(?:failed to load kubelet config file|failed to merge kubelet configs|oracle: the kubelet command ended)/;

export const normalisers: Record<string, (output: Output) => Output> = {
  'config.load': (output) => typeof output.error === 'string' && UNREADABLE.test(output.error) ? { error: 'unreadable' } : output,
};

/** Each question starts a kubelet command of its own. */
export const shares: Record<string, number> = { 'config.load': 1 / 40 };

const HARVESTER_DROP_IN = `apiVersion: kubelet.config.k8s.io/v1beta1
kind: KubeletConfiguration
evictionHard: {imagefs.available: 5%, nodefs.available: 5%}
evictionMinimumReclaim: {imagefs.available: 10%, nodefs.available: 10%}
failSwapOn: false
`;
const load = (configFile: string, dropIns: Record<string, string>, ...args: string[]): Input => ({ op: 'config.load', configFile, dropIns, args });

export const corners: readonly Input[] = [
  load('', {}),
  load(dump(HEADER), {}),
  load('', { '00-rke2-defaults.conf': HARVESTER_DROP_IN }, '--system-reserved=cpu=480m', '--kube-reserved=cpu=720m', '--max-pods=200'),
  load('', { '00-rke2-defaults.conf': HARVESTER_DROP_IN }, '--eviction-hard=memory.available<6Gi,imagefs.available<5%,nodefs.available<5%', '--eviction-minimum-reclaim=memory.available=4Gi'),
  load(dump({ ...HEADER, mergeDefaultEvictionSettings: true, evictionHard: { 'memory.available': '1Gi' } }), {}),
  load(dump({ ...HEADER, enforceNodeAllocatable: [] }), {}),
  load(dump({ ...HEADER, enforceNodeAllocatable: [] }), { 'a.conf': dump(HEADER) }),
  load('', { 'a.conf': dump({ ...HEADER, EvictionMaxPodGracePeriod: 7, MaxPods: 7 }) }),
  load(`${ dump(HEADER) }maxPods: 1\nmaxPods: 2\n`, {}),
  load('', { 'a.conf': `${ dump(HEADER) }maxPods: 1\nmaxPods: 2\n` }),
  load('', {}, '--eviction-hard=memory.available=6Gi'),
  load('', {}, '--max-pods=-3'),
  ...BODIES.map((body) => load(`${ dump(HEADER) }${ body }\n`, {})),
];

export const generators: Record<string, (random: Random) => Input> = {
  'config.load': (random) => ({
    op: 'config.load', configFile: random.chance(0.4) ? '' : fileText(random), dropIns: dropIns(random), args: commandLine(random)
  }),
};
