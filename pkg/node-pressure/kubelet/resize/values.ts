/** The four numbers of a container that a resize can change. Follows pkg/kubelet/kuberuntime/kuberuntime_manager.go. */

import type { ResourceList, ResourceRequirements } from '../pod';
import { quantityOf } from '../podResources';

/** `resourceRequirements`: bytes and milli-CPUs, 0 where nothing is set. Differences below those units are none. */
export interface ResourceValues {
  readonly memoryLimit: bigint;
  readonly memoryRequest: bigint;
  readonly cpuLimit: bigint;
  readonly cpuRequest: bigint;
}

function bytes(list: ResourceList | undefined): bigint {
  return quantityOf(list, 'memory')?.value() ?? 0n;
}

function milliCPU(list: ResourceList | undefined): bigint {
  return quantityOf(list, 'cpu')?.milliValue() ?? 0n;
}

/**
 * `containerResourcesFromRequirements`. From 1.36 on a container without a limit is held to its pod's.
 * @param podLevel `spec.resources`, or what of it is actuated; not given up to 1.35
 * @throws KubeletError if a quantity cannot be parsed
 */
export function containerValues(container: ResourceRequirements | undefined, podLevel?: ResourceRequirements): ResourceValues {
  return {
    memoryLimit:   bytes(container?.limits) || bytes(podLevel?.limits),
    memoryRequest: bytes(container?.requests),
    cpuLimit:      milliCPU(container?.limits) || milliCPU(podLevel?.limits),
    cpuRequest:    milliCPU(container?.requests),
  };
}

export function sameValues(a: ResourceValues, b: ResourceValues): boolean {
  return a.memoryLimit === b.memoryLimit && a.memoryRequest === b.memoryRequest && a.cpuLimit === b.cpuLimit && a.cpuRequest === b.cpuRequest;
}
