import { DESIGN_SETTINGS, FORBIDDEN, GI, node, READ_AT, report, RKE2_DEFAULTS, summary, unreadReport } from './fixtures';
import { overviewCsv } from '../overviewCsv';
import { keepRow, overviewRow, type RowExtras } from '../overview';
import { readProgress } from '../readProgress';
import { STALE_AFTER_MILLISECONDS } from '../reading';
import type { NodeDrift } from '../settings/nodeDrift';

const PENDING: NodeDrift = { state: 'pendingReboot', tone: 'info', rank: 4, differences: [], otherArguments: [] };
const LATER = READ_AT + STALE_AFTER_MILLISECONDS;

describe('bar', () => {
  it('shows what is used and where the kubelet evicts', () => {
    expect(overviewRow(report(DESIGN_SETTINGS, summary([48, 16])), READ_AT).bar).toStrictEqual({
      usedPercent: 75, usedBytes: 48 * GI, capacityBytes: 64 * GI, tone: 'normal', coarse: false, staleMilliseconds: undefined, marks: [{ kind: 'hard', atPercent: 90.6 }, { kind: 'soft', atPercent: 87.5 }],
    });
  });

  it('has no marks without thresholds', () => {
    expect(overviewRow(report(RKE2_DEFAULTS, summary([48, 16])), READ_AT).bar?.marks).toStrictEqual([]);
  });

  it('alarms by what is used, not by what is configured', () => {
    const tones = [report(DESIGN_SETTINGS, summary([60, 4])), report(DESIGN_SETTINGS, summary([57, 7])), report(RKE2_DEFAULTS, summary([48, 16]))].map((each) => overviewRow(each, READ_AT).bar?.tone);

    expect(tones).toStrictEqual(['error', 'warning', 'normal']);
  });

  it('says when its figure is coarse, and when it is old', () => {
    const usage = { sample: { value: 16 * GI, readAtMilliseconds: READ_AT } };

    expect(overviewRow(unreadReport({}, { usage }), LATER).bar).toMatchObject({ usedPercent: 25, coarse: true, staleMilliseconds: STALE_AFTER_MILLISECONDS });
  });

  it('stays within its ends whatever a node claims', () => {
    const usage = { sample: { value: 100 * GI, readAtMilliseconds: READ_AT } };

    expect(overviewRow(unreadReport({}, { usage }), READ_AT).bar).toMatchObject({ usedPercent: 100 });
    expect(overviewRow(unreadReport({ capacity: '0' }, { usage }), READ_AT).bar).toBeUndefined();
  });

  it('is absent without a figure', () => {
    expect(overviewRow(unreadReport(), READ_AT)).toMatchObject({ bar: undefined, staleMilliseconds: undefined });
  });
});

describe('sorting', () => {
  it('counts in names as people do', () => {
    const names = ['node-10', 'node-9', 'node-1b'].map((name) => overviewRow(unreadReport({ name }), READ_AT));

    expect(names.sort((a, b) => (a.nameSort < b.nameSort ? -1 : 1)).map(({ id }) => id)).toStrictEqual(['node-1b', 'node-9', 'node-10']);
  });

  it('goes by numbers', () => {
    expect(overviewRow(report(DESIGN_SETTINGS, summary([48, 16])), READ_AT).sort)
      .toStrictEqual({ state: 12, used: 75, margin: 10 * GI, threshold: 6 * GI, reserved: 2 * GI, allocatable: 56 * GI, drift: 11 });
    expect(overviewRow(unreadReport(), READ_AT, { drift: PENDING }).sort.drift).toBe(4);
  });

  it('puts the unknown last and a threshold that is off first', () => {
    const last = Number.MAX_VALUE;

    expect(overviewRow(unreadReport({ allocatable: '?' }), READ_AT).sort).toStrictEqual({ state: 13, used: last, margin: last, threshold: last, reserved: last, allocatable: last, drift: 11 });
    expect(overviewRow(report(RKE2_DEFAULTS, summary([48, 16])), READ_AT).sort).toMatchObject({ margin: 16 * GI, threshold: 0, reserved: 0 });
    expect(overviewRow(report(RKE2_DEFAULTS, { node: { nodeName: 'n' }, pods: [] }), READ_AT).sort).toMatchObject({ margin: last });
  });

  it('takes the soft threshold where there is no hard one', () => {
    const settings = { evictionSoft: { 'memory.available': '3Gi' }, evictionSoftGracePeriod: { 'memory.available': '1m' } };

    expect(overviewRow(report(settings, summary([48, 16])), READ_AT).sort).toMatchObject({ threshold: 3 * GI });
  });
});

describe('a tick of the clock', () => {
  const fresh = report(DESIGN_SETTINGS, summary([48, 16]));
  const usage = { sample: { value: 16 * GI, readAtMilliseconds: READ_AT } };
  const coarse = unreadReport({}, { usage });

  it('leaves a row as it is while only the time has changed', () => {
    const row = overviewRow(fresh, READ_AT);

    expect(keepRow(row, overviewRow(fresh, READ_AT + 5_000))).toBe(row);
    expect(keepRow(overviewRow(unreadReport(), READ_AT), row)).toBe(row);
    expect(keepRow(undefined, row)).toBe(row);
    const stale = overviewRow(fresh, READ_AT + 120_000);

    expect(keepRow(stale, overviewRow(fresh, READ_AT + 125_000))).toBe(stale);
    const withFirst = overviewRow(fresh, READ_AT, { first: { namespace: 'a', name: 'x' } });

    expect(keepRow(withFirst, overviewRow(fresh, READ_AT, { first: { namespace: 'a', name: 'x' } }))).toBe(withFirst);
  });

  it.each([
    ['grows old', overviewRow(fresh, READ_AT), overviewRow(fresh, LATER)],
    ['grows older', overviewRow(fresh, LATER), overviewRow(fresh, LATER + 1_000)],
    ['has an old coarse figure', overviewRow(coarse, READ_AT), overviewRow(coarse, LATER)],
    ['was reported anew', overviewRow(fresh, READ_AT), overviewRow({ ...fresh }, READ_AT)],
    ['has a coarse figure instead', { ...overviewRow(fresh, READ_AT), bar: undefined }, overviewRow(fresh, READ_AT)],
    ['stands otherwise to its policy', overviewRow(fresh, READ_AT), overviewRow(fresh, READ_AT, { drift: PENDING })],
    ['has another pod first in line', overviewRow(fresh, READ_AT, { first: { namespace: 'a', name: 'x' } }), overviewRow(fresh, READ_AT, { first: { namespace: 'b', name: 'x' } })],
    ['has no figure any more', overviewRow(fresh, READ_AT), { ...overviewRow(fresh, READ_AT), bar: undefined }],
  ])('gives a row that %s its new face', (_what, old, now) => {
    expect(keepRow(old, now)).toBe(now);
  });
});

describe('CSV', () => {
  const lines = (rows: Parameters<typeof overviewCsv>[0], now = READ_AT) => overviewCsv(rows, now).split('\r\n').slice(1, -1);

  it('has a figure in bytes for everything that is known', () => {
    expect(lines([overviewRow(report(DESIGN_SETTINGS, summary([50, 14], [50, 12])), READ_AT)])).toStrictEqual([
      `node-1,worker,clear,ready,,${ 64 * GI },${ 50 * GI },stats/summary,0,${ 6 * GI },allocatableMemory.available,6Gi,${ 6 * GI },8Gi,${ 8 * GI },1m30s,${ 2 * GI },0,${ 56 * GI },,,,,podGraceMissing,`,
    ]);
  });

  it('has an empty cell for what is not, and the reason', () => {
    expect(lines([overviewRow(unreadReport({ pressures: ['DiskPressure', 'PIDPressure'] }, { configuration: { failure: FORBIDDEN } }), READ_AT)]))
      .toStrictEqual([`node-1,worker,underPressure,ready,DiskPressure PIDPressure,${ 64 * GI },,,,,,,,,,,,,${ 56 * GI },,,,,,forbidden: get nodes/proxy`]);
  });

  it('says how the node stands to its policy, and who would go first', () => {
    const row = (extras: RowExtras) => lines([overviewRow(unreadReport(), READ_AT, extras)])[0]?.split(`${ 56 * GI },`)[1];
    const drift: NodeDrift = {
      ...PENDING,
      policy:      'memory',
      differences: [{ field: { setting: 'evictionHard', key: 'memory.available' }, desired: '6Gi', effective: undefined }, { field: { setting: 'evictionMaxPodGracePeriod' }, desired: undefined, effective: 0 }],
    };

    expect(row({ drift, first: { namespace: 'prod', name: 'virt-launcher-db-1-x', vm: 'db-1' } }))
      .toBe('memory,pendingReboot,"evictionHard memory.available: 6Gi, effective -; evictionMaxPodGracePeriod: -, effective 0",prod/db-1 (VM),,');
    expect(row({ drift: { ...PENDING, state: 'setElsewhere', otherArguments: ['system-reserved=memory=1Gi'] }, first: { namespace: 'shop', name: 'web' } }))
      .toBe(',setElsewhere,system-reserved=memory=1Gi,shop/web,,');
  });

  it('leaves out a margin that is no longer true', () => {
    const usage = { sample: { value: 16 * GI, readAtMilliseconds: LATER } };
    const [line = ''] = lines([overviewRow(report(DESIGN_SETTINGS, summary([50, 14]), { usage }), LATER)], LATER);

    expect(line.split(',').slice(6, 10)).toStrictEqual([String(16 * GI), 'metrics.k8s.io', '0', '']);
  });

  it('defuses a hostile name', () => {
    expect(lines([overviewRow(unreadReport({ name: '=cmd|\' /C calc\'!A0' }), READ_AT)])[0]).toMatch(/^'=cmd/);
  });
});

describe('progress', () => {
  const read = report(DESIGN_SETTINGS, summary([50, 14]));
  const unread = unreadReport();

  it.each([
    [[read, unread], false, { answered: 1, total: 2, complete: false, running: false }],
    [[read, unread], true, { answered: 1, total: 2, complete: false, running: true }],
    [[read, read], true, { answered: 2, total: 2, complete: true, running: false }],
    [[], true, { answered: 0, total: 0, complete: true, running: false }],
  ])('of %# is as expected', (reports, requested, expected) => {
    expect(readProgress(reports, requested)).toStrictEqual(expected);
  });
});

it('keeps a name that looks like a property of every object', () => {
  expect(overviewRow(unreadReport({ name: '__proto__' }), READ_AT)).toMatchObject({ id: '__proto__' });
  expect(node({ name: 'constructor' }).metadata.name).toBe('constructor');
});
