import { attempt, bytesOf } from '../../harvester/amounts';
import { activePodsWithStats } from '../../kubelet/eviction/activePods';
import { makeSignalObservations, type SignalObservation } from '../../kubelet/observations';
import type { Pod } from '../../kubelet/pod';
import { podLimit, podRequest } from '../../kubelet/podResources';
import type { Summary } from '../../kubelet/summary';
import type { Message } from '../display';
import { vmOfPod } from './virtualMachine';

/** What pods ask for and use of a node's memory, in bytes. Absent means "not known". */
export interface MemoryDemand {
  /** Sum of the requests of the pods that are not over, as the scheduler counts them. */
  readonly requestedBytes?: number;
  /** Working set of the cgroup of all pods. */
  readonly usedBytes?: number;
  /** If every VM fills its memory and everything else stays: use, with VMs at their pods' limits. */
  readonly worstCaseBytes?: number;
  readonly vms: number;
  /** VMs whose pods have no memory limit: the worst case counts what they use now. */
  readonly vmsWithoutLimit: number;
  /** `fits` the worst case is within what pods may use; `evicts` more than that; `outOfMemory` more than the node has. */
  readonly verdict: Message<'fits' | 'evicts' | 'outOfMemory' | 'unknown'>;
}

/** What the system outside of pods uses beside what is reserved for it, in bytes. */
export interface SystemUse {
  readonly usedBytes?: number;
  readonly reservedBytes?: number;
  /** `tooSmall`: more is used than reserved, by `shortBytes`; `none`: nothing is reserved at all. */
  readonly finding: Message<'enough' | 'tooSmall' | 'none' | 'unknown'>;
}

function usedOf(observation: SignalObservation | undefined): number | undefined {
  return observation && bytesOf(observation.capacity.sub(observation.available));
}

interface VmMemory {
  readonly usedBytes: number;
  readonly limitBytes?: number;
}

/** @throws KubeletError if a limit cannot be parsed */
function vmMemories(pods: readonly Pod[], summary: Summary): VmMemory[] {
  return activePodsWithStats(pods, summary).filter(({ pod }) => vmOfPod(pod, undefined)).map(({ pod, stats }) => {
    const limit = podLimit(pod, 'memory');

    return { usedBytes: stats?.memory?.workingSetBytes ?? 0, limitBytes: limit && bytesOf(limit) };
  });
}

function verdictOf(worstCaseBytes: number | undefined, { capacityBytes, evictableBytes }: MemoryBounds): MemoryDemand['verdict'] {
  if (worstCaseBytes === undefined) {
    return { code: 'unknown', params: {} };
  }
  if (worstCaseBytes > capacityBytes) {
    return { code: 'outOfMemory', params: { worstCaseBytes, capacityBytes, excessBytes: worstCaseBytes - capacityBytes } };
  }

  return { code: worstCaseBytes > evictableBytes ? 'evicts' : 'fits', params: { worstCaseBytes, allocatableBytes: evictableBytes, excessBytes: Math.max(0, worstCaseBytes - evictableBytes) } };
}

/** What the worst case is held against, bytes. */
export interface MemoryBounds {
  readonly capacityBytes: number;
  /** What pods may use before any is evicted: allocatable. */
  readonly evictableBytes: number;
}

/** Requests, use and worst case of a node's pods. */
export function memoryDemand(pods: readonly Pod[] | undefined, summary: Summary | undefined, bounds: MemoryBounds): MemoryDemand {
  const usedBytes = usedOf(summary && makeSignalObservations(summary)['allocatableMemory.available']);
  const active = pods?.filter(({ status }) => status?.phase !== 'Succeeded' && status?.phase !== 'Failed');
  const requestedBytes = active && attempt(() => active.reduce((sum, pod) => {
    const request = podRequest(pod, 'memory', { useStatusResources: true });

    return sum + (request ? bytesOf(request) : 0);
  }, 0)).value;
  const vms = pods && summary && attempt(() => vmMemories(pods, summary)).value;
  const worstCaseBytes = usedBytes === undefined || !vms ? undefined : vms.reduce((sum, vm) => sum + Math.max(0, (vm.limitBytes ?? 0) - vm.usedBytes), usedBytes);

  return {
    requestedBytes,
    usedBytes,
    worstCaseBytes,
    vms:             vms?.length ?? 0,
    vmsWithoutLimit: vms?.filter(({ limitBytes }) => limitBytes === undefined).length ?? 0,
    verdict:         verdictOf(worstCaseBytes, bounds),
  };
}

/**
 * The system's use: the node's working set without that of the pods' cgroup, or the working set of its own cgroup where
 * that is known.
 *
 * @param systemSliceBytes working set of `/system.slice`
 */
export function systemUse(summary: Summary | undefined, reservedBytes: number | undefined, systemSliceBytes?: number): SystemUse {
  const observations = summary ? makeSignalObservations(summary) : {};
  const [node, pods] = [usedOf(observations['memory.available']), usedOf(observations['allocatableMemory.available'])];
  const usedBytes = systemSliceBytes ?? (node === undefined || pods === undefined ? undefined : Math.max(0, node - pods));

  if (usedBytes === undefined || reservedBytes === undefined) {
    return { usedBytes, reservedBytes, finding: { code: 'unknown', params: {} } };
  }
  const code = reservedBytes === 0 ? 'none' : usedBytes > reservedBytes ? 'tooSmall' : 'enough';

  return { usedBytes, reservedBytes, finding: { code, params: { usedBytes, reservedBytes, shortBytes: Math.max(0, usedBytes - reservedBytes) } } };
}
