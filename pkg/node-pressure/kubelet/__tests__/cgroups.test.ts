import fc from 'fast-check';

import { MAX_SHARES, milliCPUToQuota, milliCPUToShares, MIN_SHARES, QUOTA_PERIOD_MICROSECONDS, quotaToMilliCPU, sharesToMilliCPU } from '../cgroups';

const MAX_INT64 = 2n ** 63n - 1n;

describe('cpu.shares', () => {
  it.each([[0n, 2n], [1n, 2n], [2n, 2n], [3n, 3n], [100n, 102n], [1000n, 1024n], [1500n, 1536n], [255999n, 262142n], [256000n, 262144n], [999999999n, 262144n], [-5n, 2n]])('of %d milli-CPUs are %d', (milliCPU, shares) => {
    expect(milliCPUToShares(milliCPU)).toBe(shares);
  });

  it.each([[0n, 0n], [1n, 0n], [2n, 2n], [3n, 3n], [102n, 100n], [1024n, 1000n], [262144n, 256000n]])('%d come from %d milli-CPUs', (shares, milliCPU) => {
    expect(sharesToMilliCPU(shares)).toBe(milliCPU);
  });

  it('wrap like an int64', () => {
    expect(milliCPUToShares(MAX_INT64)).toBe(MIN_SHARES);
    expect(sharesToMilliCPU(MAX_INT64)).toBe(0n);
  });

  it('stay within the kernel\'s bounds and never fall as the request grows', () => {
    fc.assert(fc.property(fc.bigInt(0n, 10n ** 12n), fc.bigInt(0n, 10n ** 12n), (a, b) => {
      const [low, high] = a < b ? [a, b] : [b, a];

      return MIN_SHARES <= milliCPUToShares(low) && milliCPUToShares(low) <= milliCPUToShares(high) && milliCPUToShares(high) <= MAX_SHARES;
    }));
  });
});

describe('the CFS quota', () => {
  it.each([[0n, 0n], [1n, 1000n], [10n, 1000n], [11n, 1100n], [500n, 50000n], [1000n, 100000n], [-1n, 1000n]])('of %d milli-CPUs is %d microseconds', (milliCPU, quota) => {
    expect(milliCPUToQuota(milliCPU)).toBe(quota);
  });

  it.each([[-1n, 0n], [0n, 0n], [1000n, 10n], [50000n, 500n], [100050n, 1000n]])('%d microseconds are %d milli-CPUs', (quota, milliCPU) => {
    expect(quotaToMilliCPU(quota)).toBe(milliCPU);
  });

  it('gives back every limit from 10 milli-CPUs on', () => {
    fc.assert(fc.property(fc.bigInt(10n, 10n ** 9n), (milliCPU) => quotaToMilliCPU(milliCPUToQuota(milliCPU)) === milliCPU));
    expect(QUOTA_PERIOD_MICROSECONDS).toBe(100000n);
  });
});
