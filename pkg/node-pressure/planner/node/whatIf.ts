import { attempt, type Attempt } from '../../harvester/amounts';
import { isThresholdMet } from '../../kubelet/eviction/metThresholds';
import { nextVictims } from '../../kubelet/eviction/victims';
import type { SignalObservation } from '../../kubelet/observations';
import { newQuantity } from '../../kubelet/quantity';
import { resourceOf } from '../../kubelet/signals';
import type { Summary } from '../../kubelet/summary';
import { parseThresholdConfig } from '../../kubelet/thresholds';
import { evictionEntries, rankNodePods, type EvictionEntry, type EvictionOrderInput } from './evictionOrder';

/** What an admin supposes about a signal. */
export interface Supposition {
  /** As the kubelet takes it: `6Gi`, `5%`; `0%` turns the signal off. */
  readonly threshold: string;
  readonly minReclaim?: string;
  /** In the signal's unit; as observed if not given. */
  readonly available?: number;
  /** Memory that pods use, bytes by the pods' uid; what they use more is available less. For signals of memory only. */
  readonly podUseBytes?: Readonly<Record<string, number>>;
}

/** What would follow. */
export interface WhatIf {
  readonly order: readonly EvictionEntry[];
  readonly available: number;
  /** Where the eviction would end; undefined where the signal is off. */
  readonly target?: number;
  readonly isMet: boolean;
  /** Uids of the pods that go, one after the other. */
  readonly victims: readonly string[];
  readonly availableAfter: number;
  /** False: without all that may be evicted it is still too little. */
  readonly enough: boolean;
}

interface Supposed {
  readonly summary: Summary;
  readonly available: number;
}

function suppose({ signal, summary }: EvictionOrderInput, observed: number, { available = observed, podUseBytes = {} }: Supposition): Supposed {
  if (resourceOf(signal) !== 'memory') {
    return { summary, available };
  }
  const uses = summary.pods.map((stats) => {
    const workingSetBytes = Object.hasOwn(podUseBytes, stats.podRef.uid) ? podUseBytes[stats.podRef.uid] : undefined;

    return workingSetBytes === undefined ? { stats, more: 0 } : {
      stats: { ...stats, memory: { ...stats.memory, workingSetBytes } },
      more:  workingSetBytes - (stats.memory?.workingSetBytes ?? 0),
    };
  });

  return {
    summary:   { ...summary, pods: uses.map(({ stats }) => stats) },
    available: Math.max(0, available - uses.reduce((sum, { more }) => sum + more, 0)),
  };
}

/**
 * Whom the kubelet would evict, and how many until the minimum reclaim is there, if things were as supposed. The
 * kubelet's own text where it would not start with the threshold.
 *
 * @param observation of the signal; figures that were measured stay, as far as nothing else is supposed
 */
export function whatIf(input: EvictionOrderInput, observation: SignalObservation, supposition: Supposition): Attempt<WhatIf> {
  return attempt(() => {
    const { signal } = input;
    const { threshold: text, minReclaim } = supposition;
    const [threshold] = parseThresholdConfig([], {
      evictionHard: { [signal]: text }, evictionMinimumReclaim: minReclaim === undefined ? null : { [signal]: minReclaim }, evictionSoft: null, evictionSoftGracePeriod: null,
    });
    const { summary, available } = suppose(input, Number(observation.available.value()), supposition);
    const supposed = { ...input, summary };
    const ranked = rankNodePods(supposed);
    const order = evictionEntries(supposed, ranked);

    if (!threshold) {
      return { order, available, isMet: false, victims: [], availableAfter: available, enough: true };
    }
    const then = { ...observation, available: newQuantity(BigInt(Math.trunc(available)), observation.available.format) };
    const { victims, enough, target } = nextVictims(threshold, then, ranked);

    return {
      order,
      available,
      target,
      isMet:          isThresholdMet(threshold, then, 'threshold'),
      victims:        victims.map(({ pod }) => pod.pod.metadata.uid ?? ''),
      availableAfter: victims.at(-1)?.availableAfter ?? available,
      enough,
    };
  });
}
