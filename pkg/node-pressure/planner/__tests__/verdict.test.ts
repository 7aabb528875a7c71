import { DESIGN_SETTINGS, FORBIDDEN, GI, node, READ_AT, report, RKE2_DEFAULTS, summary, unreadReport } from './fixtures';
import { clusterVerdict, isMendedBySettings } from '../verdict';

const clear = report(DESIGN_SETTINGS, summary([40, 24]), { node: node({ name: 'clear' }) });
const closer = report(DESIGN_SETTINGS, summary([45, 19]), { node: node({ name: 'closer' }) });
const off = report(RKE2_DEFAULTS, summary([40, 24]), { node: node({ name: 'off' }) });
const evicting = report(DESIGN_SETTINGS, summary([59, 5]), { node: node({ name: 'evicting' }) });
const notReady = unreadReport({ name: 'not-ready', ready: 'False' });
const unread = unreadReport({ name: 'unread' });
const inferred = unreadReport({ name: 'inferred', allocatable: '64Gi' });
const forbidden = unreadReport({ name: 'forbidden' }, { configuration: { failure: FORBIDDEN }, summary: { failure: FORBIDDEN } });
const witness = report(RKE2_DEFAULTS, summary([1, 63]), { node: node({ name: 'witness', labels: { 'node-role.harvesterhci.io/witness': '' } }) });

it.each([
  ['the worst that is true of any node', [clear, off, evicting], { code: 'evicting', tone: 'error', params: { count: 1, total: 3, name: 'evicting', unread: 0, excessBytes: GI } }],
  ['nodes that are not ready before missing thresholds', [off, notReady], { code: 'notReady', tone: 'error', params: { count: 1, total: 2, name: 'not-ready', unread: 1 } }],
  ['how many have no threshold', [off, clear, off], { code: 'noThreshold', tone: 'warning', params: { count: 2, total: 3, name: 'off', unread: 0 } }],
  ['what is true of all of a mixed group', [off, inferred, clear], { code: 'noHardThreshold', tone: 'warning', params: { count: 2, total: 3, name: 'off', unread: 1 } }],
  ['what could not be read', [clear, forbidden], { code: 'unreadable', tone: 'unknown', params: { count: 1, total: 2, name: 'forbidden', unread: 0, verb: 'get nodes/proxy' } }],
  ['who is closest when all are clear', [clear, closer], { code: 'clear', tone: 'success', params: { count: 2, total: 2, name: 'closer', unread: 0, marginBytes: 13 * GI } }],
  ['that it has not seen all, and is not green then', [clear, unread], { code: 'clear', tone: 'info', params: { count: 1, total: 2, name: 'clear', unread: 1, marginBytes: 18 * GI } }],
  ['that it is reading', [unread, witness], { code: 'reading', tone: 'info', params: { count: 2, total: 2, unread: 1 } }],
  ['that there are only witnesses', [witness], { code: 'witness', tone: 'info', params: { count: 1, total: 1, unread: 0 } }],
  ['nothing of a witness beside others', [witness, clear], { code: 'clear', tone: 'success', params: { count: 2, total: 2, name: 'clear', unread: 0, marginBytes: 18 * GI } }],
])('says %s', (_what, reports, verdict) => {
  expect(clusterVerdict(reports, READ_AT)).toStrictEqual(verdict);
});

it('leads to the settings only where they mend it', () => {
  const verdicts = [off, clear, notReady].map((each) => clusterVerdict([each], READ_AT));

  expect(verdicts.map((verdict) => [verdict.code, isMendedBySettings(verdict)])).toStrictEqual([['noThreshold', true], ['clear', false], ['notReady', false]]);
});
