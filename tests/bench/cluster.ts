/** The data that benchmarks run on: a cluster's pods with their stats, the same on every machine. */
import type { PodWithStats } from '../../pkg/node-pressure/kubelet/eviction/rank';
import type { Container, Pod } from '../../pkg/node-pressure/kubelet/pod';
import type { PodStats } from '../../pkg/node-pressure/kubelet/summary';
import { randomFor, type Random } from '../conformance/generators/random';

export const NODES = 1_000;
export const PODS_PER_NODE = 100;

const SEED = 1;
const Mi = 2 ** 20;
const PRIORITIES = [undefined, undefined, undefined, 0, 1_000, 1_000_000, 2_000_000_000];

/** Guests have round sizes; what KubeVirt adds for the VM's overhead makes most requests odd numbers of Mi. */
function memoryRequest(random: Random): string {
  return random.chance(0.3) ? `${ random.pick([1, 2, 4, 8, 16]) }Gi` : `${ random.int(64, 4096) }Mi`;
}

function container(random: Random, name: string): Container {
  return { name, resources: random.chance(0.8) ? { requests: { cpu: '100m', memory: memoryRequest(random), 'ephemeral-storage': '50M' } } : {} };
}

function statsOf(random: Random, pod: Pod): PodStats {
  const { name, uid = '' } = pod.metadata;

  return {
    podRef:     { name, namespace: 'default', uid },
    containers: pod.spec.containers.map((each) => ({
      name:   each.name,
      memory: { workingSetBytes: random.int(0, 2048) * Mi },
      rootfs: { usedBytes: random.int(0, 2 ** 30), inodesUsed: random.int(0, 5_000) },
      logs:   { usedBytes: random.int(0, 2 ** 24), inodesUsed: 3 },
    })),
    memory:        { workingSetBytes: random.int(0, 8192) * Mi + random.int(0, 4095) * 4096 },
    volume:        [{ name: 'ephemeral', usedBytes: random.int(0, 2 ** 28), inodesUsed: random.int(0, 100) }],
    process_stats: { process_count: random.int(1, 200) },
  };
}

function podWithStats(random: Random, name: string): PodWithStats {
  const pod: Pod = {
    metadata: { name, namespace: 'default', uid: name, annotations: { 'kubernetes.io/config.source': 'api' } },
    spec:     {
      containers: Array.from({ length: random.int(1, 2) }, (_, index) => container(random, `c${ index }`)),
      ...random.chance(0.2) ? { initContainers: [container(random, 'init')] } : {},
      priority: random.pick(PRIORITIES),
      volumes:  [{ name: 'ephemeral', emptyDir: {} }],
    },
  };

  return { pod, stats: statsOf(random, pod) };
}

/** Pods of every node, as they would come out of the API's JSON. */
export function clusterPods(): PodWithStats[][] {
  const nodes = Array.from({ length: NODES }, (_, node) => {
    const random = randomFor(SEED, 'bench', node);

    return Array.from({ length: PODS_PER_NODE }, (_pod, index) => podWithStats(random, `node-${ node }-pod-${ index }`));
  });

  return JSON.parse(JSON.stringify(nodes)) as PodWithStats[][];
}

/** Every request of every container, as written. */
export function quantityTexts(nodes: readonly (readonly PodWithStats[])[]): string[] {
  return nodes.flat().flatMap(({ pod }) => pod.spec.containers.flatMap(({ resources }) => Object.values(resources?.requests ?? {})));
}
