import fc from 'fast-check';

import { type ContainerMemory, containerMemoryUnified, memoryHighBytes, type MemoryReservation, podMemoryUnified, qosMemoryUnified } from '../memoryQos';

const MIB = 2n ** 20n;
const GIB = 2n ** 30n;

function memory(requestBytes: bigint, limitBytes: bigint, changes: Partial<ContainerMemory> = {}): ContainerMemory {
  return { requestBytes, limitBytes, nodeAllocatableBytes: 8n * GIB, throttlingFactor: 0.9, pageSizeBytes: 4096n, ...changes };
}

describe('memory.high', () => {
  // Both from the table of pkg/kubelet/kuberuntime/kuberuntime_container_linux_test.go
  it('is 120795136 for a limit of 128Mi and 1799999488 for one of 2000M', () => {
    expect(memoryHighBytes(memory(0n, 128n * MIB))).toBe(120795136n);
    expect(memoryHighBytes(memory(0n, 2_000_000_000n))).toBe(1799999488n);
  });

  it('takes what the node allocates for a limit that is not there', () => {
    expect(memoryHighBytes(memory(GIB, 0n))).toBe(7838314496n);
    expect(memoryHighBytes(memory(GIB, 0n, { nodeAllocatableBytes: 0n }))).toBeUndefined();
  });

  it('is not written where request and limit agree', () => {
    expect(memoryHighBytes(memory(GIB, GIB))).toBeUndefined();
    expect(memoryHighBytes(memory(0n, 0n))).toBeUndefined();
  });

  it('is not written at or below the request', () => {
    expect(memoryHighBytes(memory(1000n, 4000n))).toBeUndefined();
    expect(memoryHighBytes(memory(4096n, 5000n))).toBeUndefined();
    expect(memoryHighBytes(memory(5000n, 5100n))).toBeUndefined();
    expect(memoryHighBytes(memory(9n * GIB, 0n))).toBeUndefined();
  });

  it('lies between request and limit, on a page', () => {
    const bytes = fc.bigInt(0n, 2n ** 45n);

    fc.assert(fc.property(bytes, bytes, fc.double({ min: 0.01, max: 1, noNaN: true }), (a, b, throttlingFactor) => {
      const [requestBytes, limitBytes] = a < b ? [a, b] : [b, a];
      const high = memoryHighBytes(memory(requestBytes, limitBytes, { throttlingFactor }));

      return high === undefined || (high > requestBytes && high <= limitBytes && high % 4096n === 0n);
    }));
  });
});

describe('protection of a container', () => {
  const unified = (requestBytes: bigint, qosClass: 'Guaranteed' | 'Burstable', reservation: MemoryReservation) => containerMemoryUnified(memory(requestBytes, requestBytes || GIB), qosClass, reservation);

  it('is memory.min for every request up to 1.35', () => {
    expect(unified(GIB, 'Burstable', 'AllRequests')).toEqual({ 'memory.min': '1073741824' });
    expect(unified(0n, 'Burstable', 'AllRequests')).toEqual({ 'memory.high': '966365184' });
  });

  it('is taken away by the policy None of 1.36', () => {
    expect(unified(GIB, 'Guaranteed', 'None')).toEqual({ 'memory.min': '0', 'memory.low': '0' });
  });

  it('depends on the class with TieredReservation', () => {
    expect(unified(GIB, 'Guaranteed', 'TieredReservation')).toEqual({ 'memory.min': '1073741824' });
    expect(unified(GIB, 'Burstable', 'TieredReservation')).toEqual({ 'memory.low': '1073741824' });
    expect(unified(0n, 'Burstable', 'TieredReservation')).toEqual({ 'memory.min': '0', 'memory.low': '0', 'memory.high': '966365184' });
  });
});

describe('protection of the cgroups above', () => {
  it('of a pod covers its request', () => {
    expect(podMemoryUnified(GIB, 'Burstable', 'AllRequests')).toEqual({ 'memory.min': '1073741824' });
    expect(podMemoryUnified(GIB, 'Guaranteed', 'TieredReservation')).toEqual({ 'memory.min': '1073741824' });
    expect(podMemoryUnified(GIB, 'Burstable', 'TieredReservation')).toEqual({ 'memory.low': '1073741824' });
    expect(podMemoryUnified(GIB, 'Burstable', 'None')).toEqual({});
    expect(podMemoryUnified(0n, 'BestEffort', 'TieredReservation')).toEqual({});
  });

  it('of all pods covers both classes', () => {
    expect(qosMemoryUnified(2n, 3n, 'AllRequests')).toEqual({ kubepods: { 'memory.min': '5' }, burstable: { 'memory.min': '3' } });
    expect(qosMemoryUnified(0n, 0n, 'AllRequests')).toEqual({ kubepods: {}, burstable: {} });
    expect(qosMemoryUnified(2n, 3n, 'TieredReservation')).toEqual({ kubepods: { 'memory.min': '5' }, burstable: { 'memory.low': '3' } });
    expect(qosMemoryUnified(2n, 3n, 'None')).toEqual({ kubepods: { 'memory.min': '0' }, burstable: { 'memory.low': '0' } });
  });
});
