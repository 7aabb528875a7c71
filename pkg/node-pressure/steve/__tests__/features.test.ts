/** @jest-environment node */
import { featureProblem, setFeature } from '../features';
import type { RequestOptions } from '../request';

const NAME = 'harvester-baremetal-container-workload';
const URL = `/v1/management.cattle.io.features/${ NAME }`;
const OFF = { enabled: false, locked: false };
const feature = (value: boolean | null, resourceVersion = '1', lockedValue: boolean | null = null) => ({
  id: NAME, kind: 'Feature', metadata: { name: NAME, resourceVersion }, spec: { value, other: 'kept' }, status: { default: false, lockedValue },
});
const rejection = (_status: number, message: string) => ({ _status, message });

type Answer = (options: RequestOptions) => unknown;

/** A server whose answers come in turn; an object with `_status` is a rejection. */
function server(...answers: Answer[]) {
  const requests: RequestOptions[] = [];
  const request = async(options: RequestOptions): Promise<unknown> => {
    const body = answers[requests.push(options) - 1]?.(options);

    return typeof body === 'object' && body !== null && '_status' in body ? Promise.reject(body) : body;
  };

  return { request, requests, turnOn: (signal = new AbortController().signal) => setFeature(request, NAME, OFF, true, signal) };
}

describe('switching a feature', () => {
  it('writes the whole object as it is now, with another value', async() => {
    const { requests, turnOn } = server(() => feature(null, '7'), () => feature(true, '8'));

    await expect(turnOn()).resolves.toStrictEqual({ kind: 'saved' });
    expect(requests.map(({ method, url }) => [method, url])).toStrictEqual([['get', URL], ['put', URL]]);
    expect(requests[1]?.data).toStrictEqual({ ...feature(null, '7'), spec: { value: true, other: 'kept' } });
  });

  it('goes on where only a controller came between', async() => {
    const { requests, turnOn } = server(() => feature(false), () => rejection(409, 'modified'), () => feature(false, '2'), () => feature(true));

    await expect(turnOn()).resolves.toStrictEqual({ kind: 'saved' });
    expect(requests[3]?.data).toMatchObject({ metadata: { resourceVersion: '2' } });
  });

  it('gives up where something always comes between', async() => {
    const { requests, turnOn } = server(...Array.from({ length: 3 }, () => [() => feature(false), () => rejection(409, 'modified')]).flat());

    await expect(turnOn()).resolves.toStrictEqual({ kind: 'conflict', message: 'modified' });
    expect(requests).toHaveLength(6);
  });

  it.each([
    [feature(true), { enabled: true, locked: false }],
    [feature(false, '2', false), { enabled: false, locked: true }],
  ])('writes nothing over what somebody else did meanwhile', async(now, state) => {
    const { requests, turnOn } = server(() => now);

    await expect(turnOn()).resolves.toStrictEqual({ kind: 'changed', state });
    expect(requests).toHaveLength(1);
  });

  it('tells why it was refused', async() => {
    await expect(server(() => feature(false), () => rejection(400, 'admission webhook "x" denied the request: locked')).turnOn()).resolves.toStrictEqual({ kind: 'refused', message: 'admission webhook "x" denied the request: locked' });
    await expect(server(() => feature(false), () => rejection(403, 'no')).turnOn()).resolves.toStrictEqual({ kind: 'forbidden', verb: 'update features.management.cattle.io', message: 'no' });
  });

  it.each([
    [() => rejection(404, 'gone'), { kind: 'notFound', verb: 'get features.management.cattle.io', message: 'gone' }],
    [() => ({}), { kind: 'badData', verb: 'get features.management.cattle.io', message: 'body is not a feature' }],
    [() => 'odd', { kind: 'badData', verb: 'get features.management.cattle.io', message: 'feature is not an object' }],
  ])('writes nothing that it could not read', async(answer, failure) => {
    await expect(server(answer).turnOn()).resolves.toStrictEqual({ kind: 'unread', failure });
  });

  it('says nothing once it is called off', async() => {
    const life = new AbortController();

    life.abort();
    await expect(server().turnOn(life.signal)).resolves.toBeUndefined();
    const later = new AbortController();

    await expect(server(() => feature(false), () => later.abort()).turnOn(later.signal)).resolves.toBeUndefined();
  });
});

it.each([
  [{ kind: 'changed', state: { enabled: true, locked: false } }, { code: 'changedOn', params: {} }],
  [{ kind: 'changed', state: { enabled: false, locked: false } }, { code: 'changedOff', params: {} }],
  [{ kind: 'changed', state: { enabled: true, locked: true } }, { code: 'changedLocked', params: {} }],
  [{ kind: 'unread', failure: { kind: 'offline', verb: 'get x', message: 'no' } }, { code: 'unread', params: { message: 'no' } }],
  [{ kind: 'unread', failure: { kind: 'forbidden', verb: 'get x', message: 'no' } }, { code: 'forbidden', params: { verb: 'get x' } }],
  [{ kind: 'forbidden', verb: 'update x', message: 'no' }, { code: 'forbidden', params: { verb: 'update x' } }],
  [{ kind: 'refused', message: 'no' }, { code: 'refused', params: { message: 'no' } }],
] as const)('is told of by what became of it: %j', (outcome, problem) => {
  expect(featureProblem(outcome)).toStrictEqual(problem);
});
