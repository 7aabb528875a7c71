import type { VirtualMachineInstanceMigration } from './objects';
import { isFinal, phaseOf } from './phases';

/** A time as Kubernetes writes it, in milliseconds; undefined where there is none that can be read. */
export function timeOf(written: string | null | undefined): number | undefined {
  const time = written ? Date.parse(written) : NaN;

  return Number.isNaN(time) ? undefined : time;
}

/** When a migration came into its present phase. */
export function phaseSince(migration: VirtualMachineInstanceMigration): number | undefined {
  const entered = migration.status?.phaseTransitionTimestamps?.filter(({ phase }) => phase === phaseOf(migration)).pop();

  return timeOf(entered?.phaseTransitionTimestamp);
}

/** When a migration ended. */
export function endedAt(migration: VirtualMachineInstanceMigration): number | undefined {
  return isFinal(migration) ? phaseSince(migration) : undefined;
}
