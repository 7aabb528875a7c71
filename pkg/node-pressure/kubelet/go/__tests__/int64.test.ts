import { int64FromFloat } from '../int64';

describe('a float64 as an int64', () => {
  it('is truncated towards zero', () => {
    expect([1.9, -1.9, 0, -0, 2 ** 53].map(int64FromFloat)).toEqual([1n, -1n, 0n, 0n, 9007199254740992n]);
  });

  it('is the smallest int64 where it does not fit', () => {
    const smallest = -(2n ** 63n);

    expect([2 ** 63, -(2 ** 63), -(2 ** 64), Infinity, -Infinity, NaN].map(int64FromFloat)).toEqual(Array(6).fill(smallest));
    expect(int64FromFloat(2 ** 63 - 1024)).toBe(2n ** 63n - 1024n);
  });
});
