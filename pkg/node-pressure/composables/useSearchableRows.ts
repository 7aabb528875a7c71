import { computed, type ComputedRef } from 'vue';
import { useText } from './useText';
import { ROLES } from '../harvester/node';
import { NODE_STATES } from '../planner/nodeState';
import type { OverviewRow } from '../planner/overview';

/** A row with the words in it that a user searches for. */
export interface SearchableRow extends OverviewRow {
  readonly stateLabel: string;
  readonly roleLabel: string;
}

/**
 * Rows with their words in the user's language; call in `setup`. A row that stays the same object stays the same
 * object here, too: a table of a thousand rows draws anew only what has changed.
 */
export function useSearchableRows(rows: () => readonly OverviewRow[]): ComputedRef<readonly SearchableRow[]> {
  const { t } = useText();
  const words = computed(() => ({
    states: new Map<string, string>(NODE_STATES.map((code) => [code, t(`state.${ code }`)])),
    roles:  new Map<string, string>(ROLES.map((role) => [role, t(`role.${ role }`)])),
    known:  new WeakMap<OverviewRow, SearchableRow>(),
  }));

  function searchable(row: OverviewRow): SearchableRow {
    const { states, roles, known } = words.value;
    const made = known.get(row) ?? { ...row, stateLabel: states.get(row.state.code) ?? '', roleLabel: roles.get(row.report.role) ?? '' };

    known.set(row, made);

    return made;
  }

  return computed(() => rows().map(searchable));
}
