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

/**
 * Reads once. Never rejects for what a server does: no answer in time, an error and a wrong body all come back as a
 * failure. Rejects only with the reason of `signal`, once the caller has lost interest.
 */
export async function read<T>(request: Request, { url, verb, parse }: ReadPlan<T>, signal: AbortSignal): Promise<Outcome<T>> {
  const attempt = new AbortController();
  const forward = (): void => attempt.abort(signal.reason);
  let timedOut = false;
  const timer = setTimeout(() => {
    timedOut = true;
    attempt.abort();
  }, READ_TIMEOUT_MILLISECONDS);

  signal.throwIfAborted();
  signal.addEventListener('abort', forward);

  try {
    const body = await Promise.race([
      request({ url, method: 'get', signal: attempt.signal, redirectUnauthorized: false }),
      // A request that does not honour its signal must not hold the caller
      new Promise<never>((_resolve, reject) => attempt.signal.addEventListener('abort', () => reject(attempt.signal.reason))),
    ]);

    return parsed(body, verb, parse);
  } catch (reason) {
    signal.throwIfAborted();

    return { failure: timedOut ? { kind: 'timeout', verb, message: `no answer within ${ READ_TIMEOUT_MILLISECONDS / 1000 } s` } : classifyFailure(reason, verb) };
  } finally {
    clearTimeout(timer);
    signal.removeEventListener('abort', forward);
  }
}

function parsed<T>(body: unknown, verb: string, parse: (body: unknown) => T): Outcome<T> {
  try {
    return { value: parse(body) };
  } catch (error) {
    return { failure: { kind: 'badData', verb, message: (error as Error).message } };
  }
}
