import { timestamp } from '../clock';
import type { Cluster } from '../cluster';
import { hash, wander } from '../random';
import type { KubeObject } from '../store/objects';
import { valueAt } from '../store/objects';

/** How long metrics-server measured. */
const WINDOW = '10.062s';

const kib = (bytes: number): string => `${ Math.round(bytes / 1024) }Ki`;

/** Cores that are busy: between a tenth and two thirds of them, by the node's name and the time. */
export function busyCores(name: string, cores: number, now: number): number {
  return cores * (0.35 + 0.25 * wander(hash(name), now));
}

/** `metrics.k8s.io` of every node whose kubelet can be asked. */
export function nodeMetrics({ fleet, clock }: Cluster): KubeObject[] {
  const now = clock.now();

  return [...fleet.machines.values()]
    .filter((machine) => machine.kubelet !== null)
    .map((machine) => ({
      apiVersion: 'metrics.k8s.io/v1beta1',
      kind: 'NodeMetrics',
      metadata: { name: machine.name, creationTimestamp: timestamp(now), labels: { 'kubernetes.io/hostname': machine.name } },
      timestamp: timestamp(now),
      window: WINDOW,
      usage: { cpu: `${ Math.round(busyCores(machine.name, machine.plan.cpuCores, now) * 1e9) }n`, memory: kib(fleet.sample(machine).workingSetBytes) },
    }));
}

/** `metrics.k8s.io` of every pod on a node whose kubelet can be asked. */
export function podMetrics({ fleet, clock }: Cluster, namespace: string | undefined): KubeObject[] {
  const now = clock.now();

  return [...fleet.machines.values()]
    .filter((machine) => machine.kubelet !== null)
    .flatMap((machine) => {
      const { podBytes } = fleet.sample(machine);

      return fleet
        .podsOn(machine)
        .filter(({ metadata }) => !namespace || metadata.namespace === namespace)
        .map((pod) => {
          const containers = (valueAt(pod, 'spec.containers') ?? []) as { name: string }[];
          const bytes = podBytes.get(pod.metadata.uid ?? '') ?? 0;

          return {
            apiVersion: 'metrics.k8s.io/v1beta1',
            kind: 'PodMetrics',
            metadata: {
              name: pod.metadata.name,
              namespace: pod.metadata.namespace,
              creationTimestamp: timestamp(now),
            },
            timestamp: timestamp(now),
            window: WINDOW,
            containers: containers.map(({ name }) => ({ name, usage: { cpu: '25m', memory: kib(bytes / containers.length) } })),
          };
        });
    });
}
