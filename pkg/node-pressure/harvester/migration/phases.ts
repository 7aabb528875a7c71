import type { VirtualMachineInstanceMigration } from './objects';

/** Phases of a migration before it has a target pod that runs, in their order. */
export const WAITING_PHASES: readonly string[] = ['', 'Pending', 'WaitingForSync', 'Synchronizing'];

const FINAL_PHASES: readonly string[] = ['Succeeded', 'Failed'];

export function phaseOf({ status }: VirtualMachineInstanceMigration): string {
  return status?.phase ?? '';
}

/** Whether a migration is over. VirtualMachineInstanceMigration.IsFinal of KubeVirt. */
export function isFinal(migration: VirtualMachineInstanceMigration): boolean {
  return FINAL_PHASES.includes(phaseOf(migration));
}

/** Whether it has left the phases in which it waits. VirtualMachineInstanceMigration.IsRunning of KubeVirt. */
export function isRunning(migration: VirtualMachineInstanceMigration): boolean {
  return !isFinal(migration) && !WAITING_PHASES.includes(phaseOf(migration));
}
