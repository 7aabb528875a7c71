import { read, READ_TIMEOUT_MILLISECONDS, type ReadPlan } from '../read';
import type { Request, RequestOptions } from '../request';

const plan: ReadPlan<number> = {
  url:   '/k8s/clusters/c-1/api/v1/nodes/n/proxy/configz',
  verb:  'get nodes/proxy',
  parse: (body) => {
    if (typeof body !== 'number') {
      throw new Error('no number');
    }

    return body;
  },
};

beforeEach(() => jest.useFakeTimers());
afterEach(() => jest.useRealTimers());

const never = new AbortController().signal;

it('asks once, without letting a 401 log the user out', async() => {
  const request = jest.fn<Promise<unknown>, [RequestOptions]>(async() => 7);

  await expect(read(request, plan, never)).resolves.toStrictEqual({ value: 7 });
  expect(request.mock.calls).toStrictEqual([[{ url: plan.url, method: 'get', redirectUnauthorized: false, signal: expect.any(AbortSignal) }]]);
});

it('gives a body of another shape back as bad data', async() => {
  await expect(read(async() => 'seven', plan, never)).resolves.toStrictEqual({ failure: { kind: 'badData', verb: 'get nodes/proxy', message: 'no number' } });
});

it('gives a rejection back as a failure', async() => {
  const request: Request = async() => Promise.reject(Object.assign(new Error('down'), { _status: 503 }));

  await expect(read(request, plan, never)).resolves.toStrictEqual({ failure: { kind: 'offline', verb: 'get nodes/proxy', message: 'down' } });
});

it('gives up on a kubelet that does not answer, and aborts the request', async() => {
  let signal: AbortSignal | undefined;
  const outcome = read((options) => {
    signal = options.signal;

    return new Promise(() => {});
  }, plan, never);

  jest.advanceTimersByTime(READ_TIMEOUT_MILLISECONDS);

  await expect(outcome).resolves.toMatchObject({ failure: { kind: 'timeout', message: 'no answer within 10 s' } });
  expect(signal?.aborted).toBe(true);
});

it('gives nothing back once the caller has lost interest, and aborts the request', async() => {
  const caller = new AbortController();
  let signal: AbortSignal | undefined;
  const outcome = read((options) => {
    signal = options.signal;

    return new Promise(() => {});
  }, plan, caller.signal);

  caller.abort();

  await expect(outcome).resolves.toBeUndefined();
  expect(signal?.aborted).toBe(true);
  expect(jest.getTimerCount()).toBe(0);
});

it('asks nothing when the caller lost interest before', async() => {
  const request = jest.fn();
  const caller = new AbortController();

  caller.abort();

  await expect(read(request, plan, caller.signal)).resolves.toBeUndefined();
  expect(request).not.toHaveBeenCalled();
  expect(jest.getTimerCount()).toBe(0);
});

it('does not take the rejection of an aborted request for a failure', async() => {
  const caller = new AbortController();
  const outcome = read((options) => new Promise((_resolve, reject) => options.signal.addEventListener('abort', () => reject(new Error('canceled')))), plan, caller.signal);

  caller.abort();

  await expect(outcome).resolves.toBeUndefined();
});

it('leaves neither timer nor listener behind', async() => {
  const caller = new AbortController();
  const remove = jest.spyOn(caller.signal, 'removeEventListener');

  await read(async() => 7, plan, caller.signal);

  expect(jest.getTimerCount()).toBe(0);
  expect(remove).toHaveBeenCalledTimes(1);
});
