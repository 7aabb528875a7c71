/** How a task ended that has a time limit and may be called off; a task that was called off may still have had its effect. */
export type Deadlined<T> = { readonly ended: T } | 'late' | 'aborted';

/**
 * Runs a task that never rejects. Its own signal is aborted when the time is up or `signal` is; a task that does not
 * honour it does not hold the caller.
 */
export async function withDeadline<T>(task: (signal: AbortSignal) => Promise<T>, signal: AbortSignal, milliseconds: number): Promise<Deadlined<T>> {
  if (signal.aborted) {
    return 'aborted';
  }
  const attempt = new AbortController();
  const abort = (): void => attempt.abort();
  const timer = setTimeout(abort, milliseconds);
  const calledOff = new Promise<'late'>((resolve) => attempt.signal.addEventListener('abort', () => resolve('late')));

  signal.addEventListener('abort', abort);
  const outcome = await Promise.race([task(attempt.signal).then((ended) => ({ ended })), calledOff]);

  clearTimeout(timer);
  signal.removeEventListener('abort', abort);

  return signal.aborted ? 'aborted' : outcome;
}
