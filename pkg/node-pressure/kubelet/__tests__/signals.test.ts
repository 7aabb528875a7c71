import { conditionOf, isSignal, resourceOf, SIGNALS } from '../signals';

/** signalToNodeCondition and signalToResource in pkg/kubelet/eviction/helpers.go. */
describe('signals', () => {
  it.each([
    ['memory.available', 'MemoryPressure', 'memory'],
    ['nodefs.available', 'DiskPressure', 'ephemeral-storage'],
    ['nodefs.inodesFree', 'DiskPressure', 'inodes'],
    ['imagefs.available', 'DiskPressure', 'ephemeral-storage'],
    ['imagefs.inodesFree', 'DiskPressure', 'inodes'],
    ['containerfs.available', 'DiskPressure', 'ephemeral-storage'],
    ['containerfs.inodesFree', 'DiskPressure', 'inodes'],
    ['pid.available', 'PIDPressure', 'pids'],
    ['allocatableMemory.available', 'MemoryPressure', 'memory'],
  ] as const)('%s sets %s and starves %s', (signal, condition, resource) => {
    expect(isSignal(signal)).toBe(true);
    expect(conditionOf(signal)).toBe(condition);
    expect(resourceOf(signal)).toBe(resource);
  });

  it('are nine', () => {
    expect(SIGNALS).toHaveLength(9);
  });

  it.each(['memory.availabel', 'Memory.available', ' memory.available', '', '__proto__', 'toString'])('do not include %j', (name) => {
    expect(isSignal(name)).toBe(false);
  });
});
