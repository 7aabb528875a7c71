import type { Nanoseconds } from './go/duration';
import { KubeletError } from './errors';
import type { StringMap } from './flags';
import { int64FromFloat } from './go/int64';
import { newQuantity, type Quantity } from './quantity';
import type { Signal } from './signals';
import { parseGracePeriods, parseMinimumReclaims, parseThresholdStatements } from './thresholdStatements';

/** A literal quantity, or a share of the signal's capacity where there is none. */
export interface ThresholdValue {
  readonly quantity?: Quantity;
  /** A float32, 0.1 being ten percent; it may be NaN (`NaN%` is a valid threshold). */
  readonly percentage: number;
}

/** One eviction threshold. Follows Threshold in pkg/kubelet/eviction/api/types.go. */
export interface Threshold {
  readonly signal: Signal;
  /** Empty only in what updateContainerFsThresholds appends without a model: such a threshold is never met. */
  readonly operator: 'LessThan' | '';
  readonly value: ThresholdValue;
  /** Zero makes a threshold hard, whichever map it came from. */
  readonly gracePeriod: Nanoseconds;
  readonly minReclaim?: ThresholdValue;
}

/** The four eviction maps of a kubelet's configuration; null and empty mean the same here. */
export interface EvictionMaps {
  readonly evictionHard: StringMap | null;
  readonly evictionSoft: StringMap | null;
  readonly evictionSoftGracePeriod: StringMap | null;
  readonly evictionMinimumReclaim: StringMap | null;
}

/**
 * The thresholds that a kubelet with these settings watches. Follows ParseThresholdConfig in
 * pkg/kubelet/eviction/helpers.go, same texts from 1.25 to 1.36.
 *
 * Where Go's random map order decides, here the signal's name does: the order within the hard and within the soft
 * thresholds, and which of several wrong statements of one map is reported.
 *
 * @param enforceNodeAllocatable with `pods` among them, hard `memory.available` thresholds guard the pods' cgroup, too
 * @throws KubeletError for the first wrong statement: of the hard map, the soft one, the grace periods, the reclaims
 */
export function parseThresholdConfig(enforceNodeAllocatable: readonly string[], maps: EvictionMaps): Threshold[] {
  const hard = parseThresholdStatements(maps.evictionHard);
  const softStatements = parseThresholdStatements(maps.evictionSoft);
  const gracePeriods = parseGracePeriods(maps.evictionSoftGracePeriod);
  const minimumReclaims = parseMinimumReclaims(maps.evictionMinimumReclaim);

  const soft = softStatements.map((threshold) => {
    const gracePeriod = gracePeriods.get(threshold.signal);

    if (gracePeriod === undefined) {
      throw new KubeletError(`grace period must be specified for the soft eviction threshold ${ threshold.signal }`);
    }

    return { ...threshold, gracePeriod };
  });

  const thresholds = [...hard, ...soft].map((threshold) => {
    const minReclaim = minimumReclaims.get(threshold.signal);

    return minReclaim ? { ...threshold, minReclaim } : threshold;
  });

  return enforceNodeAllocatable.includes('pods') ? addAllocatableThresholds(thresholds) : thresholds;
}

/** Whether a threshold is acted on at once. Follows isHardEvictionThreshold: only the grace period counts. */
export function isHardEvictionThreshold(threshold: Threshold): boolean {
  return threshold.gracePeriod === 0n;
}

/**
 * A threshold's value for a capacity. Follows GetThresholdQuantity in pkg/kubelet/eviction/api/types.go:
 * a percentage is multiplied in float64 and cut to whole units.
 *
 * Beyond int64 (only `NaN%` and minimum reclaims far above 100% get there) the result is what Go gives on amd64,
 * the lowest int64; arm64 saturates instead.
 */
export function getThresholdQuantity(value: ThresholdValue, capacity: Quantity): Quantity {
  return value.quantity ?? newQuantity(int64FromFloat(Number(capacity.value()) * value.percentage), 'BinarySI');
}

function addAllocatableThresholds(thresholds: readonly Threshold[]): Threshold[] {
  const copies = thresholds
    .filter((threshold) => threshold.signal === 'memory.available' && isHardEvictionThreshold(threshold))
    .map((threshold): Threshold => ({ ...threshold, signal: 'allocatableMemory.available' }));

  return [...thresholds, ...copies];
}
