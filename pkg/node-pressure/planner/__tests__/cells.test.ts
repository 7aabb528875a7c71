import { DESIGN_SETTINGS, FORBIDDEN, GI, READ_AT, report, RKE2_DEFAULTS, summary, unreadReport } from './fixtures';
import { allocatableCell, capacityCell, hardCell, marginCell, marginScope, memoryCell, reservedCell, softCell } from '../cells';
import { notices } from '../notices';
import type { NodeReport } from '../nodeReport';
import { overviewRow } from '../overview';
import { STALE_AFTER_MILLISECONDS, type FailureKind } from '../reading';

const LATER = READ_AT + STALE_AFTER_MILLISECONDS;
const row = (subject: NodeReport, now = READ_AT) => overviewRow(subject, now);

const full = report(DESIGN_SETTINGS, summary([50, 14], [50, 12]));
const percent = report({ evictionHard: { 'memory.available': '5%' } }, summary([50, 14]));
const soft = report({ evictionSoft: { 'memory.available': '8Gi' }, evictionSoftGracePeriod: { 'memory.available': '90s' } }, summary([50, 14]));
const off = report(RKE2_DEFAULTS, summary([50, 14]));
const usage = { sample: { value: 30 * GI, readAtMilliseconds: READ_AT } };

it.each([
  ['exact', row(full), { usedBytes: 50 * GI, capacityBytes: 64 * GI, ageMilliseconds: undefined }],
  ['coarse', row(unreadReport({}, { usage })), { usedBytes: 30 * GI, capacityBytes: 64 * GI, ageMilliseconds: undefined }],
  ['stale', row(full, LATER), { usedBytes: 50 * GI, capacityBytes: 64 * GI, ageMilliseconds: STALE_AFTER_MILLISECONDS }],
  ['unknown', row(unreadReport()), {}],
])('memory is %s', (code, subject, params) => {
  expect(memoryCell(subject)).toStrictEqual({ code, params });
});

it.each([
  ['toGo', row(full), { marginBytes: 6 * GI }],
  ['passed', row(report(DESIGN_SETTINGS, summary([60, 4]))), { excessBytes: 2 * GI }],
  ['toGoSoft', row(soft), { marginBytes: 6 * GI }],
  ['passedSoft', row(report({ evictionSoft: { 'memory.available': '8Gi' }, evictionSoftGracePeriod: { 'memory.available': '90s' } }, summary([60, 4]))), { excessBytes: 4 * GI }],
  ['stale', row(full, LATER), { marginBytes: 6 * GI, ageMilliseconds: STALE_AFTER_MILLISECONDS }],
  ['toOutOfMemory', row(off), { leftBytes: 14 * GI }],
  ['none', row(off, LATER), {}],
  ['none', row(report(RKE2_DEFAULTS, { node: { nodeName: 'n' }, pods: [] })), {}],
  ['noneHard', row(unreadReport({ allocatable: '64Gi' })), {}],
  ['unread', row(unreadReport()), { verb: undefined }],
  ['badData', row(report(DESIGN_SETTINGS, { node: { nodeName: 'n' }, pods: [] })), { verb: undefined }],
])('margin is %s', (code, subject, params) => {
  expect(marginCell(subject)).toStrictEqual({ code, params });
});

it.each<FailureKind>(['forbidden', 'notFound', 'offline', 'timeout', 'badData', 'failed'])('margin is missing because of: %s', (kind) => {
  expect(marginCell(row(unreadReport({}, { configuration: { failure: { ...FORBIDDEN, kind } } })))).toStrictEqual({ code: kind, params: { verb: 'get nodes/proxy' } });
});

it('names the memory that the margin belongs to', () => {
  expect([full, soft, off, unreadReport()].map((each) => marginScope(row(each)))).toStrictEqual(['pods', 'node', 'outOfMemory', undefined]);
});

it.each([
  ['bytes', hardCell(row(full)), { thresholdBytes: 6 * GI, setting: '6Gi', graceNanoseconds: 0n }],
  ['percent', hardCell(row(percent)), { thresholdBytes: 3435973888, setting: '5%', graceNanoseconds: 0n }],
  ['off', hardCell(row(off)), {}],
  ['off', hardCell(row(unreadReport({ allocatable: '64Gi' }))), {}],
  ['unknown', hardCell(row(unreadReport())), {}],
  ['bytes', softCell(row(full)), { thresholdBytes: 8 * GI, setting: '8Gi', graceNanoseconds: 90_000_000_000n }],
  ['off', softCell(row(off)), {}],
  // Soft thresholds do not show in allocatable
  ['unknown', softCell(row(unreadReport({ allocatable: '64Gi' }))), {}],
  ['forbidden', softCell(row({ ...unreadReport({ allocatable: '64Gi' }), failure: { kind: 'forbidden', verb: 'get nodes/proxy', message: 'no' } })), { verb: 'get nodes/proxy' }],
])('a threshold is %s', (code, cell, params) => {
  expect(cell).toStrictEqual({ code, params });
});

it.each([
  ['for the system', reservedCell(row(full)), [{ code: 'system', params: { systemBytes: 2 * GI } }]],
  ['for both', reservedCell(row(report({ systemReserved: { memory: '2Gi' }, kubeReserved: { memory: '1Gi' } }, summary([50, 14])))), [{ code: 'system', params: { systemBytes: 2 * GI } }, { code: 'kube', params: { kubeBytes: GI } }]],
  ['none', reservedCell(row(off)), [{ code: 'none', params: {} }]],
  ['none without reading', reservedCell(row(unreadReport({ allocatable: '64Gi' }))), [{ code: 'none', params: {} }]],
  ['not known', reservedCell(row(unreadReport())), [{ code: 'unknown', params: {} }]],
])('reservations are %s', (_what, cell, messages) => {
  expect(cell).toStrictEqual(messages);
});

it('allocatable is known with the capacity beside it', () => {
  expect([allocatableCell(row(full)), capacityCell(row(full))]).toStrictEqual([{ code: 'known', params: { allocatableBytes: 56 * GI } }, { code: 'known', params: { capacityBytes: 64 * GI } }]);
  expect(allocatableCell(row(unreadReport({ allocatable: '?' })))).toMatchObject({ code: 'unknown' });
  expect(capacityCell(row(unreadReport({ capacity: '?' })))).toMatchObject({ code: 'unknown' });
});

describe('notices', () => {
  const metrics = { ...FORBIDDEN, verb: 'list nodes.metrics.k8s.io', message: 'down' };

  const NONE = { kubelet: undefined, metrics: undefined, policies: undefined, pods: undefined };

  it('are none when all can be read', () => {
    expect(notices(NONE)).toStrictEqual([]);
  });

  it('name the rights that are missing', () => {
    expect(notices({ kubelet: FORBIDDEN, metrics, policies: { ...FORBIDDEN, verb: 'list x' }, pods: { ...FORBIDDEN, verb: 'list pods' } })).toStrictEqual([
      { code: 'kubeletForbidden', params: { verb: 'get nodes/proxy' } },
      { code: 'metricsForbidden', params: { verb: 'list nodes.metrics.k8s.io' } },
      { code: 'policiesForbidden', params: { verb: 'list x' } },
      { code: 'podsForbidden', params: { verb: 'list pods' } },
    ]);
  });

  it('tell an absent metrics-server from one that fails', () => {
    expect(notices({ ...NONE, metrics: { ...metrics, kind: 'notFound' } })).toStrictEqual([{ code: 'metricsMissing', params: {} }]);
    expect(notices({ ...NONE, kubelet: { ...FORBIDDEN, kind: 'offline' }, metrics: { ...metrics, kind: 'offline' }, pods: { ...FORBIDDEN, kind: 'timeout' } })).toStrictEqual([{ code: 'metricsFailed', params: { message: 'down' } }]);
  });
});
