import { computed, type ComputedRef } from 'vue';
import { useText } from './useText';
import { ROLES } from '../harvester/node';
import { NODE_STATES } from '../planner/nodeState';
import type { OverviewRow } from '../planner/overview';
import { DRIFT_STATES } from '../planner/settings/nodeDrift';

/** A row with the words in it that a user searches for. */
export interface SearchableRow extends OverviewRow {
  readonly stateLabel: string;
  readonly roleLabel: string;
  readonly gapsLabel: string;
  readonly driftLabel: string;
}

/**
 * Rows with their words in the user's language; call in `setup`. A row that stays the same object stays the same
 * object here, too: a table of a thousand rows draws anew only what has changed.
 */
export function useSearchableRows(rows: () => readonly OverviewRow[]): ComputedRef<readonly SearchableRow[]> {
  const { t, say } = useText();
  const words = computed(() => ({
    states: new Map<string, string>(NODE_STATES.map((code) => [code, t(`state.${ code }`)])),
    roles:  new Map<string, string>(ROLES.map((role) => [role, t(`role.${ role }`)])),
    drifts: new Map<string, string>(DRIFT_STATES.map((state) => [state, t(`drift.state.${ state }`)])),
    known:  new WeakMap<OverviewRow, SearchableRow>(),
  }));

  function searchable(row: OverviewRow): SearchableRow {
    const { states, roles, drifts, known } = words.value;
    const made = known.get(row) ?? {
      ...row,
      stateLabel: states.get(row.state.code) ?? '',
      roleLabel:  roles.get(row.report.role) ?? '',
      gapsLabel:  row.report.gaps.map((gap) => say('overview.gap', gap)).join(' '),
      driftLabel: drifts.get(row.drift?.state ?? '') ?? '',
    };

    known.set(row, made);

    return made;
  }

  return computed(() => rows().map(searchable));
}
