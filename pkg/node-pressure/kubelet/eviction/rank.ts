/** In which order the kubelet evicts a node's pods. Follows the rank functions of pkg/kubelet/eviction/helpers.go. */

import { goSort } from '../go/sort';
import type { Pod } from '../pod';
import { isMirrorPod, isStaticPod, podPriority, SYSTEM_CRITICAL_PRIORITY } from '../priority';
import type { Signal } from '../signals';
import type { PodStats } from '../summary';
import type { FilesystemLayout } from './layout';
import { sortableExcess, standingFor, type Standing } from './standing';

/** A pod as the kubelet's active pods list it (with its allocated resources), and its stats, found by uid. */
export interface PodWithStats {
  readonly pod: Pod;
  /** Absent: the kubelet has none, and evicts this pod before others of its kind. */
  readonly stats?: PodStats;
}

/** Why the kubelet never evicts a pod. `criticalPriority`: 2,000,000,000 or above. */
export type Exemption = 'static' | 'mirror' | 'criticalPriority';

/**
 * The first rule that tells a pod from the one after it. `tie`: none does, so a real kubelet may evict either first
 * (its list of pods comes from a Go map); `last`: there is no pod after it.
 */
export type RankRule = 'noStats' | 'exceedsRequest' | 'priority' | 'excess' | 'tie' | 'last';

/** A pod's place in the eviction order and what put it there. */
export interface RankedPod extends PodWithStats, Standing {
  /** From 0, exempt pods included. */
  readonly position: number;
  readonly priority: number;
  /** Set where the kubelet passes over this pod and takes the next. */
  readonly exempt?: Exemption;
  readonly aheadOfNextBy: RankRule;
}

/** A rule of the order and each pod's key under it: the smaller key is evicted first. */
interface RankKeys {
  readonly rule: RankRule;
  readonly keys: readonly number[];
}

/** Why the kubelet would not evict a pod, undefined if it would. Follows `IsCriticalPod`. */
export function exemption(pod: Pod): Exemption | undefined {
  if (isStaticPod(pod)) {
    return 'static';
  }
  if (isMirrorPod(pod)) {
    return 'mirror';
  }

  return podPriority(pod) >= SYSTEM_CRITICAL_PRIORITY ? 'criticalPriority' : undefined;
}

/** The comparators that `orderedBy` is given for a signal, as keys worked out once per pod. */
function rankKeys(signal: Signal, pods: readonly PodWithStats[], standings: readonly Standing[]): RankKeys[] {
  const noStats: RankKeys = { rule: 'noStats', keys: standings.map((standing) => (standing.noStats ? 0 : 1)) };
  const exceedsRequest: RankKeys = { rule: 'exceedsRequest', keys: standings.map((standing) => (standing.exceedsRequest ? 0 : 1)) };
  const priority: RankKeys = { rule: 'priority', keys: pods.map(({ pod }) => podPriority(pod)) };
  const excess: RankKeys = { rule: 'excess', keys: sortableExcess(standings).map((key) => -key) };

  return signal === 'pid.available' ? [priority, noStats, excess] : [noStats, exceedsRequest, priority, excess];
}

/**
 * The order in which the kubelet would evict a node's pods for a signal, ties as Go's unstable sort leaves them.
 *
 * @param pods their order matters for ties only
 * @throws KubeletError if a pod's request cannot be parsed
 */
export function rankPods(signal: Signal, layout: FilesystemLayout, pods: readonly PodWithStats[]): RankedPod[] {
  const standingOf = standingFor(signal, layout);
  const standings = pods.map(({ pod, stats }) => standingOf(pod, stats));
  const rules = rankKeys(signal, pods, standings);
  const order = goSort([...pods.keys()], (a, b) => {
    for (const { keys } of rules) {
      if (keys[a] !== keys[b]) {
        return (keys[a] as number) < (keys[b] as number);
      }
    }

    return false;
  });

  return order.map((index, position) => {
    const { pod, stats } = pods[index] as PodWithStats;
    const { noStats, exceedsRequest, usage, request, excess, exactExcess } = standings[index] as Standing;
    const next = order[position + 1];
    const aheadOfNextBy = next === undefined ? 'last' : rules.find(({ keys }) => keys[index] !== keys[next])?.rule ?? 'tie';

    return { pod, stats, noStats, exceedsRequest, usage, request, excess, exactExcess, position, priority: podPriority(pod), exempt: exemption(pod), aheadOfNextBy };
  });
}
