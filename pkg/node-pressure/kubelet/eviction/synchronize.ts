/** One pass of the kubelet's eviction loop as a pure function. Follows `synchronize` of pkg/kubelet/eviction/eviction_manager.go. */

import { updateContainerFsThresholds } from '../containerFs';
import type { Nanoseconds } from '../go/duration';
import type { SignalObservations } from '../observations';
import type { Pod } from '../pod';
import { isCriticalPod } from '../priority';
import type { NodeConditionType, Signal } from '../signals';
import type { Threshold } from '../thresholds';
import { nodeConditions, nodeConditionsLastObservedAt, nodeConditionsObservedSince, type ConditionsObservedAt } from './conditions';
import { gracePeriodOverrideSeconds, IMMEDIATE_GRACE_PERIOD_SECONDS } from './grace';
import { filesystemLayout, nodeReclaim, type Filesystems, type NodeReclaim } from './layout';
import { localStorageViolation, type LocalStorageSignal } from './localStorage';
import { evictionMessage } from './message';
import { rankPods, type PodWithStats } from './rank';
import {
  mergeThresholds, reclaimCandidates, thresholdsFirstObservedAt, thresholdsMet, thresholdsMetGracePeriod, thresholdsUpdatedStats,
  type ObservedThreshold,
} from './metThresholds';

/** `eviction.Config`, and what the kubelet knows about its node. It stays the same for as long as a kubelet runs: with another, start over. */
export interface EvictionConfig extends Filesystems {
  /** From `parseThresholdConfig`. */
  readonly thresholds: readonly Threshold[];
  /** How long a node condition outlives what caused it. */
  readonly pressureTransitionPeriod: Nanoseconds;
  /** `evictionMaxPodGracePeriod`, an int32; for soft thresholds. */
  readonly maxPodGracePeriodSeconds: number;
  /** `localStorageCapacityIsolation`: pods over their own storage limits are evicted. On by default. */
  readonly localStorageCapacityIsolation: boolean;
}

/** What a kubelet remembers between two passes; gone when it restarts. */
export interface EvictionState {
  /** The configured thresholds with those of the containerfs added, once the first pass has done so. */
  readonly extendedThresholds?: readonly Threshold[];
  readonly thresholdsFirstObservedAt: readonly ObservedThreshold[];
  /** Met for their whole grace period, or not yet reclaimed by their minimum. */
  readonly thresholdsMet: readonly Threshold[];
  readonly conditionsLastObservedAt: ConditionsObservedAt;
  /** What the node reports, and new pods are admitted by. */
  readonly nodeConditions: readonly NodeConditionType[];
  readonly lastObservations: SignalObservations;
}

/** A pod told to stop. */
export interface Eviction {
  readonly pod: Pod;
  /** The signal that the kubelet's metric `evictions` counts it under. */
  readonly signal: Signal | LocalStorageSignal;
  /** What the pod worker is told, see `effectiveGracePeriodSeconds`. */
  readonly gracePeriodOverrideSeconds: number;
  /** Status message of the pod, whose phase becomes Failed and whose reason Evicted; also the text of its event. */
  readonly message: string;
  /** Annotations of the event. */
  readonly annotations: Readonly<Record<string, string>>;
  /** The pod gets the condition DisruptionTarget, reason TerminationByKubelet. */
  readonly disruptionTarget: boolean;
}

/** What one pass did. After one that evicted, the kubelet waits for the pods to be gone (30 s at most) and runs the next at once; else after 10 s. */
export interface SynchronizeResult {
  readonly state: EvictionState;
  /** The threshold acted on: the node's event says `Attempting to reclaim` and its resource. */
  readonly reclaiming?: Threshold;
  /** Others that a kubelet might have acted on instead, by chance. */
  readonly alternatives: readonly Threshold[];
  /** What was deleted on the node before any pod was evicted. */
  readonly nodeReclaim: readonly NodeReclaim[];
  /** Several only for pods over their own storage limits. */
  readonly evictions: readonly Eviction[];
}

/** A kubelet that has just started. */
export const INITIAL_EVICTION_STATE: EvictionState = {
  thresholdsFirstObservedAt: [], thresholdsMet: [], conditionsLastObservedAt: {}, nodeConditions: [], lastObservations: {},
};

const IDLE = { alternatives: [], nodeReclaim: [], evictions: [] };

/**
 * One pass: which thresholds are met, which conditions the node reports, what is reclaimed, who is evicted.
 *
 * @param pods the kubelet's active pods
 * @param now the kubelet's clock
 * @param observationsAfterReclaim what is observed once dead containers and unused images were deleted; as before if not given
 * @throws KubeletError if a quantity of a pod cannot be parsed
 */
export function synchronize(
  config: EvictionConfig, state: EvictionState, observations: SignalObservations, pods: readonly PodWithStats[], now: Nanoseconds, observationsAfterReclaim = observations,
): SynchronizeResult {
  if ((state.extendedThresholds ?? config.thresholds).length === 0 && !config.localStorageCapacityIsolation) {
    return { state, ...IDLE };
  }

  const next = observe(config, state, observations, now);
  const overLimit = config.localStorageCapacityIsolation ? localStorageEvictions(pods, config.dedicatedImageFs) : [];

  if (overLimit.length > 0) {
    return { state: next, ...IDLE, evictions: overLimit };
  }

  const [reclaiming, ...alternatives] = reclaimCandidates(thresholdsUpdatedStats(next.thresholdsMet, observations, state.lastObservations));

  if (!reclaiming) {
    return { state: next, ...IDLE };
  }

  return { state: next, reclaiming, alternatives, ...reclaim(config, next, reclaiming, observations, pods, observationsAfterReclaim) };
}

/** The state after a look at the node: everything up to acting on it. */
function observe(config: EvictionConfig, state: EvictionState, observations: SignalObservations, now: Nanoseconds): Required<EvictionState> {
  const extendedThresholds = state.extendedThresholds ?? extendThresholds(config);
  // The first pass runs over the list as it was before the containerfs thresholds were added at its end. A user's own
  // ones are already overwritten in it here; upstream that depends on how much room Go left in a slice
  const thresholds = state.extendedThresholds ?? extendedThresholds.slice(0, config.thresholds.length);
  const met = mergeThresholds(
    thresholdsMet(thresholds, observations, 'threshold'),
    thresholdsMet(state.thresholdsMet, observations, 'thresholdAndMinReclaim'),
  );
  const firstObservedAt = thresholdsFirstObservedAt(inOrder(met, extendedThresholds), state.thresholdsFirstObservedAt, now);
  const conditionsLastObservedAt = nodeConditionsLastObservedAt(nodeConditions(met), state.conditionsLastObservedAt, now);

  return {
    extendedThresholds,
    thresholdsFirstObservedAt: firstObservedAt,
    thresholdsMet: thresholdsMetGracePeriod(firstObservedAt, now),
    conditionsLastObservedAt,
    nodeConditions: nodeConditionsObservedSince(conditionsLastObservedAt, config.pressureTransitionPeriod, now),
    lastObservations: observations,
  };
}

/** Sorted as configured, where upstream's order is that of a Go map. */
function inOrder(met: readonly Threshold[], configured: readonly Threshold[]): Threshold[] {
  return [...met].sort((a, b) => configured.indexOf(a) - configured.indexOf(b));
}

function extendThresholds({ thresholds, dedicatedImageFs, splitContainerImageFs }: EvictionConfig): readonly Threshold[] {
  return updateContainerFsThresholds(thresholds, dedicatedImageFs, splitContainerImageFs).thresholds;
}

/** Every pod over one of its own limits goes in the same pass. */
function localStorageEvictions(pods: readonly PodWithStats[], dedicatedImageFs: boolean): Eviction[] {
  return pods.filter(({ pod }) => !isCriticalPod(pod)).flatMap((podWithStats) => {
    const violation = localStorageViolation(podWithStats, dedicatedImageFs);
    const { pod } = podWithStats;

    return violation ? [{ pod, ...violation, gracePeriodOverrideSeconds: IMMEDIATE_GRACE_PERIOD_SECONDS, annotations: {}, disruptionTarget: false }] : [];
  });
}

/** Cleans up the node, and evicts the first pod in the order if that was not enough or there is nothing to clean up. */
function reclaim(
  config: EvictionConfig, state: Required<EvictionState>, threshold: Threshold, observations: SignalObservations, pods: readonly PodWithStats[], observationsAfterReclaim: SignalObservations,
): Pick<SynchronizeResult, 'nodeReclaim' | 'evictions'> {
  const layout = filesystemLayout(config);
  const reclaimed = nodeReclaim(threshold.signal, layout);

  if (reclaimed.length > 0 && thresholdsMet(state.extendedThresholds, observationsAfterReclaim, 'thresholdAndMinReclaim').length === 0) {
    return { nodeReclaim: reclaimed, evictions: [] };
  }

  const victim = rankPods(threshold.signal, layout, pods).find(({ exempt }) => !exempt);

  return {
    nodeReclaim: reclaimed,
    evictions: victim ? [{
      pod: victim.pod,
      signal: threshold.signal,
      gracePeriodOverrideSeconds: gracePeriodOverrideSeconds(threshold, config.maxPodGracePeriodSeconds, victim.pod),
      ...evictionMessage(threshold, observations[threshold.signal], victim),
      disruptionTarget: true,
    }] : [],
  };
}
