import { DESIGN_SETTINGS, FORBIDDEN, GI, node, READ_AT, report, RKE2_DEFAULTS, summary, unreadReport } from './fixtures';
import { memoryUse, NODE_STATES, nodeState } from '../nodeState';
import { STALE_AFTER_MILLISECONDS } from '../reading';

const SOON = READ_AT + 1;
const LATER = READ_AT + STALE_AFTER_MILLISECONDS;

const softOnly = { evictionSoft: DESIGN_SETTINGS.evictionSoft, evictionSoftGracePeriod: DESIGN_SETTINGS.evictionSoftGracePeriod };

describe('state of a node that was read', () => {
  it.each([
    ['clear', 'success', report(DESIGN_SETTINGS, summary([40, 24])), {}],
    ['near', 'warning', report({ evictionHard: { 'memory.available': '6Gi' } }, summary([55, 9])), { marginBytes: 3 * GI }],
    ['softPassed', 'warning', report(DESIGN_SETTINGS, summary([57, 7])), { excessBytes: GI, graceNanoseconds: 90_000_000_000n }],
    ['evicting', 'error', report(DESIGN_SETTINGS, summary([59, 5])), { excessBytes: GI }],
    ['evicting', 'error', report(DESIGN_SETTINGS, summary([40, 24], [57, 5])), { excessBytes: GI }],
    ['noThreshold', 'warning', report(RKE2_DEFAULTS, summary([40, 24])), {}],
    ['outOfMemoryNear', 'error', report(RKE2_DEFAULTS, summary([62, 2])), { leftBytes: 2 * GI }],
    ['clear', 'success', report(softOnly, summary([40, 24])), {}],
    ['softPassed', 'warning', report(softOnly, summary([57, 7])), { excessBytes: GI, graceNanoseconds: 90_000_000_000n }],
  ])('is %s (%s)', (code, tone, subject, params) => {
    expect(nodeState(subject, SOON)).toStrictEqual({ code, tone, params, rank: NODE_STATES.indexOf(code as typeof NODE_STATES[number]) });
  });

  it('is not evicting exactly at the threshold', () => {
    expect(nodeState(report({ evictionHard: { 'memory.available': '6Gi' } }, summary([58, 6])), SOON)).toMatchObject({ code: 'near', params: { marginBytes: 0 } });
  });

  it('is stale, never clear, once its figures are old', () => {
    expect(nodeState(report(DESIGN_SETTINGS, summary([40, 24])), LATER)).toMatchObject({ code: 'stale', tone: 'unknown', params: { ageMilliseconds: STALE_AFTER_MILLISECONDS } });
  });

  it('does not call a node evicting on old figures', () => {
    expect(nodeState(report(DESIGN_SETTINGS, summary([59, 5])), LATER)).toMatchObject({ code: 'stale' });
  });

  it('still knows that there is no threshold when memory figures are old', () => {
    expect(nodeState(report(RKE2_DEFAULTS, summary([40, 24])), LATER)).toMatchObject({ code: 'noThreshold' });
  });

  it('stays clear on fresh figures although the last read failed', () => {
    const { summary: measured } = { summary: { sample: { value: summary([40, 24]), readAtMilliseconds: READ_AT }, failure: FORBIDDEN } };

    expect(nodeState(report(DESIGN_SETTINGS, summary([40, 24]), { summary: measured }), SOON)).toMatchObject({ code: 'clear' });
  });
});

describe('what the Node itself says', () => {
  it('wins over figures when it is not ready', () => {
    expect(nodeState(report(DESIGN_SETTINGS, summary([59, 5]), { node: node({ ready: 'Unknown' }) }), SOON)).toMatchObject({ code: 'notReady', tone: 'error' });
  });

  it('shows a pressure condition that outlasts its cause', () => {
    expect(nodeState(report(DESIGN_SETTINGS, summary([40, 24]), { node: node({ pressures: ['MemoryPressure', 'DiskPressure'] }) }), SOON))
      .toMatchObject({ code: 'underPressure', params: { conditions: 'MemoryPressure, DiskPressure' } });
  });

  it('does not hide an eviction behind the pressure that it causes', () => {
    expect(nodeState(report(DESIGN_SETTINGS, summary([59, 5]), { node: node({ pressures: ['MemoryPressure'] }) }), SOON)).toMatchObject({ code: 'evicting' });
  });
});

describe('state of a node that was not read', () => {
  it.each([
    ['unread', unreadReport(), undefined],
    ['unreadable', unreadReport({}, { configuration: { failure: FORBIDDEN } }), 'get nodes/proxy'],
    ['unreadable', report(DESIGN_SETTINGS, { node: { nodeName: 'n' }, pods: [] }), undefined],
  ])('is %s', (code, subject, verb) => {
    expect(nodeState(subject, SOON)).toMatchObject({ code, tone: 'unknown', params: { verb } });
  });

  it('is without a hard threshold where allocatable equals capacity', () => {
    expect(nodeState(unreadReport({ allocatable: '64Gi' }), SOON)).toMatchObject({ code: 'noHardThreshold', tone: 'warning' });
  });

  it('is low on memory when the coarse figure alone says so', () => {
    const usage = { sample: { value: 54 * GI, readAtMilliseconds: READ_AT } };

    // 10 GiB are left, of which 8 GiB may be the threshold; "near" is less than 3.2 GiB from it
    expect(nodeState(unreadReport({}, { usage }), SOON)).toMatchObject({ code: 'memoryLow', tone: 'warning', params: { leftBytes: 10 * GI } });
    expect(nodeState(unreadReport({}, { usage }), LATER)).toMatchObject({ code: 'unread' });
    expect(nodeState(unreadReport({ allocatable: '64Gi' }, { usage }), SOON)).toMatchObject({ code: 'noHardThreshold' });
    expect(nodeState(unreadReport({ allocatable: '?' }, { usage }), SOON)).toMatchObject({ code: 'unread' });
  });

  it('is judged by the exact figure where there is one', () => {
    const usage = { sample: { value: 63 * GI, readAtMilliseconds: READ_AT } };

    expect(nodeState(report(DESIGN_SETTINGS, summary([40, 24]), { usage }), SOON)).toMatchObject({ code: 'clear' });
  });

  it('asks nothing of a witness', () => {
    const labels = { 'node-role.harvesterhci.io/witness': '' };

    expect(nodeState(unreadReport({ labels, allocatable: '64Gi' }), SOON)).toMatchObject({ code: 'witness', tone: 'info' });
    expect(nodeState(report(RKE2_DEFAULTS, summary([1, 63]), { node: node({ labels }) }), SOON)).toMatchObject({ code: 'witness' });
  });
});

describe('memory in use to be shown', () => {
  const usage = { sample: { value: 30 * GI, readAtMilliseconds: LATER } };
  const both = report(DESIGN_SETTINGS, summary([40, 24]), { usage });

  it('is exact while that is fresh', () => {
    expect(memoryUse(both, SOON)).toBe(both.exactUse);
  });

  it('is coarse when only that is fresh', () => {
    expect(memoryUse(both, LATER)).toBe(both.coarseUse);
  });

  it('is exact when both are old', () => {
    expect(memoryUse(both, LATER + STALE_AFTER_MILLISECONDS)).toBe(both.exactUse);
  });

  it('is coarse where nothing exact was read, and nothing where nothing was', () => {
    expect(memoryUse(unreadReport({}, { usage }), SOON)).toMatchObject({ workingSetBytes: 30 * GI });
    expect(memoryUse(unreadReport(), SOON)).toBeUndefined();
  });
});
