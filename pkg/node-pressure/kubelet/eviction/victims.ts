/** How far an eviction would go. */

import type { SignalObservation } from '../observations';
import type { Threshold } from '../thresholds';
import { isThresholdMet, thresholdTarget } from './metThresholds';
import type { RankedPod } from './rank';

/** A pod that would go, and what is available once it is gone: bytes, inodes or processes. */
export interface Victim {
  readonly pod: RankedPod;
  readonly availableAfter: number;
}

/** The pods that go one after another until a threshold and its minimum reclaim are satisfied. */
export interface NextVictims {
  readonly victims: readonly Victim[];
  /** False: even without all pods that may be evicted, the signal stays below its target. */
  readonly enough: boolean;
  /** What must be available for the eviction to end. */
  readonly target: number;
}

/**
 * Whom the kubelet would evict until `threshold` is resolved: one pod per pass, each taken to give back exactly what it
 * uses of the resource (one without stats gives back nothing known), and nothing else on the node to change. Cleaning up
 * dead containers and unused images, which comes before for disk signals, is not counted. Exact below 2^53.
 *
 * @param ranked from `rankPods` for the threshold's signal
 * @returns no victims while the threshold is not met
 */
export function nextVictims(threshold: Threshold, observation: SignalObservation, ranked: readonly RankedPod[]): NextVictims {
  const target = Number(thresholdTarget(threshold, observation.capacity, 'thresholdAndMinReclaim').value());
  const victims: Victim[] = [];
  let available = Number(observation.available.value());

  if (!isThresholdMet(threshold, observation, 'threshold')) {
    return { victims, enough: true, target };
  }
  for (const pod of ranked) {
    if (available >= target) {
      break;
    }
    if (!pod.exempt) {
      available += pod.usage;
      victims.push({ pod, availableAfter: available });
    }
  }

  return { victims, enough: available >= target, target };
}
