import { bytesOf } from '../harvester/amounts';
import type { KubeletConfiguration } from '../kubelet/config/types';
import type { SignalObservations } from '../kubelet/observations';
import type { Quantity } from '../kubelet/quantity';
import type { Signal } from '../kubelet/signals';
import { getThresholdQuantity, isHardEvictionThreshold, type Threshold } from '../kubelet/thresholds';
import { writtenThresholds, type WrittenThreshold } from './node/writtenThresholds';

const NODE_MEMORY: Signal = 'memory.available';

/** The node's memory, and the cgroup of its pods: the two whose memory the kubelet holds against its thresholds. */
const MEMORY_SIGNALS: readonly Signal[] = [NODE_MEMORY, 'allocatableMemory.available'];

/** A memory threshold of a node. */
export interface MemoryThreshold {
  readonly thresholdBytes: number;
  /** As configured: `6Gi`, `5%`. */
  readonly setting: string;
  /** How long a soft threshold must be passed before pods are stopped; 0 for a hard one. */
  readonly graceNanoseconds: bigint;
}

/** The memory thresholds of one kubelet: those of the node's memory to be shown, and all of them to be measured. */
export interface MemoryThresholds {
  readonly hard?: MemoryThreshold;
  readonly soft?: MemoryThreshold;
  readonly parsed: readonly Threshold[];
}

/** How far a node is from a threshold. */
export interface Margin {
  /** Negative once the threshold is passed. */
  readonly marginBytes: number;
  readonly capacityBytes: number;
  readonly signal: Signal;
  readonly hard: boolean;
}

/** Hard and soft, not by the map that a threshold was written in but by how it acts: without grace it is hard. */
function strictest(thresholds: readonly WrittenThreshold[], hard: boolean, capacity: Quantity): MemoryThreshold | undefined {
  return thresholds
    .filter(({ threshold }) => threshold.signal === NODE_MEMORY && isHardEvictionThreshold(threshold) === hard)
    .map(({ threshold, setting }) => ({
      thresholdBytes:   bytesOf(getThresholdQuantity(threshold.value, capacity)),
      setting,
      graceNanoseconds: threshold.gracePeriod,
    }))
    .sort((a, b) => b.thresholdBytes - a.thresholdBytes)[0];
}

/**
 * The memory thresholds that a running kubelet acts on, from its own configuration.
 *
 * @param capacity the node's memory, which percentages refer to
 * @throws KubeletError when no kubelet could run with the configuration
 */
export function memoryThresholds(configuration: KubeletConfiguration, capacity: Quantity): MemoryThresholds {
  const thresholds = writtenThresholds(configuration).filter(({ threshold }) => MEMORY_SIGNALS.includes(threshold.signal));

  return {
    hard:   strictest(thresholds, true, capacity),
    soft:   strictest(thresholds, false, capacity),
    parsed: thresholds.map(({ threshold }) => threshold),
  };
}

/**
 * The distance to the hard, or to the soft, threshold that is passed first: the smaller of the node's memory and the
 * pods' cgroup, each against its own threshold. Undefined when nothing was observed that such a threshold refers to.
 */
export function smallestMargin(parsed: readonly Threshold[], observations: SignalObservations, hard: boolean): Margin | undefined {
  const margins = parsed.flatMap((threshold) => {
    const observation = observations[threshold.signal];

    return observation && isHardEvictionThreshold(threshold) === hard ? [{
      marginBytes:   bytesOf(observation.available.sub(getThresholdQuantity(threshold.value, observation.capacity))),
      capacityBytes: bytesOf(observation.capacity),
      signal:        threshold.signal,
      hard,
    }] : [];
  });

  return margins.sort((a, b) => a.marginBytes - b.marginBytes)[0];
}
