import type { ReadFailure } from '../planner/reading';
import { withDeadline } from './deadline';
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
  const outcome = await withDeadline((attempt) => ask(request, plan, attempt), signal, READ_TIMEOUT_MILLISECONDS);

  if (outcome === 'aborted') {
    return undefined;
  }

  return outcome === 'late' ? { failure: { kind: 'timeout', verb: plan.verb, message: `no answer within ${ READ_TIMEOUT_MILLISECONDS / 1000 } s` } } : outcome.ended;
}
