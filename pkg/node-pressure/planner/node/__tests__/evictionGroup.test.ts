/** @jest-environment node */
import type { Signal } from '../../../kubelet/signals';
import { mostUrgentGroup, signalOf } from '../evictionGroup';
import type { SignalRow } from '../signalRows';

function row(signal: Signal, margin?: number, capacity: number | undefined = 100): SignalRow {
  return { signal, unit: 'bytes', margin, capacity, state: { code: 'clear', params: {} }, isDerived: false };
}

describe('groups of signals', () => {
  it('stand for the signal that is nearest', () => {
    expect(signalOf('disk', [row('nodefs.available', 50), row('imagefs.available', 10), row('memory.available', 1)])).toBe('imagefs.available');
    expect(signalOf('memory', [row('memory.available', 50), row('allocatableMemory.available', 50)])).toBe('memory.available');
    expect(signalOf('inodes', [row('nodefs.inodesFree'), row('imagefs.inodesFree', 5)])).toBe('imagefs.inodesFree');
    expect(signalOf('disk', [row('nodefs.available', 5, 0), row('imagefs.available', 50)])).toBe('imagefs.available');
    expect(signalOf('pid', [])).toBe('pid.available');
  });

  it('are looked at in the order in which the kubelet acts', () => {
    expect(mostUrgentGroup([])).toBe('memory');
    expect(mostUrgentGroup([row('memory.available', 50), row('nodefs.available', 10)])).toBe('disk');
    expect(mostUrgentGroup([row('memory.available', -1), row('nodefs.available', -50)])).toBe('memory');
    expect(mostUrgentGroup([row('memory.available'), row('pid.available', 10)])).toBe('pid');
  });
});
