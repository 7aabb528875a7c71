/**
 * The number inside a quantity. Follows int64Amount and infDecAmount of k8s.io/apimachinery pkg/api/resource
 * (amount.go, math.go, scale_int.go) and gopkg.in/inf.v0, on which the latter rests.
 */
import {
  compareIntegers, fitsInt64, type Integer, MAX_INT64, MIN_INT64, multiply, negative, powerOfTen, sum, toInteger, wrapInt64
} from './quantityInteger';

/** The exact value mantissa × 10^scale. */
export interface Amount {
  readonly mantissa: Integer;
  readonly scale: number;
  /**
   * What holds the value in Go: `int64` (int64Amount) or `dec` (inf.Dec). Both are exact, but they round and overflow
   * differently when they are read as an int64.
   */
  readonly backing: 'int64' | 'dec';
}

/** Go's int64 multiplication detects an overflow at these numbers of places and then hands out the wrapped product. */
const WRAPPING_PLACES: readonly number[] = [1, 2, 3, 6, 9];
/** No int64 but zero can be multiplied by a higher power of ten. */
const MAX_PLACES = 18;

/** The mantissa that an amount has at a scale not above its own. */
function mantissaAt(amount: Amount, scale: number): Integer {
  return amount.scale === scale ? amount.mantissa : multiply(amount.mantissa, powerOfTen(amount.scale - scale));
}

/** Numeric comparison (Quantity.Cmp). */
export function compareAmounts(a: Amount, b: Amount): -1 | 0 | 1 {
  const scale = Math.min(a.scale, b.scale);

  return compareIntegers(mantissaAt(a, scale), mantissaAt(b, scale));
}

/** Sum: int64 while both terms and every step of the calculation are, an inf.Dec from then on. */
export function addAmounts(a: Amount, b: Amount): Amount {
  const bothInt64 = a.backing === 'int64' && b.backing === 'int64';

  if (bothInt64 && b.mantissa === 0) {
    return a;
  }
  if (bothInt64 && a.mantissa === 0) {
    return b;
  }

  const scale = Math.min(a.scale, b.scale);
  const terms = [mantissaAt(a, scale), mantissaAt(b, scale)] as const;
  const mantissa = sum(...terms);
  const staysInt64 = bothInt64 && terms.every(fitsInt64) && fitsInt64(mantissa);

  return { mantissa, scale, backing: staysInt64 ? 'int64' : 'dec' };
}

/** The negative; that of the smallest int64 is, as in Go, itself. */
export function negateAmount(amount: Amount): Amount {
  const mantissa = negative(amount.mantissa);

  return { ...amount, mantissa: amount.backing === 'int64' && !fitsInt64(mantissa) ? amount.mantissa : mantissa };
}

/** Difference. An int64 that can be subtracted only by negating the smallest int64 gives Go's wrong result, too. */
export function subtractAmounts(a: Amount, b: Amount): Amount {
  const difference = addAmounts(a, negateAmount(b));

  return difference.backing === 'int64' ? difference : addAmounts(a, negateAmount({ ...b, backing: 'dec' }));
}

/**
 * The amount as an int64 in units of 10^scale (Quantity.ScaledValue). Fractions are rounded away from zero (int64) or,
 * for an inf.Dec, up after truncation. Overflows wrap or give zero exactly as in Go on amd64.
 */
export function scaledValue(amount: Amount, scale: number): bigint {
  const places = amount.scale - scale;

  if (amount.backing === 'int64') {
    return places < 0 ? roundAwayFromZero(amount.mantissa, -places) : scaleUpInt64(amount.mantissa, places);
  }

  return places < 0 ? scaleDownDec(BigInt(amount.mantissa), -places) : scaleUpDec(amount.mantissa, places);
}

function roundAwayFromZero(mantissa: Integer, places: number): bigint {
  const divisor = BigInt(powerOfTen(places));
  const dividend = BigInt(mantissa);
  const quotient = dividend / divisor;

  if (dividend % divisor === 0n) {
    return quotient;
  }

  return mantissa < 0 ? quotient - 1n : quotient + 1n;
}

function scaleUpInt64(mantissa: Integer, places: number): bigint {
  if (mantissa === 0 || places > MAX_PLACES) {
    return 0n;
  }

  const product = multiply(mantissa, powerOfTen(places));

  if (fitsInt64(product)) {
    return BigInt(product);
  }

  return WRAPPING_PLACES.includes(places) ? wrapInt64(product) : 0n;
}

function scaleUpDec(unscaled: Integer, places: number): bigint {
  // Beyond 10^18 Go converts a float64 that no int64 can hold; on amd64 that is the smallest int64
  const factor = places > MAX_PLACES ? MIN_INT64 : BigInt(powerOfTen(places));

  return wrapInt64(wrapInt64(unscaled) * factor);
}

function scaleDownDec(unscaled: bigint, places: number): bigint {
  const divisor = BigInt(powerOfTen(places));
  // Go takes a shortcut through int64 without looking at how negative the value is
  const shortcut = unscaled < MAX_INT64 && places <= MAX_PLACES;
  const dividend = shortcut ? wrapInt64(unscaled) : unscaled;
  const remainder = dividend % divisor;
  const quotient = dividend / divisor;

  if (remainder === 0n) {
    return wrapInt64(quotient);
  }

  // Truncation in the shortcut, division towards minus infinity otherwise; then always one more
  return wrapInt64(remainder < 0n && !shortcut ? quotient : quotient + 1n);
}

/** The amount as an integer, or undefined when it has a fraction. */
export function exactInteger({ mantissa, scale }: Amount): Integer | undefined {
  if (scale >= 0) {
    return multiply(mantissa, powerOfTen(scale));
  }

  const divisor = BigInt(powerOfTen(-scale));
  const dividend = BigInt(mantissa);

  return dividend % divisor === 0n ? toInteger(dividend / divisor) : undefined;
}
