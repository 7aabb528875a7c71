import type { SignalObservation } from '../../kubelet/observations';
import type { Quantity } from '../../kubelet/quantity';
import type { Signal } from '../../kubelet/signals';
import { getThresholdQuantity, isHardEvictionThreshold, type ThresholdValue } from '../../kubelet/thresholds';
import { pointsOf, type SignalSample } from './samples';
import type { WrittenThreshold } from './writtenThresholds';

/** An amount as configured, and in the signal's unit where that is known: a percentage needs a capacity. */
export interface WrittenAmount {
  readonly setting: string;
  readonly amount?: number;
}

/** One threshold of a signal against what was observed. */
export interface SignalThreshold extends WrittenAmount {
  readonly hard: boolean;
  /** Zero for a hard threshold. */
  readonly graceNanoseconds: bigint;
  readonly minReclaim?: WrittenAmount;
  /** Where an eviction that has begun ends: the threshold with its minimum reclaim. */
  readonly target?: number;
  /** What is left to the threshold; negative once it is passed, 0 is not passed yet. */
  readonly margin?: number;
  /** Set where the samples saw it met without a break until now: since the first of them, or now. */
  readonly metSinceMilliseconds?: number;
  /** When the samples last saw it met. */
  readonly lastMetMilliseconds?: number;
  /** The samples saw it met, and since then never as much available as its target. */
  readonly isReclaiming: boolean;
}

interface MetHistory {
  readonly metSinceMilliseconds?: number;
  readonly lastMetMilliseconds?: number;
  readonly isReclaiming: boolean;
}

function amountOf(value: ThresholdValue, capacity: Quantity | undefined): number | undefined {
  const quantity = value.quantity ?? (capacity && getThresholdQuantity(value, capacity));

  return quantity && Number(quantity.value());
}

/** What the samples, and the present one last, tell about a threshold. */
function metHistory(signal: Signal, limit: number, target: number, samples: readonly SignalSample[]): MetHistory {
  return pointsOf(samples, signal).reduce<MetHistory>(({ metSinceMilliseconds, lastMetMilliseconds, isReclaiming }, { atMilliseconds, available }) => {
    if (available < limit) {
      return { metSinceMilliseconds: metSinceMilliseconds ?? atMilliseconds, lastMetMilliseconds: atMilliseconds, isReclaiming: true };
    }

    return { lastMetMilliseconds, isReclaiming: isReclaiming && available < target };
  }, { isReclaiming: false });
}

/**
 * A threshold as an admin wants to see it.
 *
 * @param samples of this node, oldest first; what was observed now must be the last of them
 */
export function signalThreshold({ threshold, setting, reclaimSetting }: WrittenThreshold, observation: SignalObservation | undefined, samples: readonly SignalSample[]): SignalThreshold {
  const { signal, value, minReclaim, gracePeriod } = threshold;
  const amount = amountOf(value, observation?.capacity);
  const reclaim = minReclaim && amountOf(minReclaim, observation?.capacity);
  const target = amount === undefined ? undefined : amount + (reclaim ?? 0);
  const history = observation && amount !== undefined && target !== undefined ? metHistory(signal, amount, target, samples) : { isReclaiming: false };

  return {
    setting,
    amount,
    hard:             isHardEvictionThreshold(threshold),
    graceNanoseconds: gracePeriod,
    minReclaim:       reclaimSetting === undefined ? undefined : { setting: reclaimSetting, amount: reclaim },
    target,
    margin:           observation && amount !== undefined ? Number(observation.available.value()) - amount : undefined,
    ...history,
  };
}
