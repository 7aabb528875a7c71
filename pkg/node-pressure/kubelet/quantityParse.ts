/** Reading a quantity. Follows parseQuantityString, ParseQuantity and suffix.go of apimachinery pkg/api/resource. */
import { KubeletError } from './errors';
import type { Amount } from './quantityAmount';
import { BINARY_SUFFIXES, DECIMAL_SUFFIXES, type Format } from './quantityFormat';
import { MAX_INT64, negative, powerOfTen, toInteger } from './quantityInteger';

/** The texts of apimachinery's errors, by their Go names. */
export const QuantityErrors = {
  ErrFormatWrong: "quantities must match the regular expression '^([+-]?[0-9.]+)([eEinumkKMGTP]*[-+]?[0-9]*)$'",
  ErrNumeric:     'unable to parse numeric part of quantity',
  ErrSuffix:      "unable to parse quantity's suffix",
} as const;

/**
 * Our own bound on the exponent and on the number of digits. Upstream has none, and its arithmetic on `1e2147483647`
 * runs out of memory. What no one writes in earnest begins at 10^28 (an int64 in nanos); this is far beyond.
 */
export const MAX_QUANTITY_DIGITS = 10_000;

/** What a text was found to say. `text` is there when Go keeps it as the quantity's String(). */
export interface ParsedQuantity {
  readonly amount: Amount;
  readonly format: Format;
  readonly text?: string;
}

interface Scanned {
  readonly negative: boolean;
  /** Digits before the point without leading zeros; `0` when there are none. */
  readonly integer: string;
  readonly fraction: string;
  readonly suffix: string;
  /** Whether any digit was written. */
  readonly hasDigits: boolean;
}

interface Suffix {
  readonly base: 2 | 10;
  readonly exponent: number;
  readonly format: Format;
}

/** Decimal digits that an int64 holds for certain. */
const INT64_DIGITS = 18;
/** Decimal digits of which every combination is a safe integer. */
const SAFE_DIGITS = 15;
/** The smallest scale: nanos. */
const NANO = -9;
const NANOS_PER_UNIT = BigInt(powerOfTen(-NANO));

const SUFFIXES: ReadonlyMap<string, Suffix> = new Map([
  ...[...DECIMAL_SUFFIXES].map(([suffix, exponent]): [string, Suffix] => [suffix, { base: 10, exponent, format: 'DecimalSI' }]),
  ...[...BINARY_SUFFIXES].map(([suffix, exponent]): [string, Suffix] => [suffix, { base: 2, exponent, format: 'BinarySI' }]),
]);

const code = (char: string): number => char.charCodeAt(0);
const ZERO = code('0');
const NINE = code('9');
const POINT = code('.');
const SUFFIX_LETTERS: readonly number[] = Array.from('eEinumkKMGTP', code);

const isDigit = (char: number): boolean => char >= ZERO && char <= NINE;
const isZero = (char: number): boolean => char === ZERO;
const isSuffixLetter = (char: number): boolean => SUFFIX_LETTERS.includes(char);
const isSign = (char: string): boolean => char === '+' || char === '-';

/** The end of the characters from `from` on that match; a text ends with a character that matches nothing (NaN). */
function skip(text: string, from: number, matches: (char: number) => boolean): number {
  let position = from;

  while (matches(text.charCodeAt(position))) {
    position++;
  }

  return position;
}

/** Looser than the regular expression in its error: `-`, `.` and `1.Mi` pass. */
function scan(text: string): Scanned {
  const start = isSign(text.charAt(0)) ? 1 : 0;
  const digits = skip(text, start, isZero);
  const point = skip(text, digits, isDigit);
  const hasPoint = text.charCodeAt(point) === POINT;
  const fraction = hasPoint ? point + 1 : point;
  const suffix = hasPoint ? skip(text, fraction, isDigit) : point;
  const letters = skip(text, suffix, isSuffixLetter);
  const end = skip(text, isSign(text.charAt(letters)) ? letters + 1 : letters, isDigit);

  if (end < text.length) {
    throw new KubeletError(QuantityErrors.ErrFormatWrong);
  }

  return {
    negative:  text[0] === '-',
    integer:   text.slice(digits, point) || '0',
    fraction:  text.slice(fraction, suffix),
    suffix:    text.slice(suffix),
    hasDigits: point > start || suffix > fraction,
  };
}

function interpretSuffix(suffix: string): Suffix {
  const known = SUFFIXES.get(suffix);

  if (known) {
    return known;
  }

  const [, sign, digits] = /^[eE]([+-]?)0*([0-9]*)$/.exec(suffix) ?? [];

  // An exponent is an int64 of which the low 32 bits count
  if (digits === undefined || !isDigit(suffix.charCodeAt(suffix.length - 1)) || digits.length > 19) {
    throw new KubeletError(QuantityErrors.ErrSuffix);
  }

  const value = BigInt(`${ sign }${ digits || '0' }`);

  if (value !== BigInt.asIntN(64, value)) {
    throw new KubeletError(QuantityErrors.ErrSuffix);
  }

  return { base: 10, exponent: Number(BigInt.asIntN(32, value)), format: 'DecimalExponent' };
}

/** The int64 path of decimal formats, or undefined when the text needs more room. */
function parseDecimal(scanned: Scanned, { exponent, format }: Suffix, text: string): ParsedQuantity | undefined {
  const digits = scanned.integer + scanned.fraction;
  const scale = exponent - scanned.fraction.length;

  if (digits.length > INT64_DIGITS || scale < NANO) {
    return undefined;
  }

  const magnitude = digits.length > SAFE_DIGITS ? toInteger(BigInt(digits)) : Number(digits);
  const keepsText = scale % 3 === 0 && !digits.endsWith('000') && !digits.startsWith('0');

  return {
    amount: { mantissa: scanned.negative ? negative(magnitude) : magnitude, scale, backing: 'int64' },
    format,
    text:   keepsText ? text : undefined,
  };
}

/** The int64 path of BinarySI, or undefined when the text has a fraction or needs more room. */
function parseBinary(scanned: Scanned, { exponent, format }: Suffix, text: string): ParsedQuantity | undefined {
  // 2^10 counts as three digits of fourteen, so the product always is a safe integer
  if (scanned.fraction !== '' || scanned.integer.length > 14 - exponent * 3 / 10) {
    return undefined;
  }

  const value = Number(scanned.integer);
  const magnitude = value * 2 ** exponent;

  return {
    amount: { mantissa: scanned.negative ? negative(magnitude) : magnitude, scale: 0, backing: 'int64' },
    format,
    text:   value % 8 === 0 ? undefined : text,
  };
}

/** The inf.Dec path: non-zero values are rounded away from zero to nanos, BinarySI is capped at the largest int64. */
function parseExactly(scanned: Scanned, { base, exponent, format }: Suffix): ParsedQuantity {
  if (!scanned.hasDigits) {
    throw new KubeletError(QuantityErrors.ErrNumeric);
  }

  const binary = base === 2;
  const unscaled = BigInt(scanned.integer + scanned.fraction) << BigInt(binary ? exponent : 0);
  const scale = (binary ? 0 : exponent) - scanned.fraction.length;
  const dec = (magnitude: bigint, decScale: number): Amount => ({
    mantissa: toInteger(scanned.negative ? -magnitude : magnitude), scale: decScale, backing: 'dec'
  });

  if (unscaled === 0n) {
    return { amount: dec(0n, scale), format };
  }

  const nanos = roundUpToNanos(unscaled, scale);

  if (binary && nanos > MAX_INT64 * NANOS_PER_UNIT) {
    return { amount: dec(MAX_INT64, 0), format };
  }

  return { amount: dec(nanos, NANO), format: binary && nanos < NANOS_PER_UNIT ? 'DecimalSI' : format };
}

function roundUpToNanos(unscaled: bigint, scale: number): bigint {
  if (scale >= NANO) {
    return unscaled * BigInt(powerOfTen(scale - NANO));
  }

  const divisor = BigInt(powerOfTen(NANO - scale));

  return (unscaled + divisor - 1n) / divisor;
}

/** resource.ParseQuantity, see parseQuantity. */
export function parseAmount(text: string): ParsedQuantity {
  if (text === '') {
    throw new KubeletError(QuantityErrors.ErrFormatWrong);
  }

  const scanned = scan(text);
  const suffix = interpretSuffix(scanned.suffix);

  if (Math.max(scanned.integer.length + scanned.fraction.length, Math.abs(suffix.exponent)) > MAX_QUANTITY_DIGITS) {
    throw new KubeletError(`quantity is out of range: more than ${ MAX_QUANTITY_DIGITS } digits or an exponent beyond ±${ MAX_QUANTITY_DIGITS }`);
  }

  const parseFast = suffix.base === 2 ? parseBinary : parseDecimal;

  return parseFast(scanned, suffix, text) ?? parseExactly(scanned, suffix);
}
