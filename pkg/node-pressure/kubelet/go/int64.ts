/** Where Go turns a float64 into an int64. */

const MIN_INT64 = -(2n ** 63n);
const BOUND = 2 ** 63;

/** `int64(x)`: truncated towards zero. What does not fit becomes the smallest int64, as Go does on amd64. */
export function int64FromFloat(value: number): bigint {
  return value >= -BOUND && value < BOUND ? BigInt(Math.trunc(value)) : MIN_INT64;
}
