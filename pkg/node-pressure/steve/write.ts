import { withDeadline } from './deadline';
import { classifyFailure, statusOf } from './failure';
import type { Request, RequestOptions } from './request';

/** One write: where, what, and with which right. */
export interface WritePlan {
  readonly url: string;
  readonly method: Exclude<RequestOptions['method'], 'get'>;
  readonly data: unknown;
  /** Plain JSON unless the method needs another. */
  readonly contentType?: string;
  /** As Kubernetes names it: `patch cloudinits.node.harvesterhci.io`. */
  readonly verb: string;
}

interface Said<Kind extends string> {
  readonly kind: Kind;
  readonly message: string;
}

/** Why a write did not happen; only of `unreachable` nobody knows whether it did. Messages are the server's own. */
export type WriteFailure = Said<'conflict'> | Said<'missing'> | Said<'refused'> | Said<'unreachable'> | (Said<'forbidden'> & { readonly verb: string });

export type WriteOutcome = { readonly kind: 'written'; readonly body: unknown } | WriteFailure;

/** Admission webhooks alone may take ten seconds each. */
export const WRITE_TIMEOUT_MILLISECONDS = 30_000;

function failureOf(reason: unknown, verb: string): WriteFailure {
  const { kind, verb: missing, message } = classifyFailure(reason, verb);
  const status = statusOf(reason);

  switch (kind) {
  case 'forbidden':
    return { kind, verb: missing, message };
  case 'notFound':
    return { kind: 'missing', message };
  case 'failed':
    return Number.isNaN(status) ? { kind: 'unreachable', message } : { kind: status === 409 ? 'conflict' : 'refused', message };
  default:
    return { kind: 'unreachable', message };
  }
}

async function send(request: Request, { url, method, data, contentType, verb }: WritePlan, signal: AbortSignal): Promise<WriteOutcome> {
  try {
    const headers = contentType === undefined ? {} : { headers: { 'content-type': contentType } };

    return { kind: 'written', body: await request({ url, method, data, ...headers, signal, redirectUnauthorized: false }) };
  } catch (reason) {
    return failureOf(reason, verb);
  }
}

/** Writes once. Never rejects. Undefined once `signal` is aborted, and then nobody knows whether it was written. */
export async function write(request: Request, plan: WritePlan, signal: AbortSignal): Promise<WriteOutcome | undefined> {
  const outcome = await withDeadline((attempt) => send(request, plan, attempt), signal, WRITE_TIMEOUT_MILLISECONDS);

  if (outcome === 'aborted') {
    return undefined;
  }

  return outcome === 'late' ? { kind: 'unreachable', message: `no answer within ${ WRITE_TIMEOUT_MILLISECONDS / 1000 } s` } : outcome.ended;
}
