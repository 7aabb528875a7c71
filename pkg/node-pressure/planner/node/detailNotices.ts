import type { Message } from '../display';
import type { NodeReport } from '../nodeReport';
import type { Tone } from '../nodeState';
import { ageOf, isFresh, type FailureKind, type ReadFailure, type Sample } from '../reading';

export type DetailNoticeCode =
  'notHarvester' | 'witness' | 'windows' | 'notReady' | 'notReadyWithoutFigures' | 'loading' | 'stale' | 'order' |
  `kubelet.${ FailureKind }` | `pods.${ 'forbidden' | 'failed' }` | `metrics.${ 'use' | 'notFound' | 'forbidden' | 'failed' }`;

/** One sentence above a node's tables: what limits what they can say. */
export interface DetailNotice extends Message<DetailNoticeCode> {
  readonly tone: Tone;
}

export interface DetailNoticesInput {
  readonly report: NodeReport;
  readonly isHarvester: boolean;
  readonly isWindows?: boolean;
  /** The last summary. */
  readonly summary?: Pick<Sample<unknown>, 'readAtMilliseconds'>;
  readonly podsFailure?: ReadFailure;
  readonly metricsFailure?: ReadFailure;
  /** The kubelet core's own words on a request of a pod that it cannot read. */
  readonly orderError?: string;
}

function notReadyNotice({ summary }: DetailNoticesInput, nowMilliseconds: number): DetailNotice {
  return summary ? { code: 'notReady', tone: 'error', params: { ageMilliseconds: ageOf(summary, nowMilliseconds) } } : { code: 'notReadyWithoutFigures', tone: 'error', params: {} };
}

/** A kubelet of a node that is not ready does not answer: that is said once. */
function kubeletNotices(input: DetailNoticesInput, nowMilliseconds: number): DetailNotice[] {
  const { report: { readiness, failure, asked }, summary } = input;
  const isReady = readiness === 'ready';
  const age = { ageMilliseconds: summary && ageOf(summary, nowMilliseconds) };

  if (failure && (isReady || failure.kind === 'forbidden')) {
    const tone = failure.kind === 'forbidden' ? 'info' : 'warning';

    return [{ code: `kubelet.${ failure.kind }`, tone, params: { verb: failure.verb, message: failure.message } }, ...(isReady && summary ? [{ code: 'stale' as const, tone: 'warning' as const, params: age }] : [])];
  }
  if (!asked && !failure) {
    return [{ code: 'loading', tone: 'info', params: {} }];
  }

  return isReady && summary && !isFresh(summary, nowMilliseconds) ? [{ code: 'stale', tone: 'warning', params: age }] : [];
}

/** Without the kubelet, metrics-server's figure is the next best; where there is none, why. */
function metricsNotices({ report: { failure, exactUse, coarseUse }, metricsFailure }: DetailNoticesInput, nowMilliseconds: number): DetailNotice[] {
  if (!failure || exactUse) {
    return [];
  }
  if (coarseUse) {
    return [{ code: 'metrics.use', tone: 'info', params: { usedBytes: coarseUse.workingSetBytes, capacityBytes: coarseUse.capacityBytes, ageMilliseconds: ageOf(coarseUse, nowMilliseconds) } }];
  }
  if (!metricsFailure) {
    return [];
  }
  const { kind, verb, message } = metricsFailure;
  const code = kind === 'notFound' || kind === 'forbidden' ? kind : 'failed';

  return [{ code: `metrics.${ code }`, tone: 'info', params: { verb, message } }];
}

function podNotices({ podsFailure, orderError }: DetailNoticesInput): DetailNotice[] {
  const isForbidden = podsFailure?.kind === 'forbidden';

  return [
    ...(podsFailure ? [{ code: isForbidden ? 'pods.forbidden' as const : 'pods.failed' as const, tone: isForbidden ? 'info' as const : 'warning' as const, params: { verb: podsFailure.verb, message: podsFailure.message } }] : []),
    ...(orderError === undefined ? [] : [{ code: 'order' as const, tone: 'warning' as const, params: { message: orderError } }]),
  ];
}

/** Everything that an admin must know before reading a node's figures, the most serious first. */
export function detailNotices(input: DetailNoticesInput, nowMilliseconds: number): DetailNotice[] {
  const { report, isHarvester, isWindows } = input;

  return [
    ...(report.readiness === 'ready' ? [] : [notReadyNotice(input, nowMilliseconds)]),
    ...kubeletNotices(input, nowMilliseconds),
    ...metricsNotices(input, nowMilliseconds),
    ...podNotices(input),
    ...(report.role === 'witness' && isHarvester ? [{ code: 'witness' as const, tone: 'info' as const, params: {} }] : []),
    ...(isWindows ? [{ code: 'windows' as const, tone: 'info' as const, params: {} }] : []),
    ...(isHarvester ? [] : [{ code: 'notHarvester' as const, tone: 'info' as const, params: {} }]),
  ];
}
