/** @jest-environment node */
import { GI, summary } from '../../__tests__/fixtures';
import { memoryDemand, systemUse } from '../memoryUse';
import { launcherOf, nodeOf } from './pods';

const BOUNDS = { capacityBytes: 64 * GI, evictableBytes: 56 * GI };

const measured = summary([50, 14], [40, 20]).node;

describe('what pods ask for and use', () => {
  const { pods, summary: read } = nodeOf({
    db:      { requests: { memory: '8Gi' }, limits: { memory: '12Gi' }, usesGi: 5, pod: launcherOf('db-1') },
    cache:   { requests: { memory: '4Gi' }, limits: { memory: '4Gi' }, usesGi: 6, pod: launcherOf('db-2') },
    free:    { usesGi: 3, pod: launcherOf('db-3') },
    starts:  { limits: { memory: '2Gi' }, pod: launcherOf('db-4') },
    web:     { requests: { memory: '1Gi' }, limits: { memory: '30Gi' }, usesGi: 1 },
    done:    { requests: { memory: '9Gi' }, status: { phase: 'Succeeded' }, pod: launcherOf('x') },
    evicted: { requests: { memory: '9Gi' }, status: { phase: 'Failed' } },
  }, measured);

  it('lets every VM fill its memory, and nothing else', () => {
    expect(memoryDemand(pods, read, BOUNDS)).toEqual({
      requestedBytes: 13 * GI, usedBytes: 40 * GI, worstCaseBytes: 49 * GI, vms: 4, vmsWithoutLimit: 1,
      verdict: { code: 'fits', params: { worstCaseBytes: 49 * GI, allocatableBytes: 56 * GI, excessBytes: 0 } },
    });
  });

  it('says what the worst case leads to', () => {
    expect(memoryDemand(pods, read, { ...BOUNDS, evictableBytes: 45 * GI }).verdict).toMatchObject({ code: 'evicts', params: { excessBytes: 4 * GI } });
    expect(memoryDemand(pods, read, { capacityBytes: 48 * GI, evictableBytes: 45 * GI }).verdict).toMatchObject({ code: 'outOfMemory', params: { excessBytes: GI } });
  });

  it('knows nothing without pods, stats, or readable amounts', () => {
    expect(memoryDemand(undefined, undefined, BOUNDS)).toEqual({ requestedBytes: undefined, usedBytes: undefined, worstCaseBytes: undefined, vms: 0, vmsWithoutLimit: 0, verdict: { code: 'unknown', params: {} } });
    expect(memoryDemand(pods, { node: { nodeName: 'a' }, pods: [] }, BOUNDS)).toMatchObject({ requestedBytes: 13 * GI, usedBytes: undefined, worstCaseBytes: undefined, verdict: { code: 'unknown' } });

    const odd = nodeOf({ a: { requests: { memory: 'x' }, limits: { memory: 'x' }, pod: launcherOf('a') } }, measured);

    expect(memoryDemand(odd.pods, odd.summary, BOUNDS)).toMatchObject({ requestedBytes: undefined, usedBytes: 40 * GI, worstCaseBytes: undefined });
  });
});

describe('the system\'s use', () => {
  const read = summary([10, 54], [7, 50]);

  it.each([
    [2 * GI, 'tooSmall', 1 * GI],
    [3 * GI, 'enough', 0],
    [0, 'none', 3 * GI],
  ])('stands beside its reservation of %d', (reservedBytes, code, shortBytes) => {
    expect(systemUse(read, reservedBytes)).toEqual({ usedBytes: 3 * GI, reservedBytes, finding: { code, params: { usedBytes: 3 * GI, reservedBytes, shortBytes } } });
  });

  it('is that of its own cgroup where that is known, and never less than nothing', () => {
    expect(systemUse(read, GI, 2 * GI).usedBytes).toBe(2 * GI);
    expect(systemUse(summary([5, 59], [7, 50]), GI).usedBytes).toBe(0);
  });

  it('is unknown without figures', () => {
    expect(systemUse(undefined, GI)).toEqual({ usedBytes: undefined, reservedBytes: GI, finding: { code: 'unknown', params: {} } });
    expect(systemUse(summary([5, 59]), GI).usedBytes).toBeUndefined();
    expect(systemUse(read, undefined)).toMatchObject({ usedBytes: 3 * GI, finding: { code: 'unknown' } });
  });
});
