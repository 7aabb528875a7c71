import { write, WRITE_TIMEOUT_MILLISECONDS, type WritePlan } from '../write';
import type { RequestOptions } from '../request';

const plan: WritePlan = { url: '/k8s/clusters/c/v1/things', method: 'post', data: { a: 1 }, verb: 'create things' };
const never = new AbortController().signal;
const rejected = (reason: unknown): Promise<unknown> => write(async() => Promise.reject(reason), plan, never);

beforeEach(() => jest.useFakeTimers());
afterEach(() => jest.useRealTimers());

it('sends one request, with the type of its body if that is a special one', async() => {
  const request = jest.fn<Promise<unknown>, [RequestOptions]>(async() => ({ b: 2 }));

  await expect(write(request, plan, never)).resolves.toStrictEqual({ kind: 'written', body: { b: 2 } });
  await write(request, { ...plan, method: 'patch', contentType: 'application/merge-patch+json' }, never);

  const common = { url: plan.url, data: plan.data, signal: expect.any(AbortSignal), redirectUnauthorized: false };

  expect(request.mock.calls).toStrictEqual([[{ ...common, method: 'post' }], [{ ...common, method: 'patch', headers: { 'content-type': 'application/merge-patch+json' } }]]);
  expect(jest.getTimerCount()).toBe(0);
});

it.each([
  [{ _status: 409, message: 'changed' }, { kind: 'conflict', message: 'changed' }],
  [{ status: 404, message: 'not found' }, { kind: 'missing', message: 'not found' }],
  [{ _status: 400, message: 'admission webhook "x" denied the request: no' }, { kind: 'refused', message: 'admission webhook "x" denied the request: no' }],
  [{ status: 422, message: 'invalid' }, { kind: 'refused', message: 'invalid' }],
  [{ status: 500, message: 'failed calling webhook' }, { kind: 'refused', message: 'failed calling webhook' }],
  [{ type: 'error', status: '401', message: 'must authenticate' }, { kind: 'refused', message: 'must authenticate' }],
  [{ status: 403, message: 'Method PATCH not supported' }, { kind: 'forbidden', verb: 'create things', message: 'Method PATCH not supported' }],
  [{ _status: 503, data: '' }, { kind: 'unreachable', message: 'HTTP 503' }],
  [{ code: 'ERR_NETWORK', message: 'Network Error' }, { kind: 'unreachable', message: 'Network Error' }],
  [new Error('who knows'), { kind: 'unreachable', message: 'who knows' }],
])('takes %j for what it is', async(reason, outcome) => {
  await expect(rejected(reason)).resolves.toStrictEqual(outcome);
});

it('gives up on a cluster that does not answer', async() => {
  let signal: AbortSignal | undefined;
  const outcome = write((options) => {
    signal = options.signal;

    return new Promise(() => {});
  }, plan, never);

  jest.advanceTimersByTime(WRITE_TIMEOUT_MILLISECONDS);

  await expect(outcome).resolves.toStrictEqual({ kind: 'unreachable', message: 'no answer within 30 s' });
  expect(signal?.aborted).toBe(true);
});

it('gives nothing back once the caller has lost interest', async() => {
  const caller = new AbortController();
  const outcome = write(() => new Promise(() => {}), plan, caller.signal);

  caller.abort();

  await expect(outcome).resolves.toBeUndefined();
  expect(jest.getTimerCount()).toBe(0);
});
