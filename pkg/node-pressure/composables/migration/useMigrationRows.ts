import { computed, type ComputedRef } from 'vue';
import { NAMESPACE_STATES, type NamespaceReport } from '../../planner/migration/report';
import { migrationRow, type MigrationRow } from '../../planner/migration/rows';
import { useText } from '../useText';

/** A row with the words in it that a user searches for. */
export interface SearchableMigrationRow extends MigrationRow {
  readonly stateLabels: readonly string[];
}

/** Rows of the table of namespaces; of a report that stays the same, the row does, too. Call in `setup`. */
export function useMigrationRows(reports: () => readonly NamespaceReport[]): ComputedRef<readonly SearchableMigrationRow[]> {
  const { t } = useText();
  const words = computed(() => ({
    states: new Map<string, string>(NAMESPACE_STATES.map((code) => [code, t(`migration.state.${ code }`)])),
    known:  new WeakMap<NamespaceReport, SearchableMigrationRow>(),
  }));

  function rowOf(report: NamespaceReport): SearchableMigrationRow {
    const { states, known } = words.value;
    const row = known.get(report) ?? { ...migrationRow(report), stateLabels: report.states.map(({ code }) => states.get(code) ?? '') };

    known.set(report, row);

    return row;
  }

  return computed(() => reports().map(rowOf));
}
