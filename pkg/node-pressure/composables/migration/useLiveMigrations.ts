import { computed, shallowRef, watch, type ComputedRef, type Ref } from 'vue';
import { MIGRATING_UID_PREFIX } from '../../harvester/migration/keys';
import type { Message } from '../../planner/display';
import type { MigrationReport, QuotaSample, ReturnCode } from '../../planner/migration/liveReport';
import { quotaReturn } from '../../planner/migration/timeLine';

/** A migration with what has become of the quota that it raised. */
export interface LiveMigration {
  readonly report: MigrationReport;
  readonly returns: Message<ReturnCode>;
}

const idOf = ({ namespace, name }: MigrationReport): string => `${ namespace }/${ name }`;

/** Unfinished migrations, and those that were once seen unfinished here; older ones are of no interest. Call in `setup`. */
export function useLiveMigrations(
  migrations: Readonly<Ref<readonly MigrationReport[]>>, samples: Readonly<Ref<ReadonlyMap<string, readonly QuotaSample[]>>>, now: Readonly<Ref<number>>,
): ComputedRef<readonly LiveMigration[]> {
  /** The annotation that recorded each one's raise: once it is taken back, the report names it no more. */
  const keys = shallowRef<ReadonlyMap<string, string>>(new Map());

  watch(migrations, (reports) => {
    const known = reports.filter((report) => !report.isFinal || keys.value.has(idOf(report)));

    keys.value = new Map(known.map((report) => [idOf(report), report.raise?.key ?? keys.value.get(idOf(report)) ?? MIGRATING_UID_PREFIX]));
  }, { immediate: true });

  return computed(() => migrations.value.flatMap((report) => {
    const key = keys.value.get(idOf(report));
    const endedAtMilliseconds = report.isFinal && report.phaseAgeMilliseconds !== undefined ? now.value - report.phaseAgeMilliseconds : undefined;

    return key === undefined ? [] : [{ report, returns: quotaReturn(samples.value.get(report.namespace) ?? [], { key, endedAtMilliseconds }, now.value) }];
  }));
}
