/** Which thresholds are met, since when, and which of them the kubelet acts on. Follows pkg/kubelet/eviction/helpers.go. */

import type { Nanoseconds } from '../go/duration';
import { goSort } from '../go/sort';
import type { SignalObservation, SignalObservations } from '../observations';
import type { Quantity } from '../quantity';
import { isSignal, SIGNALS } from '../signals';
import { getThresholdQuantity, type Threshold, type ThresholdValue } from '../thresholds';

/** A met threshold and the kubelet's clock when it was first seen met, in nanoseconds. */
export interface ObservedThreshold {
  readonly threshold: Threshold;
  readonly firstObservedAt: Nanoseconds;
}

/** Whether a threshold counts with or without its minimum reclaim. */
export type ThresholdTest = 'threshold' | 'thresholdAndMinReclaim';

/** How a metav1.Time that was never set looks when it is written all the same. */
const ZERO_TIME = '0001-01-01T00:00:00Z';

/** What must be available for a threshold not to be met: its value, or with its minimum reclaim on top. */
export function thresholdTarget({ value, minReclaim }: Threshold, capacity: Quantity, test: ThresholdTest): Quantity {
  const quantity = getThresholdQuantity(value, capacity);

  return test === 'thresholdAndMinReclaim' && minReclaim ? quantity.add(getThresholdQuantity(minReclaim, capacity)) : quantity;
}

/** Whether less is available than a threshold asks for; exactly as much is enough. */
export function isThresholdMet(threshold: Threshold, { available, capacity }: SignalObservation, test: ThresholdTest): boolean {
  return threshold.operator === 'LessThan' && thresholdTarget(threshold, capacity, test).cmp(available) > 0;
}

/** `thresholdsMet`: those met whatever their grace period; a signal that was not observed meets none. */
export function thresholdsMet(thresholds: readonly Threshold[], observations: SignalObservations, test: ThresholdTest): Threshold[] {
  return thresholds.filter((threshold) => {
    const observed = observations[threshold.signal];

    return observed !== undefined && isThresholdMet(threshold, observed, test);
  });
}

/** `compareThresholdValue`: the same amount, however it is written; a percentage is never the same as a quantity. */
function sameValue(a: ThresholdValue, b: ThresholdValue): boolean {
  return a.quantity && b.quantity ? a.quantity.cmp(b.quantity) === 0 : a.quantity === b.quantity && a.percentage === b.percentage;
}

function hasThreshold(thresholds: readonly Threshold[], { signal, operator, gracePeriod, value }: Threshold): boolean {
  return thresholds.some((other) => (
    other.gracePeriod === gracePeriod && other.operator === operator && other.signal === signal && sameValue(other.value, value)
  ));
}

/** `mergeThresholds`: both lists; one of the second that is already there (its minimum reclaim apart) is left out. */
export function mergeThresholds(first: readonly Threshold[], second: readonly Threshold[]): Threshold[] {
  return second.reduce<Threshold[]>((merged, threshold) => (hasThreshold(merged, threshold) ? merged : [...merged, threshold]), [...first]);
}

/**
 * Whether two thresholds are one key of the kubelet's map of first observations. Go compares the struct with its
 * pointers: entries with a quantity or a minimum reclaim are told apart even where they say the same.
 */
function sameKey(a: Threshold, b: Threshold): boolean {
  const pointers = [a.value.quantity, a.minReclaim, b.value.quantity, b.minReclaim];

  return a === b || (pointers.every((pointer) => pointer === undefined) && hasThreshold([a], b));
}

/** `thresholdsFirstObservedAt`: what is met keeps the time it was first seen, or is first seen now; the rest is forgotten. */
export function thresholdsFirstObservedAt(met: readonly Threshold[], last: readonly ObservedThreshold[], now: Nanoseconds): ObservedThreshold[] {
  const distinct = met.filter((threshold, index) => met.findIndex((other) => sameKey(other, threshold)) === index);

  return distinct.map((threshold) => last.find((observed) => sameKey(observed.threshold, threshold)) ?? { threshold, firstObservedAt: now });
}

/** `thresholdsMetGracePeriod`: those met for at least their grace period. */
export function thresholdsMetGracePeriod(observed: readonly ObservedThreshold[], now: Nanoseconds): Threshold[] {
  return observed.filter(({ threshold, firstObservedAt }) => now - firstObservedAt >= threshold.gracePeriod).map(({ threshold }) => threshold);
}

/** Milliseconds of a stats timestamp; NaN where the kubelet would see its zero time. */
function timeOf(observation: SignalObservation): number {
  return observation.time === ZERO_TIME ? NaN : Date.parse(observation.time ?? '');
}

/** `thresholdsUpdatedStats`: those whose stats are newer than at the last look, so that old stats never evict twice. Without a time they always are. */
export function thresholdsUpdatedStats(thresholds: readonly Threshold[], observations: SignalObservations, last: SignalObservations): Threshold[] {
  return thresholds.filter(({ signal }) => {
    const observed = observations[signal];
    const before = last[signal];

    return observed !== undefined && (before === undefined || !(timeOf(observed) <= timeOf(before)));
  });
}

function isMemorySignal(signal: string): boolean {
  return signal === 'memory.available' || signal === 'allocatableMemory.available';
}

/**
 * `byEvictionPriority`: memory before everything else, unknown signals last, sorted as Go's sort.Sort does. Upstream's
 * comparison is no strict order (of two memory signals each is less than the other), so the order within a group says nothing.
 */
export function sortByEvictionPriority<T extends { readonly signal: string }>(thresholds: readonly T[]): T[] {
  return goSort(thresholds, (a, b) => isMemorySignal(a.signal) || !isSignal(b.signal));
}

/**
 * The thresholds any of which a kubelet may act on next. Upstream iterates over a Go map before it sorts: between two
 * memory thresholds, or without any between all others, it is chance. Here they come in the order of SIGNALS, of one
 * signal the shortest grace period first.
 */
export function reclaimCandidates(thresholds: readonly Threshold[]): Threshold[] {
  const memory = thresholds.filter(({ signal }) => isMemorySignal(signal));
  const place = ({ signal }: Threshold): number => SIGNALS.indexOf(signal);

  return (memory.length > 0 ? memory : [...thresholds]).sort((a, b) => place(a) - place(b) || Number(a.gracePeriod - b.gracePeriod));
}
