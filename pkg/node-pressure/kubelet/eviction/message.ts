/** What an evicted pod's status and event say. Follows `evictionMessage` of pkg/kubelet/eviction/helpers.go. */

import type { SignalObservation } from '../observations';
import type { Container } from '../pod';
import { isPodLevelResourcesSet, quantityOf } from '../podResources';
import { newQuantity, type Quantity } from '../quantity';
import { resourceOf } from '../signals';
import type { ContainerStats, PodStats } from '../summary';
import type { Threshold } from '../thresholds';
import type { PodWithStats } from './rank';
import { thresholdTarget } from './metThresholds';
import { usageQuantity } from './usage';

/** Status message, and annotations of the pod's event (empty where the pod has no stats). */
export interface EvictionMessage {
  readonly message: string;
  readonly annotations: Readonly<Record<string, string>>;
}

/** A container or pod that used more than it requested. */
interface Offender {
  readonly name: string;
  readonly usage: string;
  readonly request: string;
}

const ZERO = newQuantity(0n, 'DecimalSI');

function offence(kind: 'Container' | 'Pod', { name, usage, request }: Offender, resource: string): string {
  return `${ kind } ${ name } was using ${ usage }, request is ${ request }, has larger consumption of ${ resource }. `;
}

/** A container's use as the message counts it: never known for inodes and processes. */
function containerUsage({ memory, rootfs, logs }: ContainerStats, resource: string): Quantity | undefined {
  if (resource === 'memory') {
    return memory?.workingSetBytes === undefined ? undefined : usageQuantity(memory.workingSetBytes);
  }
  if (resource === 'ephemeral-storage' && rootfs?.usedBytes !== undefined && logs?.usedBytes !== undefined) {
    return usageQuantity(rootfs.usedBytes + logs.usedBytes);
  }

  return undefined;
}

/** Containers and init containers over their request, in the order of the stats; ephemeral containers are not blamed. */
function offendingContainers(containers: readonly Container[], stats: PodStats, resource: string): Offender[] {
  return (stats.containers ?? []).flatMap((containerStats) => {
    const container = containers.find(({ name }) => name === containerStats.name);
    const usage = container && containerUsage(containerStats, resource);
    const request = quantityOf(container?.resources?.requests, resource) ?? ZERO;

    return usage && usage.cmp(request) > 0 ? [{ name: containerStats.name, usage: usage.toString(), request: request.toString() }] : [];
  });
}

/** A pod with a memory request of its own is named whether it exceeds it or not. */
function offendingPod({ pod, stats }: PodWithStats, resource: string): Offender | undefined {
  const request = resource === 'memory' && isPodLevelResourcesSet(pod) ? quantityOf(pod.spec.resources?.requests, resource) : undefined;

  if (request && stats?.memory) {
    return { name: pod.metadata.name, usage: usageQuantity(stats.memory.workingSetBytes).toString(), request: request.toString() };
  }

  return undefined;
}

function thresholdTexts(threshold: Threshold, observation: SignalObservation | undefined): string[] {
  const low = `The node was low on resource: ${ resourceOf(threshold.signal) }. `;

  if (!observation) {
    return [low];
  }

  const quantity = thresholdTarget(threshold, observation.capacity, 'threshold');

  return [low, `Threshold quantity: ${ quantity.toString() }, available: ${ observation.available.toString() }. `];
}

/**
 * The texts for a pod evicted because of a threshold: its resource, what was available, and who used more than requested.
 * @param observation what was observed for the threshold's signal; without it the amounts are left out
 * @throws KubeletError if a request of the pod cannot be parsed
 */
export function evictionMessage(threshold: Threshold, observation: SignalObservation | undefined, podWithStats: PodWithStats): EvictionMessage {
  const resource = resourceOf(threshold.signal);
  const texts = thresholdTexts(threshold, observation);
  const { pod, stats } = podWithStats;

  if (!stats) {
    return { message: texts.join(''), annotations: {} };
  }

  const owner = offendingPod(podWithStats, resource);
  const containers = offendingContainers([...pod.spec.containers, ...pod.spec.initContainers ?? []], stats, resource);

  return {
    message: [
      ...texts, owner ? offence('Pod', owner, resource) : '', ...containers.map((container) => offence('Container', container, resource)),
    ].join(''),
    annotations: {
      ...(owner && { offending_pod: owner.name, offending_pod_usage: owner.usage }),
      offending_containers: containers.map(({ name }) => name).join(','),
      offending_containers_usage: containers.map(({ usage }) => usage).join(','),
      starved_resource: resource,
    },
  };
}
