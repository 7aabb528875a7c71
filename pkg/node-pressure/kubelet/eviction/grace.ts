/** How long an evicted pod gets to stop. */

import type { Pod } from '../pod';
import { isHardEvictionThreshold, type Threshold } from '../thresholds';

/** `immediateEvictionGracePeriodSeconds`, for hard thresholds and a pod's own limits. */
export const IMMEDIATE_GRACE_PERIOD_SECONDS = 1;

/**
 * The grace period, in seconds, that the eviction manager asks for: 1 for a hard threshold, else
 * `evictionMaxPodGracePeriod` or the pod's own if that is shorter. May be 0 or negative.
 * Follows `synchronize` of pkg/kubelet/eviction/eviction_manager.go (the pod's own counts from 1.32 on).
 */
export function gracePeriodOverrideSeconds(threshold: Threshold, maxPodGracePeriodSeconds: number, { spec }: Pod): number {
  if (isHardEvictionThreshold(threshold)) {
    return IMMEDIATE_GRACE_PERIOD_SECONDS;
  }

  return Math.min(maxPodGracePeriodSeconds, spec.terminationGracePeriodSeconds ?? maxPodGracePeriodSeconds);
}

/**
 * What the pod then gets: never less than a second, so the default `evictionMaxPodGracePeriod` of 0 means one second.
 * Follows `calculateEffectiveGracePeriod` of pkg/kubelet/pod_workers.go for a pod that is not being deleted.
 */
export function effectiveGracePeriodSeconds(overrideSeconds: number): number {
  return Math.max(1, overrideSeconds);
}
