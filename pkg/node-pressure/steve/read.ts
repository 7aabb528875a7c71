import type { ReadFailure } from '../planner/reading';
import { classifyFailure } from './failure';
import type { Request } from './request';

/** The outcome of a read that was not aborted. */
export type Outcome<T> = { readonly value: T; readonly failure?: undefined } | { readonly value?: undefined; readonly failure: ReadFailure };

/** One kind of read: where, with which right, and how its body becomes a value. */
export interface ReadPlan<T> {
  readonly url: string;
  /** As Kubernetes names it: `get nodes/proxy`. */
  readonly verb: string;
  /** Throws when the body is not what the address promises; its message is shown. */
  readonly parse: (body: unknown) => T;
}

/** A kubelet that answers later than this is treated as not answering. */
export const READ_TIMEOUT_MILLISECONDS = 10_000;

async function ask<T>(request: Request, { url, verb, parse }: ReadPlan<T>, signal: AbortSignal): Promise<Outcome<T>> {
  let body: unknown;

  try {
    body = await request({ url, method: 'get', signal, redirectUnauthorized: false });
  } catch (reason) {
    return { failure: classifyFailure(reason, verb) };
  }

  try {
    return { value: parse(body) };
  } catch (error) {
    return { failure: { kind: 'badData', verb, message: (error as Error).message } };
  }
}

/**
 * Reads once. Never rejects: no answer in time, an error and a wrong body all come back as a failure. Undefined once
 * `signal` is aborted, which also aborts the request: whoever aborted does not wait for an answer.
 */
export async function read<T>(request: Request, plan: ReadPlan<T>, signal: AbortSignal): Promise<Outcome<T> | undefined> {
  if (signal.aborted) {
    return undefined;
  }
  const attempt = new AbortController();
  const abort = (): void => attempt.abort();
  let timedOut = false;
  const timer = setTimeout(() => {
    timedOut = true;
    abort();
  }, READ_TIMEOUT_MILLISECONDS);
  // A request that does not honour its signal must not hold the caller
  const aborted = new Promise<undefined>((resolve) => attempt.signal.addEventListener('abort', () => resolve(undefined)));

  signal.addEventListener('abort', abort);
  const outcome = await Promise.race([ask(request, plan, attempt.signal), aborted]);

  clearTimeout(timer);
  signal.removeEventListener('abort', abort);
  if (signal.aborted) {
    return undefined;
  }

  return timedOut ? { failure: { kind: 'timeout', verb: plan.verb, message: `no answer within ${ READ_TIMEOUT_MILLISECONDS / 1000 } s` } } : outcome;
}
