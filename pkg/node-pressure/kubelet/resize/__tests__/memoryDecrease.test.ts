import { type MemoryLimitChange, type MemoryUsage, validateMemoryDecrease } from '../memoryDecrease';

const POD = 'p_default(uid)';
const unchanged: MemoryLimitChange = { current: 100n, desired: 100n };

function check(pod: MemoryLimitChange, container: MemoryLimitChange, usage: MemoryUsage | undefined): string | undefined {
  return validateMemoryDecrease(pod, new Map([['c', container]]), usage, POD);
}

function usage(pod: bigint | undefined, bytes: bigint | undefined): MemoryUsage {
  return { pod, containers: [{ name: 'c', bytes }, { name: 'other', bytes: 9999n }] };
}

describe('lowering a memory limit', () => {
  it('asks for no use while nothing is lowered', () => {
    expect(check(unchanged, { current: 100n, desired: 200n }, undefined)).toBeUndefined();
    expect(check({ current: 100n, desired: undefined }, { current: 100n, desired: 0n }, undefined)).toBeUndefined();
  });

  it('needs to know the use', () => {
    expect(check({ current: 100n, desired: 99n }, unchanged, undefined)).toBe('unable to read memory usage for pod "p_default(uid)"');
    expect(check({ current: 100n, desired: 99n }, { current: 100n, desired: 99n }, usage(undefined, undefined))).toBe('cannot decrease memory limits: [missing pod memory usage, missing container "c" memory usage]');
  });

  it('works above the use, not at it', () => {
    expect(check({ current: 100n, desired: 50n }, { current: 100n, desired: 50n }, usage(49n, 49n))).toBeUndefined();
    expect(check({ current: 100n, desired: 50n }, unchanged, usage(50n, 0n))).toBe('cannot decrease memory limits: attempting to set pod memory limit (50) below current usage (50)');
  });

  it('counts a new limit as lowering', () => {
    expect(check({ current: undefined, desired: 50n }, unchanged, usage(60n, 0n))).toContain('attempting to set pod memory limit (50) below current usage (60)');
    expect(check(unchanged, { current: 0n, desired: 50n }, usage(70n, 60n))).toContain('container "c" memory limit (50)');
  });

  it('prints the pod\'s use for a container, as the kubelet does', () => {
    expect(check(unchanged, { current: 100n, desired: 50n }, usage(70n, 60n))).toBe('cannot decrease memory limits: attempting to set container "c" memory limit (50) below current usage (70)');
    expect(check(unchanged, { current: 100n, desired: 50n }, usage(undefined, 60n))).toContain('below current usage (60)');
  });
});
