/** @jest-environment node */
import { DESIGN_SETTINGS, READ_AT, report, summary, unreadReport } from './fixtures';
import { overviewRow, type RowExtras } from '../overview';
import { filterRows, OVERVIEW_FILTERS } from '../overviewFilter';
import type { NodeDrift } from '../settings/nodeDrift';

const PENDING: NodeDrift = { state: 'pendingReboot', tone: 'info', rank: 4, differences: [], otherArguments: [] };
const calm = (settings: Record<string, unknown>, extras: RowExtras = {}) => overviewRow(report({ ...DESIGN_SETTINGS, evictionMaxPodGracePeriod: 120, ...settings }, summary([40, 24], [39, 17])), READ_AT, extras);
const ROWS = [
  calm({}), calm({ evictionSoft: {} }), calm({}, { drift: PENDING }), calm({}, { drift: { ...PENDING, state: 'inSync' } }),
  overviewRow(unreadReport({ ready: 'False' }), READ_AT), overviewRow(unreadReport({ allocatable: '64Gi' }), READ_AT), overviewRow(unreadReport(), READ_AT),
];
const left = (filter: typeof OVERVIEW_FILTERS[number]) => filterRows(ROWS, filter).map((row) => ROWS.indexOf(row));

describe('the filter', () => {
  it('leaves all, those that need a look, or those that drift', () => {
    expect(filterRows(ROWS, 'all')).toBe(ROWS);
    expect(left('attention')).toStrictEqual([1, 4, 5]);
    expect(left('drifting')).toStrictEqual([2]);
  });
});
