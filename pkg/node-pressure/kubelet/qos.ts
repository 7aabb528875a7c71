/**
 * QoS class and OOM score of pods.
 * Follows pkg/apis/core/v1/helper/qos/qos.go and pkg/kubelet/qos/{policy,helpers}.go.
 */

import { KubeletError } from './errors';
import { wrapInt64 } from './quantityInteger';
import { isPodLevelRequestsSet, isSidecar, podRequest, quantityOf } from './podResources';
import type { Container, Pod, ResourceRequirements } from './pod';
import { isNodeCriticalPod } from './priority';
import type { Quantity } from './quantity';

/** core/v1 PodQOSClass. */
export type PodQOSClass = 'Guaranteed' | 'Burstable' | 'BestEffort';

/** What differs between versions. */
export interface QOSOptions {
  /** Ignore `spec.resources`: kubelets before 1.34 (gate PodLevelResources). */
  readonly skipPodLevelResources?: boolean;
}

const QOS_RESOURCES = ['cpu', 'memory'] as const;

/** `guaranteedOOMScoreAdj` and `besteffortOOMScoreAdj`. */
export const GUARANTEED_OOM_SCORE_ADJ = -997;
export const BEST_EFFORT_OOM_SCORE_ADJ = 1000;

function isQOSClass(value: string | undefined): value is PodQOSClass {
  return value === 'Guaranteed' || value === 'Burstable' || value === 'BestEffort';
}

/** The sum of the amounts above zero, undefined when there is none. */
function positiveSum(resources: readonly ResourceRequirements[], kind: 'requests' | 'limits', name: string): Quantity | undefined {
  return resources.reduce<Quantity | undefined>((sum, each) => {
    const quantity = quantityOf(each[kind], name);

    return quantity?.sign() === 1 ? sum?.add(quantity) ?? quantity : sum;
  }, undefined);
}

function limitsEverything(resources: ResourceRequirements): boolean {
  return QOS_RESOURCES.every((name) => quantityOf(resources.limits, name)?.sign() === 1);
}

/**
 * `ComputePodQOS`: the class by cpu and memory of containers and init containers, or of `spec.resources` alone where
 * it is there (even when it names neither). Requests and limits are compared as sums over the containers.
 */
export function computePodQOS(pod: Pod, options: QOSOptions = {}): PodQOSClass {
  const podLevel = options.skipPodLevelResources ? undefined : pod.spec.resources;
  const resources = podLevel ? [podLevel] : [...pod.spec.containers, ...pod.spec.initContainers ?? []].map((container) => container.resources ?? {});
  const requests = QOS_RESOURCES.map((name) => positiveSum(resources, 'requests', name));
  const limits = QOS_RESOURCES.map((name) => positiveSum(resources, 'limits', name));

  if ([...requests, ...limits].every((sum) => sum === undefined)) {
    return 'BestEffort';
  }

  const isGuaranteed = resources.every(limitsEverything) && requests.every((request, index) => {
    const limit = limits[index];

    return request !== undefined && limit !== undefined && request.cmp(limit) === 0;
  });

  return isGuaranteed ? 'Guaranteed' : 'Burstable';
}

/** `GetPodQOS`: the class the status states, else the computed one. */
export function getPodQOS(pod: Pod, options: QOSOptions = {}): PodQOSClass {
  const stated = pod.status?.qosClass;

  return isQOSClass(stated) ? stated : computePodQOS(pod, options);
}

function memoryRequestBytes(container: Container): bigint {
  return quantityOf(container.resources?.requests, 'memory')?.value() ?? 0n;
}

/** `remainingPodMemReqPerContainer`: each container's share of what the pod requests beyond its containers. */
function unassignedBytesPerContainer(pod: Pod): bigint {
  const podBytes = quantityOf(pod.spec.resources?.requests, 'memory');

  if (!podBytes || podBytes.isZero()) {
    return 0n;
  }

  const containerBytes = podRequest(pod, 'memory', { skipPodLevelResources: true, excludeOverhead: true })?.value() ?? 0n;
  const containers = [...pod.spec.containers, ...pod.spec.initContainers ?? []].length;

  // The API server refuses pods without containers, so this is never 1 instead of 0 in a cluster
  return wrapInt64(podBytes.value() - containerBytes) / BigInt(Math.max(containers, 1));
}

/** `minRegularContainerMemory`. */
function smallestRegularRequestBytes(pod: Pod): bigint {
  const [first = 0n, ...others] = pod.spec.containers.map(memoryRequestBytes);

  return others.reduce((smallest, bytes) => (bytes < smallest ? bytes : smallest), first);
}

function burstableScore(requestBytes: bigint, memoryCapacityBytes: bigint): bigint {
  return wrapInt64(1000n - wrapInt64(1000n * requestBytes) / memoryCapacityBytes);
}

function isSidecarOf(pod: Pod, container: Container): boolean {
  return isSidecar(container) && (pod.spec.initContainers ?? []).some(({ name }) => name === container.name);
}

/**
 * `GetContainerOOMScoreAdjust`: what the kubelet writes to oom_score_adj of a container's processes, -1000 to 1000;
 * the kernel kills the highest first. The pod is to hold the allocated resources.
 *
 * @param memoryCapacityBytes the node's memory, above 0
 * @throws KubeletError on a capacity of 0 (a kubelet would crash) or a quantity that cannot be parsed
 */
export function getContainerOOMScoreAdjust(pod: Pod, container: Container, memoryCapacityBytes: bigint, options: QOSOptions = {}): number {
  const qosClass = isNodeCriticalPod(pod) ? 'Guaranteed' : getPodQOS(pod, options);

  if (qosClass === 'Guaranteed') {
    return GUARANTEED_OOM_SCORE_ADJ;
  }
  if (qosClass === 'BestEffort') {
    return BEST_EFFORT_OOM_SCORE_ADJ;
  }
  if (memoryCapacityBytes === 0n) {
    throw new KubeletError('runtime error: integer divide by zero');
  }

  const extraBytes = options.skipPodLevelResources || !isPodLevelRequestsSet(pod) ? 0n : unassignedBytesPerContainer(pod);
  const own = burstableScore(memoryRequestBytes(container) + extraBytes, memoryCapacityBytes);
  // A sidecar must not die before the containers that need it
  const regular = isSidecarOf(pod, container) ? burstableScore(smallestRegularRequestBytes(pod) + extraBytes, memoryCapacityBytes) : own;
  const score = Number(own < regular ? own : regular);
  const floor = BEST_EFFORT_OOM_SCORE_ADJ + GUARANTEED_OOM_SCORE_ADJ;

  return score === BEST_EFFORT_OOM_SCORE_ADJ ? score - 1 : Math.max(score, floor);
}
