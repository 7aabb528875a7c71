import type { Message } from './display';
import type { ReadFailure } from './reading';

export type NoticeCode = 'kubeletForbidden' | 'metricsForbidden' | 'metricsMissing' | 'metricsFailed';

function metricsNotice({ kind, verb, message }: ReadFailure): Message<NoticeCode> {
  switch (kind) {
  case 'forbidden': return { code: 'metricsForbidden', params: { verb } };
  case 'notFound': return { code: 'metricsMissing', params: {} };
  default: return { code: 'metricsFailed', params: { message } };
  }
}

/**
 * What the whole table lacks. A kubelet that alone does not answer is a matter of its row; a missing right is not.
 *
 * @param kubelet a failure to read from a kubelet for want of a right, if there is one
 * @param metrics the failure to read all nodes' metrics, if there is one
 */
export function notices(kubelet: ReadFailure | undefined, metrics: ReadFailure | undefined): Message<NoticeCode>[] {
  return [
    ...(kubelet?.kind === 'forbidden' ? [{ code: 'kubeletForbidden' as const, params: { verb: kubelet.verb } }] : []),
    ...(metrics ? [metricsNotice(metrics)] : []),
  ];
}
