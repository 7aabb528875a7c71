/**
 * Exact integers of any size: a number while the value is a safe integer, a bigint beyond. Nearly every quantity of a
 * cluster fits a number, and arithmetic on numbers allocates nothing. Zero is never negative.
 */
export type Integer = number | bigint;

/** math.MinInt64. */
export const MIN_INT64 = -(1n << 63n);
/** math.MaxInt64. */
export const MAX_INT64 = (1n << 63n) - 1n;

/** Powers of ten up to here are kept; they cover every place that int64 and nanos have. */
const KEPT_POWERS = 40;

const bigPowerOfTen = (exponent: number): bigint => BigInt(`1${ '0'.repeat(exponent) }`);

/** The representation of a bigint as an {@link Integer}. */
export function toInteger(value: bigint): Integer {
  const small = Number(value);

  return Number.isSafeInteger(small) ? small : value;
}

const POWERS: readonly Integer[] = Array.from({ length: KEPT_POWERS }, (_, exponent) => toInteger(bigPowerOfTen(exponent)));

/** 10^exponent, exponent >= 0. */
export function powerOfTen(exponent: number): Integer {
  return POWERS[exponent] ?? bigPowerOfTen(exponent);
}

export function multiply(a: Integer, b: Integer): Integer {
  if (typeof a === 'number' && typeof b === 'number') {
    const product = a * b;

    if (Number.isSafeInteger(product)) {
      return product;
    }
  }

  return toInteger(BigInt(a) * BigInt(b));
}

export function sum(a: Integer, b: Integer): Integer {
  if (typeof a === 'number' && typeof b === 'number') {
    const total = a + b;

    if (Number.isSafeInteger(total)) {
      return total;
    }
  }

  return toInteger(BigInt(a) + BigInt(b));
}

export function negative(value: Integer): Integer {
  return typeof value === 'number' ? 0 - value : toInteger(-value);
}

export function compareIntegers(a: Integer, b: Integer): -1 | 0 | 1 {
  if (a < b) {
    return -1;
  }

  return a > b ? 1 : 0;
}

export function fitsInt64(value: Integer): boolean {
  return typeof value === 'number' || (value >= MIN_INT64 && value <= MAX_INT64);
}

/** The low 64 bits as a signed integer: what Go's int64 arithmetic keeps of an overflow. */
export function wrapInt64(value: Integer): bigint {
  return BigInt.asIntN(64, BigInt(value));
}
