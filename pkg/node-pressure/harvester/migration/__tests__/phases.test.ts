/** @jest-environment node */
import type { VirtualMachineInstanceMigration } from '../objects';
import { isFinal, isRunning, phaseOf } from '../phases';
import { endedAt, phaseSince, timeOf } from '../times';

const at = (phase?: string): VirtualMachineInstanceMigration => ({ status: { phase } });

it.each([
  [undefined, false, false], ['', false, false], ['Pending', false, false], ['WaitingForSync', false, false], ['Synchronizing', false, false], ['Scheduling', true, false], ['TargetReady', true, false],
  ['Running', true, false], ['Succeeded', false, true], ['Failed', false, true],
])('phase %s: running %j, final %j', (phase, running, final) => {
  expect([isRunning(at(phase)), isFinal(at(phase)), phaseOf(at(phase))]).toEqual([running, final, phase ?? '']);
  expect(isFinal({})).toBe(false);
});

describe('times', () => {
  const times = [{ phase: 'Pending', phaseTransitionTimestamp: '2026-11-25T10:00:00Z' }, { phase: 'Failed', phaseTransitionTimestamp: '2026-11-25T10:01:00Z' }];
  const migration = (phase: string): VirtualMachineInstanceMigration => ({ status: { phase, phaseTransitionTimestamps: times } });

  it('are read as Kubernetes writes them', () => {
    expect(timeOf('1970-01-01T00:00:01Z')).toBe(1000);
    expect([timeOf('soon'), timeOf(''), timeOf(null), timeOf(undefined)]).toEqual([undefined, undefined, undefined, undefined]);
  });

  it('say since when a migration is in its phase, and when it ended', () => {
    expect(phaseSince(migration('Pending'))).toBe(Date.parse('2026-11-25T10:00:00Z'));
    expect(phaseSince(migration('Running'))).toBeUndefined();
    expect(phaseSince({})).toBeUndefined();
    expect(phaseSince({ status: { phaseTransitionTimestamps: null } })).toBeUndefined();
    expect(endedAt(migration('Pending'))).toBeUndefined();
    expect(endedAt(migration('Failed'))).toBe(Date.parse('2026-11-25T10:01:00Z'));
  });
});
