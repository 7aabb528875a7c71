import { newQuantity, parseQuantity } from '../../../pkg/node-pressure/kubelet/quantity';
import type { Input } from '../protocol';
import type { Random } from './random';
import { cpuText, maybe, memoryText, present } from './requests';

const PRIORITIES = [0, 0, 1000, 1_000_000_000, 2_000_000_000, 2_000_000_000, 2_000_001_000];
const TOLERATIONS = [
  { operator: 'Exists' },
  { key: 'node.kubernetes.io/memory-pressure', operator: 'Exists', effect: 'NoSchedule' },
  { key: 'node.kubernetes.io/memory-pressure', operator: 'Exists', effect: 'NoExecute' },
  { key: 'node.kubernetes.io/disk-pressure', operator: 'Exists' },
  { key: 'node.kubernetes.io/memory-pressure', value: '' },
];
const START = Date.UTC(2026, 0, 1);

const MAX_INT64 = newQuantity(2n ** 63n - 1n, 'DecimalSI');

/** Beyond an int64, comparing two amounts changes in Go how they are read afterwards, which ours does not copy. */
function fitting(random: Random, text: (random: Random) => string): string {
  const drawn = text(random);

  return parseQuantity(drawn).cmp(MAX_INT64) > 0 ? fitting(random, text) : drawn;
}

/** Sizes that fill a node of some 16 GiB and 8 cores with some ten pods, many of them equal. */
function requests(random: Random, isPlain: boolean): Record<string, string> {
  return present({
    cpu:                 maybe(random, 0.6, () => (isPlain ? `${ random.int(0, 20) }00m` : fitting(random, cpuText))),
    memory:              maybe(random, 0.8, () => (isPlain ? `${ random.int(0, 12) * 512 }Mi` : fitting(random, memoryText))),
    'ephemeral-storage': maybe(random, 0.15, () => `${ random.int(0, 6) }Gi`),
    'hugepages-2Mi':     maybe(random, 0.05, () => `${ random.int(0, 5) * 2 }Mi`),
    'nvidia.com/gpu':    maybe(random, 0.08, () => `${ random.int(0, 2) }`),
    'example.com/none':  maybe(random, 0.04, () => '1'),
  });
}

function sized(random: Random): Input {
  const isPlain = random.chance(0.85);
  const requested = requests(random, isPlain);

  return {
    requests:        requested,
    limits:          maybe(random, 0.3, () => (random.chance(0.6) ? requested : requests(random, isPlain))),
    initRequests:    maybe(random, 0.1, () => requests(random, isPlain)),
    sidecarRequests: maybe(random, 0.1, () => requests(random, isPlain)),
    overhead:        maybe(random, 0.05, () => present({ memory: '128Mi', cpu: maybe(random, 0.5, () => '250m') })),
    allocated:       maybe(random, 0.15, () => requests(random, isPlain)),
  };
}

function pod(random: Random, name: string, seconds: number): Input {
  const origin = random.pick([{}, {}, {}, {}, {}, {}, { static: true }, { mirror: true }]);
  const isStatic = 'static' in origin;

  return {
    name,
    ...isStatic ? {} : { created: new Date(START + seconds * 1000).toISOString().replace('.000Z', 'Z') },
    ...origin,
    priority:    maybe(random, 0.5, () => random.pick(PRIORITIES)),
    phase:       random.pick(['Running', 'Running', 'Running', 'Running', 'Pending', 'Succeeded', 'Failed']),
    ...sized(random),
    tolerations: maybe(random, 0.15, () => [random.pick(TOLERATIONS)]),
  };
}

/** Ages are mostly different; where they are equal, Go's sort decides, and so does ours. */
function question(random: Random): Input {
  const count = random.pick([random.int(0, 4), random.int(5, 11), random.int(12, 30)]);
  const spread = random.pick([3, 1000, 1_000_000]);

  return {
    op:          'admission.restart',
    allocatable: present({
      cpu:                 maybe(random, 0.97, () => `${ random.int(1, 12) }`),
      memory:              maybe(random, 0.97, () => `${ random.int(1, 24) }Gi`),
      pods:                maybe(random, 0.98, () => `${ random.chance(0.2) ? random.int(0, 12) : 110 }`),
      'ephemeral-storage': maybe(random, 0.8, () => `${ random.int(1, 20) }Gi`),
      'hugepages-2Mi':     maybe(random, 0.5, () => `${ random.int(0, 8) * 2 }Mi`),
      'nvidia.com/gpu':    maybe(random, 0.5, () => `${ random.int(0, 3) }`),
    }),
    pressure: maybe(random, 0.2, () => random.pick([['MemoryPressure'], ['DiskPressure'], ['PIDPressure'], ['MemoryPressure', 'DiskPressure'], []])),
    pods:     Array.from({ length: count }, (_, index) => pod(random, `p${ index }`, random.int(0, spread))),
  };
}

export const generators: Record<string, (random: Random) => Input> = { 'admission.restart': question };

const ALLOCATABLE = { cpu: '8', memory: '8Gi', pods: '110' };
const created = (seconds: number): string => new Date(START + seconds * 1000).toISOString().replace('.000Z', 'Z');
const vm = { name: 'vm', created: created(1), requests: { memory: '4Gi' } };
const batch = { name: 'batch', created: created(2), requests: { memory: '2Gi' } };
const longhorn = { name: 'longhorn', created: created(3), priority: 2_000_000_000, requests: { memory: '3Gi' } };

/** Each rule by itself. */
export const corners: readonly Input[] = [
  { pods: [{ name: 'young', created: created(3), requests: { memory: '4Gi' } }, { name: 'old', created: created(1), requests: { memory: '5Gi' } }, { name: 'small', created: created(4), requests: { memory: '3Gi' } }] },
  { pods: [{ ...vm, requests: { memory: '1Gi' }, allocated: { memory: '9Gi' } }, { ...batch, requests: { memory: '9Gi' }, allocated: { memory: '1Gi' } }] },
  { pods: [vm, batch, longhorn] },
  { pods: [vm, batch, { ...longhorn, requests: { memory: '9Gi' } }] },
  { pods: [{ ...vm, priority: 2_000_000_000, requests: { memory: '5Gi' } }, { ...longhorn, priority: 2_000_001_000, requests: { memory: '5Gi' } }] },
  { pods: [{ ...vm, requests: { memory: '5Gi' } }, { name: 'etcd', created: created(9), mirror: true, requests: { memory: '4Gi' } }] },
  { pods: [{ ...vm, phase: 'Succeeded', requests: { memory: '8Gi' } }, batch] },
  { pods: [vm, batch], allocatable: { ...ALLOCATABLE, pods: '1' } },
  { pods: [vm], allocatable: { cpu: '8', memory: '8Gi' } },
  { pods: [{ ...vm, requests: { 'hugepages-2Mi': '2Mi' } }, { ...batch, requests: { 'example.com/none': '1' } }] },
  { pods: [vm, { name: 'best-effort', created: created(2) }, longhorn], pressure: ['MemoryPressure'] },
  { pods: [vm, { name: 'best-effort', created: created(2) }, longhorn], pressure: ['DiskPressure'] },
].map((question) => ({ op: 'admission.restart', allocatable: ALLOCATABLE, ...question }));
