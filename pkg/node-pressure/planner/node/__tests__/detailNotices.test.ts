/** @jest-environment node */
import { FORBIDDEN, unreadReport } from '../../__tests__/fixtures';
import type { NodeReport } from '../../nodeReport';
import { detailNotices, type DetailNoticesInput } from '../detailNotices';

const NOW = 1_000_000;
const READY: NodeReport = { ...unreadReport(), asked: true };
const FRESH = { readAtMilliseconds: NOW - 1_000 };
const OLD = { readAtMilliseconds: NOW - 600_000 };
const OFFLINE = { kind: 'offline', verb: 'get nodes/proxy', message: 'HTTP 502' } as const;

const COARSE = { workingSetBytes: 5, capacityBytes: 8, readAtMilliseconds: NOW - 20_000 };

function codes(input: Partial<DetailNoticesInput>): string[] {
  return detailNotices({ report: READY, isHarvester: true, ...input }, NOW).map(({ code, tone }) => `${ tone } ${ code }`);
}

it('has nothing to say of a node that answers', () => {
  expect(codes({ summary: FRESH })).toEqual([]);
});

it('says while the first sample is on its way', () => {
  expect(codes({ report: unreadReport() })).toEqual(['info loading']);
});

it.each([
  ['a missing right', { report: { ...READY, failure: FORBIDDEN } }, ['info kubelet.forbidden']],
  ['a kubelet that stopped answering', { report: { ...READY, failure: OFFLINE }, summary: OLD }, ['warning kubelet.offline', 'warning stale']],
  ['a kubelet that never answered', { report: { ...READY, failure: OFFLINE } }, ['warning kubelet.offline']],
  ['old figures', { summary: OLD }, ['warning stale']],
  ['a node that is not ready', { report: { ...READY, readiness: 'notReady', failure: OFFLINE }, summary: OLD }, ['error notReady']],
  ['a node that was never ready', { report: { ...READY, readiness: 'unknown', failure: OFFLINE } }, ['error notReadyWithoutFigures']],
  ['a node that is not ready, without the right', { report: { ...READY, readiness: 'unknown', failure: FORBIDDEN } }, ['error notReadyWithoutFigures', 'info kubelet.forbidden']],
  ['pods that may not be listed', { podsFailure: { ...FORBIDDEN, verb: 'list pods' } }, ['info pods.forbidden']],
  ['pods that cannot be read', { podsFailure: OFFLINE }, ['warning pods.failed']],
  ['a request that cannot be read', { orderError: 'quantities must match' }, ['warning order']],
  ['a witness', { report: { ...READY, role: 'witness' } }, ['info witness']],
  ['a Windows node', { isWindows: true }, ['info windows']],
  ['the coarse figure, without the right to a better one', { report: { ...READY, failure: FORBIDDEN, coarseUse: COARSE } }, ['info kubelet.forbidden', 'info metrics.use']],
  ['neither figure', { report: { ...READY, failure: FORBIDDEN }, metricsFailure: { ...OFFLINE, kind: 'notFound' } }, ['info kubelet.forbidden', 'info metrics.notFound']],
  ['neither right', { report: { ...READY, failure: FORBIDDEN }, metricsFailure: { ...FORBIDDEN, verb: 'get nodes.metrics.k8s.io' } }, ['info kubelet.forbidden', 'info metrics.forbidden']],
  ['neither answer', { report: { ...READY, failure: OFFLINE }, metricsFailure: OFFLINE }, ['warning kubelet.offline', 'info metrics.failed']],
  ['no coarse figure beside an exact one', { report: { ...READY, failure: OFFLINE, exactUse: COARSE, coarseUse: COARSE }, summary: FRESH }, ['warning kubelet.offline', 'warning stale']],
  ['another cluster', { report: { ...READY, role: 'witness' }, isHarvester: false }, ['info notHarvester']],
] as [string, Partial<DetailNoticesInput>, string[]][])('tells of %s', (_what, input, expected) => {
  expect(codes(input)).toEqual(expected);
});

it('names rights, ages and the servers’ own words', () => {
  expect(detailNotices({ report: { ...READY, failure: FORBIDDEN }, isHarvester: true }, NOW)[0]?.params).toEqual({ verb: 'get nodes/proxy', message: FORBIDDEN.message });
  expect(detailNotices({ report: { ...READY, failure: FORBIDDEN, coarseUse: COARSE }, isHarvester: true }, NOW)[1]?.params).toEqual({ usedBytes: 5, capacityBytes: 8, ageMilliseconds: 20_000 });
  expect(detailNotices({ report: READY, summary: OLD, isHarvester: true }, NOW)[0]?.params).toEqual({ ageMilliseconds: 600_000 });
});
