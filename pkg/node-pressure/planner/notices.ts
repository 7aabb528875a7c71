import type { Message } from './display';
import type { ReadFailure } from './reading';

export type NoticeCode = 'kubeletForbidden' | 'metricsForbidden' | 'metricsMissing' | 'metricsFailed' | 'policiesForbidden' | 'podsForbidden';

function metricsNotice({ kind, verb, message }: ReadFailure): Message<NoticeCode> {
  switch (kind) {
  case 'forbidden': return { code: 'metricsForbidden', params: { verb } };
  case 'notFound': return { code: 'metricsMissing', params: {} };
  default: return { code: 'metricsFailed', params: { message } };
  }
}

/** What could not be read, if something could not. */
export interface Missing {
  /** From some kubelet. */
  readonly kubelet: ReadFailure | undefined;
  /** Of all nodes' metrics. */
  readonly metrics: ReadFailure | undefined;
  readonly policies: ReadFailure | undefined;
  /** The pods of some node. */
  readonly pods: ReadFailure | undefined;
}

/** What the whole table lacks. A kubelet that alone does not answer is a matter of its row; a missing right is not. */
export function notices({ kubelet, metrics, policies, pods }: Missing): Message<NoticeCode>[] {
  const forbidden = (code: NoticeCode, failure: ReadFailure | undefined): Message<NoticeCode>[] => (failure?.kind === 'forbidden' ? [{ code, params: { verb: failure.verb } }] : []);

  return [
    ...forbidden('kubeletForbidden', kubelet),
    ...(metrics ? [metricsNotice(metrics)] : []),
    ...forbidden('policiesForbidden', policies),
    ...forbidden('podsForbidden', pods),
  ];
}
