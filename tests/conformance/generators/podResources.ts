import type { Input } from '../protocol';
import type { Random } from './random';
import { cpuText, maybe, memoryText, present } from './requests';

const ORIGINS = [{}, {}, { 'kubernetes.io/config.source': 'file' }, { 'kubernetes.io/config.source': 'api' }, { 'kubernetes.io/config.mirror': '' }];

function list(random: Random): Record<string, string> {
  return present({
    cpu:                 maybe(random, 0.6, () => (random.chance(0.5) ? `${ random.int(0, 3) }00m` : cpuText(random))),
    memory:              maybe(random, 0.7, () => (random.chance(0.5) ? `${ random.int(0, 3) }Gi` : memoryText(random))),
    'hugepages-2Mi':     maybe(random, 0.15, () => `${ random.int(0, 3) }Mi`),
    'ephemeral-storage': maybe(random, 0.2, () => memoryText(random)),
    'example.com/fpga':  maybe(random, 0.1, () => `${ random.int(0, 3) }`),
  });
}

function resources(random: Random): Input {
  const requests = maybe(random, 0.8, () => list(random));

  return { requests, limits: maybe(random, 0.6, () => (random.chance(0.5) ? requests : list(random))) };
}

function containers(random: Random, prefix: string, count: number): Input[] {
  return Array.from({ length: count }, (_, index) => ({
    name:      `${ prefix }${ index }`,
    resources: resources(random),
    ...prefix === 'i' && random.chance(0.5) ? { restartPolicy: 'Always' } : {},
  }));
}

/** What a kubelet reports, at odds with the spec while a resize is under way. */
function status(random: Random, name: unknown): Input {
  return {
    name,
    resources:          maybe(random, 0.7, () => (random.chance(0.1) ? {} : resources(random))),
    allocatedResources: maybe(random, 0.7, () => list(random)),
  };
}

function pod(random: Random): Input {
  const regular = containers(random, 'c', random.int(1, 3));
  const initContainers = containers(random, 'i', random.pick([0, 0, 1, 2, 3]));

  return {
    metadata: { name: 'p', annotations: random.pick(ORIGINS) },
    spec:     {
      containers:        regular,
      initContainers,
      resources:         maybe(random, 0.3, () => (random.chance(0.1) ? {} : resources(random))),
      overhead:          maybe(random, 0.2, () => list(random)),
      priority:          maybe(random, 0.3, () => random.pick([0, 1_999_999_999, 2_000_000_000])),
      priorityClassName: random.pick(['', 'system-node-critical']),
    },
    status: {
      qosClass:              maybe(random, 0.1, () => random.pick(['Burstable', 'Guaranteed', 'BestEffort'])),
      containerStatuses:     maybe(random, 0.6, () => regular.map(({ name }) => status(random, name))),
      initContainerStatuses: maybe(random, 0.6, () => initContainers.map(({ name }) => status(random, name))),
      ...random.chance(0.3) ? { ...status(random, undefined) } : {},
      conditions:            maybe(random, 0.2, () => [{ type: 'PodResizePending', status: 'True', reason: random.pick(['Infeasible', 'Deferred']) }]),
    },
  };
}

export const generators: Record<string, (random: Random) => Input> = {
  'pod.resources': (random) => ({
    op:                          'pod.resources',
    pod:                         pod(random),
    useStatusResources:          random.chance(0.6),
    inPlacePodLevelResources:    random.chance(0.6),
    excludeOverhead:             random.chance(0.2),
    skipPodLevelResources:       random.chance(0.2),
    skipContainerLevelResources: random.chance(0.1),
    capacity:                    random.int(1, 64) * 2 ** 30,
  }),
};
