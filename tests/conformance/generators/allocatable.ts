import type { Input } from '../protocol';
import type { Random } from './random';
import { anyAmount, cpuText, maybe, memoryText, present } from './requests';

const GIBIBYTE = 2 ** 30;

function capacityBytes(random: Random): string {
  return random.pick([
    `${ random.int(1, 512) }Gi`,
    `${ random.int(1_000_000, 600_000_000) }Ki`,
    `${ random.int(1, 512 * GIBIBYTE) }`,
    `${ random.int(1, 9) }.${ random.int(0, 99) }Ti`,
  ]);
}

function capacity(random: Random): Record<string, string> {
  return present({
    cpu:                 maybe(random, 0.9, () => `${ random.int(1, 256) }`),
    memory:              capacityBytes(random),
    'ephemeral-storage': maybe(random, 0.8, () => capacityBytes(random)),
    pods:                maybe(random, 0.5, () => `${ random.int(0, 500) }`),
    'hugepages-2Mi':     maybe(random, 0.3, () => random.pick(['0', `${ random.int(0, 4096) * 2 }Mi`, capacityBytes(random)])),
    'hugepages-1Gi':     maybe(random, 0.2, () => random.pick(['0', `${ random.int(0, 64) }Gi`])),
  });
}

function reserved(random: Random): Record<string, string> {
  const amount = (likely: (random: Random) => string): string => (random.chance(0.05) ? anyAmount(random) : likely(random));

  return present({
    cpu:                 maybe(random, 0.6, () => amount(cpuText)),
    memory:              maybe(random, 0.7, () => amount(memoryText)),
    'ephemeral-storage': maybe(random, 0.4, () => amount(memoryText)),
    pid:                 maybe(random, 0.1, () => `${ random.int(0, 5000) }`),
  });
}

function threshold(random: Random): string {
  return random.pick([`${ random.int(1, 99) }%`, `${ random.int(0, 30) }.${ random.int(1, 999) }%`, `${ random.int(1, 4096) }Mi`, `${ random.int(1, 9) }.${ random.int(0, 9) }Gi`, `${ random.int(1, 9999) }M`]);
}

function evictionHard(random: Random): Record<string, string> {
  return present({
    'memory.available':   maybe(random, 0.7, () => threshold(random)),
    'nodefs.available':   maybe(random, 0.6, () => threshold(random)),
    'imagefs.available':  maybe(random, 0.4, () => threshold(random)),
    'nodefs.inodesFree':  maybe(random, 0.2, () => threshold(random)),
    'pid.available':      maybe(random, 0.2, () => threshold(random)),
    'memory.availabel':   maybe(random, 0.01, () => threshold(random)),
  });
}

export const generators: Record<string, (random: Random) => Input> = {
  'allocatable.node': (random) => ({
    op:             'allocatable.node',
    capacity:       capacity(random),
    systemReserved: reserved(random),
    kubeReserved:   reserved(random),
    evictionHard:   evictionHard(random),
  }),
};

/** The worked examples of the documentation. */
export const corners: readonly Input[] = [
  { op: 'allocatable.node', capacity: { memory: '10Gi' }, systemReserved: { memory: '1.5Gi' }, kubeReserved: {}, evictionHard: { 'memory.available': '500Mi' } },
  { op: 'allocatable.node', capacity: { memory: '32Gi', cpu: '16', 'ephemeral-storage': '100Gi' }, systemReserved: { memory: '1Gi', cpu: '500m' }, kubeReserved: { memory: '2Gi', cpu: '1' }, evictionHard: { 'memory.available': '100Mi', 'nodefs.available': '10%' } },
  { op: 'allocatable.node', capacity: { memory: '8Gi', cpu: '2' }, systemReserved: { memory: '9G', cpu: '2500m' }, kubeReserved: {}, evictionHard: { 'memory.available': '100Mi' } },
  { op: 'allocatable.node', capacity: { memory: '22392912Ki', cpu: '12', pods: '200' }, systemReserved: { cpu: '400m' }, kubeReserved: { cpu: '600m' }, evictionHard: { 'imagefs.available': '5%', 'nodefs.available': '5%' } },
];
