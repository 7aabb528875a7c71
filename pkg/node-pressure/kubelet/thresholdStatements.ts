import { parseDuration, type Nanoseconds } from './go/duration';
import { KubeletError } from './errors';
import type { StringMap } from './flags';
import { parseFloat32 } from './go/float';
import { compareStrings } from './go/strings';
import { parseQuantity } from './quantity';
import { isSignal, type Signal } from './signals';
import type { Threshold, ThresholdValue } from './thresholds';

/** Percentages that turn a threshold off, by exact spelling: `0.0%` does not. */
const IGNORED_PERCENTAGES = ['0%', '100%'];

/**
 * The thresholds of an `evictionHard` or `evictionSoft` map, by signal name; soft ones still without their grace.
 * Follows parseThresholdStatements in pkg/kubelet/eviction/helpers.go.
 */
export function parseThresholdStatements(statements: StringMap | null): Threshold[] {
  const thresholds: Threshold[] = [];

  for (const [signal, text] of statementsOf(statements)) {
    const value = parseThresholdValue(signal, text);

    if (value) {
      thresholds.push({ signal, operator: 'LessThan', value, gracePeriod: 0n });
    }
  }

  return thresholds;
}

/** The grace of each signal in an `evictionSoftGracePeriod` map. Follows parseGracePeriods. */
export function parseGracePeriods(statements: StringMap | null): Map<Signal, Nanoseconds> {
  const gracePeriods = new Map<Signal, Nanoseconds>();

  for (const [signal, text] of statementsOf(statements)) {
    const gracePeriod = parseDuration(text);

    if (gracePeriod < 0n) {
      throw new KubeletError(`invalid eviction grace period specified: ${ text }, must be a positive value`);
    }
    gracePeriods.set(signal, gracePeriod);
  }

  return gracePeriods;
}

/** What to reclaim beyond the threshold of each signal in an `evictionMinimumReclaim` map. Follows parseMinimumReclaims. */
export function parseMinimumReclaims(statements: StringMap | null): Map<Signal, ThresholdValue> {
  const minimumReclaims = new Map<Signal, ThresholdValue>();

  for (const [signal, text] of statementsOf(statements)) {
    minimumReclaims.set(signal, parseMinimumReclaim(signal, text));
  }

  return minimumReclaims;
}

/** A map's statements by signal name. Go takes them in random order, and the first wrong one is what it reports. */
function* statementsOf(statements: StringMap | null): Generator<readonly [Signal, string]> {
  for (const [name, text] of Object.entries(statements ?? {}).sort(([a], [b]) => compareStrings(a, b))) {
    if (!isSignal(name)) {
      throw new KubeletError(`unsupported eviction signal ${ name }`);
    }
    yield [name, text];
  }
}

function parseThresholdValue(signal: Signal, text: string): ThresholdValue | undefined {
  if (text.endsWith('%')) {
    if (IGNORED_PERCENTAGES.includes(text)) {
      return undefined;
    }

    const percentage = parsePercentage(text);

    if (percentage < 0) {
      throw new KubeletError(`eviction percentage threshold ${ signal } must be >= 0%: ${ text }`);
    }
    if (percentage > 1) {
      throw new KubeletError(`eviction percentage threshold ${ signal } must be <= 100%: ${ text }`);
    }

    return { percentage };
  }

  const quantity = parseQuantity(text);

  if (quantity.sign() <= 0) {
    throw new KubeletError(`eviction threshold ${ signal } must be positive: ${ quantity.toString() }`);
  }

  return { quantity, percentage: 0 };
}

function parseMinimumReclaim(signal: Signal, text: string): ThresholdValue {
  if (text.endsWith('%')) {
    const percentage = parsePercentage(text);

    if (percentage <= 0) {
      throw new KubeletError(`eviction percentage minimum reclaim ${ signal } must be positive: ${ text }`);
    }

    return { percentage };
  }

  const quantity = parseQuantity(text);

  if (quantity.sign() < 0) {
    throw new KubeletError(`negative eviction minimum reclaim specified for ${ signal }`);
  }

  return { quantity, percentage: 0 };
}

/** A percentage as a fraction, both steps in float32. Follows parsePercentage, which drops every `%` at the end. */
function parsePercentage(text: string): number {
  return Math.fround(parseFloat32(text.replace(/%+$/, '')) / 100);
}
