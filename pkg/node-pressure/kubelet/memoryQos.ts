/**
 * What the alpha gate MemoryQoS writes to cgroup v2 (KEP-2570): throttling below the limit, protection of requests.
 * Follows kuberuntime_container_linux.go and cm/{helpers_linux,qos_container_manager_linux}.go of pkg/kubelet.
 */

import { int64FromFloat } from './go/int64';
import { wrapInt64 } from './quantityInteger';
import type { PodQOSClass } from './qos';

/**
 * Who is protected from reclaim. `AllRequests` is what kubelets up to 1.35 do, `None` (the default) and
 * `TieredReservation` are the memoryReservationPolicy of 1.36.
 */
export type MemoryReservation = 'AllRequests' | 'None' | 'TieredReservation';

/** A cgroup's unified keys; those not named are left as they are. */
export type MemoryUnified = Partial<Record<'memory.min' | 'memory.low' | 'memory.high', string>>;

/** All amounts in bytes; 0 means not set. */
export interface ContainerMemory {
  readonly requestBytes: bigint;
  readonly limitBytes: bigint;
  /** `node.status.allocatable.memory`, the stand-in for a missing limit. */
  readonly nodeAllocatableBytes: bigint;
  /** `memoryThrottlingFactor`, above 0 and up to 1; the default is 0.9. */
  readonly throttlingFactor: number;
  readonly pageSizeBytes: bigint;
}

/**
 * `memory.high` in bytes, from where the kernel throttles allocations: the given part of the way from request to
 * limit, rounded down to whole pages. Undefined where none is written. Computed in float64, as the kubelet on amd64 does.
 */
export function memoryHighBytes({ requestBytes, limitBytes, nodeAllocatableBytes, throttlingFactor, pageSizeBytes }: ContainerMemory): bigint | undefined {
  const ceilingBytes = limitBytes === 0n ? nodeAllocatableBytes : limitBytes;

  if (requestBytes === limitBytes || (limitBytes === 0n && nodeAllocatableBytes <= 0n)) {
    return undefined;
  }

  const request = Number(requestBytes);
  const exact = Math.floor(request + (Number(ceilingBytes) - request) * throttlingFactor);
  const bytes = wrapInt64(int64FromFloat(exact / Number(pageSizeBytes)) * pageSizeBytes);

  return bytes !== 0n && bytes > requestBytes ? bytes : undefined;
}

function tiered(qosClass: PodQOSClass, bytes: bigint): MemoryUnified {
  return { [qosClass === 'Guaranteed' ? 'memory.min' : 'memory.low']: `${ bytes }` };
}

function containerProtection(requestBytes: bigint, qosClass: PodQOSClass, reservation: MemoryReservation): MemoryUnified {
  if (reservation === 'AllRequests') {
    return requestBytes === 0n ? {} : { 'memory.min': `${ requestBytes }` };
  }

  return requestBytes !== 0n && reservation === 'TieredReservation' ? tiered(qosClass, requestBytes) : { 'memory.min': '0', 'memory.low': '0' };
}

/** The keys of a container's cgroup (`generateLinuxContainerResources`). */
export function containerMemoryUnified(memory: ContainerMemory, qosClass: PodQOSClass, reservation: MemoryReservation): MemoryUnified {
  const highBytes = memoryHighBytes(memory);

  return {
    ...containerProtection(memory.requestBytes, qosClass, reservation),
    ...(highBytes !== undefined && { 'memory.high': `${ highBytes }` }),
  };
}

/** The keys of a pod's cgroup (`ResourceConfigForPod`): its protection, where there is one. */
export function podMemoryUnified(requestBytes: bigint, qosClass: PodQOSClass, reservation: MemoryReservation): MemoryUnified {
  if (requestBytes <= 0n || reservation === 'None') {
    return {};
  }

  return reservation === 'AllRequests' ? { 'memory.min': `${ requestBytes }` } : tiered(qosClass, requestBytes);
}

/** The keys of the two cgroups above the pods (`setMemoryQoS`), from the sums of their pods' requests in bytes. */
export function qosMemoryUnified(guaranteedBytes: bigint, burstableBytes: bigint, reservation: MemoryReservation): { kubepods: MemoryUnified; burstable: MemoryUnified } {
  // /kubepods is the parent of both, and protects a child only as far as it is protected itself
  const allBytes = guaranteedBytes + burstableBytes;

  switch (reservation) {
  case 'AllRequests':
    return { kubepods: podMemoryUnified(allBytes, 'Guaranteed', reservation), burstable: podMemoryUnified(burstableBytes, 'Burstable', reservation) };
  case 'TieredReservation':
    return { kubepods: tiered('Guaranteed', allBytes), burstable: tiered('Burstable', burstableBytes) };
  case 'None':
    return { kubepods: tiered('Guaranteed', 0n), burstable: tiered('Burstable', 0n) };
  }
}
