/** A quantity's canonical text. Follows Quantity.CanonicalizeBytes and suffix.go of apimachinery pkg/api/resource. */
import { type Amount, exactInteger } from './quantityAmount';
import { type Integer, MIN_INT64 } from './quantityInteger';

/** How a quantity was written, and is written again: `12M`, `12Mi` or `12e6`. */
export type Format = 'DecimalSI' | 'BinarySI' | 'DecimalExponent';

/** Suffix to decimal exponent (DecimalSI). */
export const DECIMAL_SUFFIXES: ReadonlyMap<string, number> = new Map([
  ['n', -9], ['u', -6], ['m', -3], ['', 0], ['k', 3], ['M', 6], ['G', 9], ['T', 12], ['P', 15], ['E', 18],
]);

/** Suffix to binary exponent (BinarySI). */
export const BINARY_SUFFIXES: ReadonlyMap<string, number> = new Map([
  ['Ki', 10], ['Mi', 20], ['Gi', 30], ['Ti', 40], ['Pi', 50], ['Ei', 60],
]);

const invert = (suffixes: ReadonlyMap<string, number>): ReadonlyMap<number, string> => new Map([...suffixes].map(([suffix, exponent]) => [exponent, suffix]));

const DECIMAL_EXPONENTS = invert(DECIMAL_SUFFIXES);
const BINARY_EXPONENTS = invert(BINARY_SUFFIXES);

/**
 * The text without regard to how the quantity was written before. A magnitude beyond the suffixes loses its exponent
 * (10^21 in DecimalSI is `1`): so it does in Go.
 */
export function canonicalText(amount: Amount, format: Format): string {
  if (amount.mantissa === 0) {
    return '0';
  }
  if (format !== 'BinarySI') {
    return decimalText(amount, format);
  }

  const integer = exactInteger(amount);
  const small = integer === undefined || (integer > -1024 && integer < 1024);

  return small ? decimalText(amount, 'DecimalSI') : binaryText(integer, amount.backing);
}

function decimalText({ mantissa, scale }: Amount, format: Format): string {
  const digits = String(mantissa);
  let end = digits.length;

  while (digits[end - 1] === '0') {
    end--;
  }

  const exponent = scale + digits.length - end;
  const shift = ((exponent % 3) + 3) % 3;

  return digits.slice(0, end) + '0'.repeat(shift) + decimalSuffix(exponent - shift, format);
}

function decimalSuffix(exponent: number, format: Format): string {
  if (format === 'DecimalSI') {
    return DECIMAL_EXPONENTS.get(exponent) ?? '';
  }

  return exponent === 0 ? '' : `e${ exponent }`;
}

function binaryText(integer: Integer, backing: Amount['backing']): string {
  let rest = BigInt(integer);
  let exponent = 0;

  // Go negates an int64 before it looks for factors, which the smallest one does not survive
  if (backing === 'int64' && rest === MIN_INT64) {
    return String(rest);
  }
  while (rest % 1024n === 0n) {
    rest /= 1024n;
    exponent += 10;
  }

  return String(rest) + (BINARY_EXPONENTS.get(exponent) ?? '');
}
