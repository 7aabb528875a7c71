import type { Input, Output } from '../protocol';
import type { Random } from './random';
import { mutate } from './text';

type Draw = (random: Random) => unknown;

const INTEGERS = [-2147483648, -1001, -1000, -2, -1, 0, 1, 2, 31, 32, 80, 85, 99, 100, 101, 1000, 1001, 65535, 65536, 2147483647];
const DURATIONS = ['0s', '-1s', '1ns', '999ms', '1s', '1.5s', '2.999s', '3s', '1m30s', '2m', '300s', '300.0001s', '301s', '2h', '-1h', '100ms', '1ms', '0.999ms'];
const ENFORCEMENTS = ['pods', 'system-reserved', 'system-reserved-compressible', 'kube-reserved', 'kube-reserved-compressible', 'none', 'Pods', '', ' pods', 'é"'];
/** Never changed at random: upstream makes a set of every range, however large. */
const CPU_SETS = ['', '0', '0-3', '0-3,7', '3-1', '1,', 'x', '+1', '01', '1 ', '1-2-3', '-1', '9223372036854775808', '1_0'];
const PATHS = ['', '/', '/var/log/pods', '/var/log/', '//var', '/var/./log', '/var/../log', 'var/log', './log', '../log', '.', '/é', '/..', '../../log', 'a/..'];
/** Gates that take either value. */
const SETTABLE_GATES = ['MemoryQoS', 'GracefulNodeShutdownBasedOnPodPriority', 'KubeletCrashLoopBackOffMax', 'KubeletEnsureSecretPulledImages', 'CustomCPUCFSQuotaPeriod', 'RotateKubeletServerCertificate'];
const OTHER_GATES = ['NodeSwap', 'GracefulNodeShutdown', 'NodeLogQuery', 'ImageMaximumGCAge', 'AllAlpha', 'AllBeta', 'InPlacePodVerticalScaling', 'memoryQoS', 'Unknown', 'GangScheduling', 'PodLevelResources'];

const integer: Draw = (random) => random.chance(0.8) ? random.pick(INTEGERS) : random.int(-200, 200);
const duration: Draw = (random) => random.pick(DURATIONS);
const flag: Draw = (random) => random.chance(0.5);

const oneOf = (...texts: string[]): Draw => (random) => random.chance(0.15) ? mutate(random, random.pick(texts)) : random.pick(texts);
const listOf = (length: number, draw: Draw): Draw => (random) => Array.from({ length: random.int(0, length) }, () => draw(random));

/** One gate only where several could be wrong: of several wrong ones upstream reports a random part. */
const gates: Draw = (random) => {
  const names = random.chance(0.3) ? [random.pick(OTHER_GATES)] : Array.from({ length: random.int(1, 3) }, () => random.pick(SETTABLE_GATES));

  return Object.fromEntries(names.map((name) => [name, random.chance(0.6)]));
};

const reservation: Draw = (random) => ({
  NumaNode: random.int(0, 1),
  Limits:   { [random.pick(['memory', 'memory', 'hugepages-2Mi', 'hugepages-', 'cpu', 'é'])]: random.pick(['0', '1Gi', '0Mi', '100M', '-1', 5]) },
});

/** Every field that the rules look at, by its Go name. */
const FIELDS: Readonly<Record<string, Draw>> = {
  NodeLeaseDurationSeconds:               integer,
  SystemCgroups:                          oneOf('', '/system'),
  CgroupRoot:                             oneOf('', '/'),
  EventBurst:                             integer,
  EventRecordQPS:                         integer,
  HealthzPort:                            integer,
  CPUCFSQuotaPeriod:                      duration,
  ImageGCHighThresholdPercent:            integer,
  ImageGCLowThresholdPercent:             integer,
  ImageMinimumGCAge:                      duration,
  ImageMaximumGCAge:                      duration,
  IPTablesDropBit:                        integer,
  IPTablesMasqueradeBit:                  integer,
  KubeAPIBurst:                           integer,
  KubeAPIQPS:                             integer,
  NodeStatusMaxImages:                    integer,
  MaxOpenFiles:                           integer,
  MaxPods:                                integer,
  OOMScoreAdj:                            integer,
  PodsPerCore:                            integer,
  Port:                                   integer,
  ReadOnlyPort:                           integer,
  RegistryBurst:                          integer,
  RegistryPullQPS:                        integer,
  MaxParallelImagePulls:                  integer,
  SerializeImagePulls:                    flag,
  ServerTLSBootstrap:                     flag,
  RunOnce:                                flag,
  TopologyManagerPolicy:                  oneOf('none', 'best-effort', 'restricted', 'single-numa-node', ''),
  TopologyManagerScope:                   oneOf('container', 'pod'),
  ShutdownGracePeriod:                    duration,
  ShutdownGracePeriodCriticalPods:        duration,
  ShutdownGracePeriodByPodPriority:       listOf(2, (random) => ({ Priority: random.int(0, 10), ShutdownGracePeriodSeconds: random.int(0, 60) })),
  MemorySwap:                             (random) => ({ SwapBehavior: oneOf('', 'LimitedSwap', 'NoSwap', 'UnlimitedSwap')(random) }),
  CrashLoopBackOff:                       (random) => ({ MaxContainerRestartPeriod: random.chance(0.1) ? null : duration(random) }),
  EnforceNodeAllocatable:                 listOf(4, (random) => random.pick(ENFORCEMENTS)),
  SystemReservedCgroup:                   oneOf('', '/system'),
  KubeReservedCgroup:                     oneOf('', '/kube'),
  CgroupsPerQOS:                          flag,
  HairpinMode:                            oneOf('none', 'hairpin-veth', 'promiscuous-bridge'),
  ImagePullCredentialsVerificationPolicy: oneOf('NeverVerify', 'NeverVerifyPreloadedImages', 'NeverVerifyAllowlistedImages', 'AlwaysVerify', ''),
  PreloadedImagesVerificationAllowlist:   (random) => random.pick([[], null, ['registry.example/*'], ['registry.example/a/b']]),
  ReservedSystemCPUs:                     (random) => random.pick(CPU_SETS),
  ReservedMemory:                         listOf(3, reservation),
  SingleProcessOOMKill:                   flag,
  UserNamespaces:                         (random) => random.pick([null, {}, { IDsPerPod: null }, { IDsPerPod: random.pick([0, 1, 65536, 65537, 131072, 4294967295, 4294967296, 4294901760]) }]),
  MemoryThrottlingFactor:                 (random) => random.pick([null, 0, 0.5, 0.9, 1, 1.0000001, -0.1, 1e-5, 1e-7, 123456789, 1e21, 1.5]),
  MemoryReservationPolicy:                oneOf('None', 'TieredReservation', ''),
  FeatureGates:                           gates,
  ContainerRuntimeEndpoint:               oneOf('', 'unix:///run/k3s/containerd/containerd.sock'),
  EnableSystemLogQuery:                   flag,
  EnableSystemLogHandler:                 flag,
  ContainerLogMaxWorkers:                 integer,
  ContainerLogMonitorInterval:            duration,
  ContainerLogMaxFiles:                   integer,
  PodLogsDir:                             oneOf(...PATHS),
  EvictionHard:                           (random) => random.pick([null, {}, { 'memory.available': '6GiB' }]),
  SystemReserved:                         (random) => random.pick([null, {}, { memry: '1' }]),
  FailSwapOn:                             flag,
};

/** Go looks at dependencies between gates in the random order of a map. */
const DEPENDENCIES = /is enabled, but depends on features/;

export const normalisers: Record<string, (output: Output) => Output> = {
  'config.validate': (output) => {
    const { error } = output;

    return typeof error === 'string' && DEPENDENCIES.test(error) ? { ...output, error: error.replace(/[[\]]/g, '').split(', ').sort() } : output;
  },
};

export const generators: Record<string, (random: Random) => Input> = {
  'config.validate': (random) => ({
    op:  'config.validate',
    set: Object.fromEntries(Array.from({ length: random.int(0, 6) }, () => random.pick(Object.keys(FIELDS))).map((name) => [name, (FIELDS[name] as Draw)(random)])),
  }),
};
