import { attempt, type Attempt } from '../../harvester/amounts';
import { activePodsWithStats } from '../../kubelet/eviction/activePods';
import { filesystemLayout } from '../../kubelet/eviction/layout';
import { rankPods, type Exemption, type RankedPod, type RankRule } from '../../kubelet/eviction/rank';
import type { Pod } from '../../kubelet/pod';
import { isSidecar } from '../../kubelet/podResources';
import { getContainerOOMScoreAdjust, getPodQOS, type PodQOSClass } from '../../kubelet/qos';
import { resourceOf, type Signal } from '../../kubelet/signals';
import type { Summary } from '../../kubelet/summary';
import type { Message } from '../display';
import { filesystemsOf } from './filesystems';
import { vmOfPod, type VirtualMachine, type VmOfPod } from './virtualMachine';

/**
 * Why a pod stands where it does. The exemptions, or: `noStats` the kubelet knows no use of it, and takes it first;
 * `exceedsRequest`, `exceedsNoRequest` (it requests none), `withinRequest`; `inodes` and `processes`, which nobody requests.
 */
export type EvictionReason = Exemption | 'noStats' | 'exceedsRequest' | 'exceedsNoRequest' | 'withinRequest' | 'inodes' | 'processes';

/** One pod in the order in which the kubelet would evict. */
export interface EvictionEntry {
  readonly namespace: string;
  readonly name: string;
  readonly uid: string;
  /** From 1, exempt pods left out: those have none. */
  readonly turn?: number;
  readonly exempt?: Exemption;
  readonly reason: Message<EvictionReason>;
  readonly priority: number;
  readonly qos: PodQOSClass;
  /** Of its container that the kernel's OOM killer would take first, -1000 to 1000; a different order from the kubelet's. */
  readonly oomScore?: number;
  /** What of the rules tells it from the next one; `tie`: chance decides between the two. */
  readonly aheadOfNextBy: RankRule;
  readonly vm?: VmOfPod;
}

/** What was read about a node, for the order of its pods. */
export interface EvictionOrderInput {
  readonly signal: Signal;
  readonly pods: readonly Pod[];
  readonly summary: Summary;
  /** Memory of the node by its Node object, for OOM scores. */
  readonly memoryCapacityBytes?: number;
  /** Undefined when they could not be read. */
  readonly virtualMachines?: readonly VirtualMachine[];
}

/** The pods of a node, ranked for a signal by the kubelet's own rules. @throws KubeletError if a request cannot be parsed */
export function rankNodePods({ signal, pods, summary }: Pick<EvictionOrderInput, 'signal' | 'pods' | 'summary'>): RankedPod[] {
  return rankPods(signal, filesystemLayout(filesystemsOf(summary)), activePodsWithStats(pods, summary));
}

function reasonOf(signal: Signal, { exempt, noStats, exceedsRequest, usage, request, excess, priority }: RankedPod): Message<EvictionReason> {
  if (exempt) {
    return { code: exempt, params: { priority } };
  }
  if (noStats) {
    return { code: 'noStats', params: { priority } };
  }

  switch (resourceOf(signal)) {
  case 'pids': return { code: 'processes', params: { processes: usage, priority } };
  case 'inodes': return { code: 'inodes', params: { inodes: usage, priority } };
  default: {
    const code = exceedsRequest ? request === 0 ? 'exceedsNoRequest' : 'exceedsRequest' : 'withinRequest';

    return { code, params: { usedBytes: usage, requestBytes: request, differenceBytes: Math.abs(excess), priority } };
  }
  }
}

/** The highest score of what runs all the time; undefined without a node to compare with. */
function oomScoreOf(pod: Pod, memoryCapacityBytes: number | undefined): number | undefined {
  const containers = [...pod.spec.containers, ...(pod.spec.initContainers ?? []).filter(isSidecar)];

  if (memoryCapacityBytes === undefined || containers.length === 0) {
    return undefined;
  }

  return attempt(() => Math.max(...containers.map((container) => getContainerOOMScoreAdjust(pod, container, BigInt(memoryCapacityBytes))))).value;
}

/** Ranked pods as entries. */
export function evictionEntries(input: EvictionOrderInput, ranked: readonly RankedPod[]): EvictionEntry[] {
  let turns = 0;

  return ranked.map((each): EvictionEntry => {
    const { pod, exempt, priority, aheadOfNextBy } = each;
    const { name, namespace = '', uid = '' } = pod.metadata;

    return {
      namespace,
      name,
      uid,
      turn:     exempt ? undefined : ++turns,
      exempt,
      reason:   reasonOf(input.signal, each),
      priority,
      qos:      getPodQOS(pod),
      oomScore: oomScoreOf(pod, input.memoryCapacityBytes),
      aheadOfNextBy,
      vm:       vmOfPod(pod, input.virtualMachines),
    };
  });
}

/**
 * The order in which the kubelet would evict the node's pods for a signal, exempt ones in their place, or the text of the
 * request that cannot be read. Terminated pods are not in it.
 */
export function evictionOrder(input: EvictionOrderInput): Attempt<readonly EvictionEntry[]> {
  return attempt(() => evictionEntries(input, rankNodePods(input)));
}
