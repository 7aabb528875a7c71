/** A node's pods as its kubelet sees them when it evicts, put together from what the API server and the kubelet show. */

import { allocationFromStatus, updatePodFromAllocation } from '../allocation';
import type { Pod } from '../pod';
import { CONFIG_MIRROR_ANNOTATION, isMirrorPod, podFromApiServer } from '../priority';
import type { Summary } from '../summary';
import type { PodWithStats } from './rank';

/** Pods that run no more; a kubelet that has just stopped one may know it before the API server. */
const TERMINAL_PHASES: readonly (string | undefined)[] = ['Succeeded', 'Failed'];

/** The uid that a pod's stats carry: that of a static pod is its hash, not the uid of the mirror which stands for it. */
export function uidInStats(pod: Pod): string | undefined {
  return isMirrorPod(pod) ? pod.metadata.annotations?.[CONFIG_MIRROR_ANNOTATION] : pod.metadata.uid;
}

/**
 * The pods that a kubelet ranks, with their stats: those of its node that are not over, with their allocated resources.
 * Follows `getAllocatedPods` of pkg/kubelet/kubelet_pods.go (1.32 and later) and `cachedStatsFunc` of
 * pkg/kubelet/eviction/helpers.go, as far as both can be seen from outside.
 *
 * @param pods all pods of the node, from the API server; mirror pods stand for the static pods behind them
 */
export function activePodsWithStats(pods: readonly Pod[], { pods: podStats }: Summary): PodWithStats[] {
  const statsByUid = new Map(podStats.map((stats) => [stats.podRef.uid, stats]));
  const active = pods.filter(({ status }) => !TERMINAL_PHASES.includes(status?.phase));

  return active.map((pod) => ({
    pod:   updatePodFromAllocation(podFromApiServer(pod), allocationFromStatus(pod)),
    stats: statsByUid.get(uidInStats(pod) ?? ''),
  }));
}
