import type { OverviewRow } from './overview';
import { isDrifting } from './settings/nodeDrift';

/** Which nodes the table lists: all, those that need a look, or those that do not run with what their policy says. */
export const OVERVIEW_FILTERS = ['all', 'attention', 'drifting'] as const;
export type OverviewFilter = typeof OVERVIEW_FILTERS[number];

const CONDITIONS: Readonly<Record<Exclude<OverviewFilter, 'all'>, (row: OverviewRow) => boolean>> = {
  attention: ({ state, report }) => state.tone === 'error' || state.tone === 'warning' || report.gaps.length > 0,
  drifting:  ({ drift }) => drift !== undefined && isDrifting(drift),
};

/** The rows that a filter leaves. */
export function filterRows(rows: readonly OverviewRow[], filter: OverviewFilter): readonly OverviewRow[] {
  return filter === 'all' ? rows : rows.filter(CONDITIONS[filter]);
}
