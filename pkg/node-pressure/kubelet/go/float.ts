import { KubeletError } from '../errors';
import { goQuote } from './quote';

const DIGITS = '\\d+(?:_\\d+)*';
const HEX_DIGITS = '[\\da-f]+(?:_[\\da-f]+)*';

/** Go's decimal float literals; underscores stand between digits only. Groups: sign, integer, fraction, exponent. */
const DECIMAL = new RegExp(`^([+-]?)(?=\\.?\\d)(${ DIGITS })?(?:\\.(${ DIGITS })?)?(?:e([+-]?${ DIGITS }))?$`, 'i');
/** Go's hexadecimal float literals: the exponent is a must, and the prefix counts as a digit for an underscore. */
const HEXADECIMAL = new RegExp(`^([+-]?)0x(?=[_.]?[\\da-f])_?(${ HEX_DIGITS })?(?:\\.(${ HEX_DIGITS })?)?p([+-]?${ DIGITS })$`, 'i');
const INFINITY = /^([+-]?)inf(?:inity)?$/i;
const NAN = /^nan$/i;

/** Digits beyond these cannot move the result, only tell "exactly half" from "more than half". */
const SIGNIFICANT_DIGITS = 800;
/** An exponent is read no further than this; it is far outside every float by then. */
const EXPONENT_DIGITS = 5;
/** With the point this many digits right or left of the first digit, the value is infinite or zero in any float. */
const MAX_POINT = 310;
const MIN_POINT = -330;
/** Bits of a quotient that a float64 holds exactly, one less than its 53 because the quotient may have one more. */
const QUOTIENT_BITS = 52;

/** The powers of ten that Go prints without an exponent. */
const MIN_FIXED_POWER = -4;
const MAX_FIXED_POWER = 5;

/** How a float literal's digits become a number. */
type FromDigits = (integer: string, fraction: string, exponent: number, notation: 'decimal' | 'hexadecimal') => number;

/**
 * A float32 from text, correctly rounded in one step: a detour over the nearest float64 would round twice.
 * Follows Go's strconv.ParseFloat with bitSize 32.
 *
 * @returns the value; infinite or NaN only where the text says so
 * @throws KubeletError with Go's text: invalid syntax, or value out of range
 */
export function parseFloat32(text: string): number {
  return parseFloatWith(text, float32FromDigits);
}

/** The same with bitSize 64: correctly rounded, but for the last bit of a hexadecimal subnormal. */
export function parseFloat64(text: string): number {
  return parseFloatWith(text, float64FromDigits);
}

function parseFloatWith(text: string, fromDigits: FromDigits): number {
  const infinity = INFINITY.exec(text);

  if (infinity) {
    return infinity[1] === '-' ? -Infinity : Infinity;
  }
  if (NAN.test(text)) {
    return NaN;
  }

  const hexadecimal = HEXADECIMAL.exec(text);
  const literal = hexadecimal ?? DECIMAL.exec(text);

  if (!literal) {
    throw new KubeletError(`strconv.ParseFloat: parsing ${ goQuote(text) }: invalid syntax`);
  }

  const [sign, integer, fraction, exponent] = literal.slice(1).map((group = '') => group.replaceAll('_', '')) as [string, string, string, string];
  const magnitude = fromDigits(integer, fraction, saturated(exponent), hexadecimal ? 'hexadecimal' : 'decimal');

  if (magnitude === Infinity) {
    throw new KubeletError(`strconv.ParseFloat: parsing ${ goQuote(text) }: value out of range`);
  }

  return sign === '-' ? -magnitude : magnitude;
}

/**
 * A finite float64 as Go's `%v` prints it: the shortest digits that read back the same, with an exponent of at least
 * two digits below 1e-4 and from 1e+06 on. Follows Go's strconv.FormatFloat with format 'g' and precision -1.
 */
export function formatFloat64(value: number): string {
  const [mantissa, exponent] = value.toExponential().split('e') as [string, string];
  const power = Number(exponent);

  if (power >= MIN_FIXED_POWER && power <= MAX_FIXED_POWER) {
    return Object.is(value, -0) ? '-0' : value.toString();
  }

  return `${ mantissa }e${ power < 0 ? '-' : '+' }${ Math.abs(power).toString().padStart(2, '0') }`;
}

function saturated(exponent: string): number {
  const [, sign, digits] = /^([+-]?)0*(\d*)$/.exec(exponent) as unknown as [string, string, string];
  const magnitude = Number(digits.slice(0, EXPONENT_DIGITS));

  return sign === '-' ? -magnitude : magnitude;
}

function float32FromDigits(integer: string, fraction: string, exponent: number, notation: 'decimal' | 'hexadecimal'): number {
  const all = integer + fraction;
  const digits = all.replace(/^0+/, '');

  if (digits === '') {
    return 0;
  }

  const kept = digits.slice(0, SIGNIFICANT_DIGITS) + (/[^0]/.test(digits.slice(SIGNIFICANT_DIGITS)) ? '1' : '');
  const [prefix, base, perDigit] = notation === 'decimal' ? ['', 10n, 1] as const : ['0x', 2n, 4] as const;
  const point = perDigit * (integer.length - (all.length - digits.length)) + exponent;

  if (point > MAX_POINT) {
    return Infinity;
  }
  if (point < MIN_POINT) {
    return 0;
  }

  const scale = point - perDigit * kept.length;
  const mantissa = BigInt(prefix + kept);

  return scale < 0 ? nearestFloat32(mantissa, base ** BigInt(-scale)) : nearestFloat32(mantissa * base ** BigInt(scale), 1n);
}

/**
 * The float32 nearest to a quotient, half to even. The quotient is cut to what a float64 holds exactly, with its last
 * bit set when anything was cut off ("round to odd"), so the one rounding left is Math.fround's.
 */
function nearestFloat32(numerator: bigint, denominator: bigint): number {
  const shift = QUOTIENT_BITS - (bitLength(numerator) - bitLength(denominator));
  const scaledNumerator = shift > 0 ? numerator << BigInt(shift) : numerator;
  const scaledDenominator = shift < 0 ? denominator << BigInt(-shift) : denominator;
  const quotient = scaledNumerator / scaledDenominator;
  const odd = quotient * scaledDenominator === scaledNumerator ? quotient : quotient | 1n;

  return Math.fround(Number(odd) * 2 ** -shift);
}

/** JavaScript rounds decimals and integers as Go does; only the hexadecimal notation is not its own. */
function float64FromDigits(integer: string, fraction: string, exponent: number, notation: 'decimal' | 'hexadecimal'): number {
  if (notation === 'decimal') {
    return Number(`${ integer }.${ fraction }e${ exponent }`);
  }

  const power = exponent - 4 * fraction.length;
  const half = Math.trunc(power / 2);

  return Number(`0x${ integer }${ fraction }`) * 2 ** half * 2 ** (power - half);
}

function bitLength(value: bigint): number {
  return value.toString(2).length;
}
