/** Go's time.Duration as text. Follows time.ParseDuration and Duration.String (Go 1.26). */
import { KubeletError } from '../errors';
import { utf8Bytes } from './strings';

/** A span of time in nanoseconds, within int64. */
export type Nanoseconds = bigint;

export const NANOSECOND: Nanoseconds = 1n;
export const MICROSECOND: Nanoseconds = 1_000n;
export const MILLISECOND: Nanoseconds = 1_000_000n;
export const SECOND: Nanoseconds = 1_000_000_000n;
export const MINUTE: Nanoseconds = 60n * SECOND;
export const HOUR: Nanoseconds = 60n * MINUTE;

const UNITS: ReadonlyMap<string, Nanoseconds> = new Map([
  ['ns', NANOSECOND],
  ['us', MICROSECOND],
  ['\u00B5s', MICROSECOND], // micro sign
  ['\u03BCs', MICROSECOND], // Greek letter mu
  ['ms', MILLISECOND],
  ['s', SECOND],
  ['m', MINUTE],
  ['h', HOUR],
]);

/** The magnitude of the smallest int64. */
const LIMIT = 1n << 63n;

/** One `1.5h`: digits, an optional fraction, and what stands before the next digit or point. Matches anywhere. */
const ITEM = /([0-9]*)(?:\.([0-9]*))?([^.0-9]*)/y;

type Item = readonly [text: string, digits: string, fraction: string | undefined, unit: string];

/**
 * time.ParseDuration: `1h30m`, `-1.5h`, `.5s`, `0`. Units are ns, us, µs, ms, s, m and h, in any order, also repeated.
 * Throws KubeletError with Go's text: `time: invalid duration "x"`, `time: missing unit in duration "1"`,
 * `time: unknown unit "d" in duration "1d"`.
 */
export function parseDuration(text: string): Nanoseconds {
  const fail = (problem: string): KubeletError => new KubeletError(`time: ${ problem } duration ${ quote(text) }`);
  const negative = text.startsWith('-');
  const start = negative || text.startsWith('+') ? 1 : 0;
  let total = 0n;

  if (text.slice(start) === '0') {
    return 0n;
  }
  if (start === text.length) {
    throw fail('invalid');
  }
  for (ITEM.lastIndex = start; ITEM.lastIndex < text.length;) {
    const [, digits, fraction, unitName] = ITEM.exec(text) as unknown as Item;
    const whole = wholeNumber(digits);

    if (whole > LIMIT || !(digits || fraction)) {
      throw fail('invalid');
    }
    if (unitName === '') {
      throw fail('missing unit in');
    }

    const unit = UNITS.get(unitName);

    if (unit === undefined) {
      throw fail(`unknown unit ${ quote(unitName) } in`);
    }

    const item = whole * unit + (fraction ? fractionOf(unit, fraction) : 0n);

    // A uint64 in Go, so that two halves of its range add up to nothing
    total = BigInt.asUintN(64, total + item);
    if (item > LIMIT || total > LIMIT) {
      throw fail('invalid');
    }
  }
  if (total === LIMIT && !negative) {
    throw fail('invalid');
  }

  return negative ? -total : total;
}

/** Duration.String: `1h30m0s`, `1m30s`, `1.5s`, `100ms`, `1µs`, `0s`. `nanoseconds` must be an int64. */
export function formatDuration(nanoseconds: Nanoseconds): string {
  const sign = nanoseconds < 0n ? '-' : '';
  const magnitude = nanoseconds < 0n ? -nanoseconds : nanoseconds;

  return sign + (magnitude < SECOND ? formatBelowSecond(magnitude) : formatFromSecond(magnitude));
}

function formatBelowSecond(magnitude: Nanoseconds): string {
  if (magnitude === 0n) {
    return '0s';
  }
  if (magnitude < MICROSECOND) {
    return `${ magnitude }ns`;
  }

  return magnitude < MILLISECOND ? `${ decimal(magnitude, 3) }\u00B5s` : `${ decimal(magnitude, 6) }ms`;
}

function formatFromSecond(magnitude: Nanoseconds): string {
  const hours = magnitude / HOUR;
  const minutes = magnitude / MINUTE % 60n;
  const seconds = `${ decimal(magnitude % MINUTE, 9) }s`;

  if (hours > 0n) {
    return `${ hours }h${ minutes }m${ seconds }`;
  }

  return minutes > 0n ? `${ minutes }m${ seconds }` : seconds;
}

/** value / 10^places without trailing zeros. */
function decimal(value: bigint, places: number): string {
  const digits = String(value).padStart(places + 1, '0');
  const fraction = digits.slice(-places).replace(/0+$/, '');

  return digits.slice(0, -places) + (fraction && `.${ fraction }`);
}

/** The digits' value, or something beyond an int64 without computing it. */
function wholeNumber(digits: string): bigint {
  const significant = digits.replace(/^0+/, '');

  return significant.length > 19 ? LIMIT + 1n : BigInt(significant);
}

/** The part of a unit that a fraction is, read up to the digit that would take it beyond LIMIT; in float64, truncated as in Go. */
function fractionOf(unit: Nanoseconds, fraction: string): Nanoseconds {
  let numerator = 0n;
  let scale = 1;

  for (const digit of fraction) {
    const next = numerator * 10n + BigInt(digit);

    if (next > LIMIT) {
      break;
    }
    numerator = next;
    scale *= 10;
  }

  return BigInt(Math.trunc(Number(numerator) * (Number(unit) / scale)));
}

/** Package time's own quoting: everything but printable ASCII as the bytes of its UTF-8. */
function quote(text: string): string {
  return `"${ Array.from(text, quoteRune).join('') }"`;
}

function quoteRune(rune: string): string {
  if (rune === '"' || rune === '\\') {
    return `\\${ rune }`;
  }

  return rune >= ' ' && rune <= '\x7F' ? rune : utf8Bytes(rune).map((byte) => `\\x${ byte.toString(16).padStart(2, '0') }`).join('');
}
