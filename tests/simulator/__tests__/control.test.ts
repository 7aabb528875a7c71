import assert from 'node:assert/strict';
import { beforeEach, describe, test } from 'node:test';
import { WebSocket } from 'ws';
import { valueAt } from '../store/objects';
import { session, until } from './session';
import type { Json } from './session';

const run = session();
const { call, harvester, control } = run;

describe('faults', () => {
  beforeEach(() => control('DELETE', '/faults'));

  test('a path fails as often as asked, with the status asked for', async() => {
    await control('POST', '/faults', { path: 'proxy/configz$', status: 504, times: 2 });
    const ask = async(path: string): Promise<number> => (await harvester('GET', `/api/v1/nodes/node-1/proxy/${ path }`)).status;

    assert.deepEqual([await ask('configz'), await ask('stats/summary'), await ask('configz'), await ask('configz')], [504, 200, 504, 200]);
  });

  test('a method narrows a fault, and a body replaces the answer', async() => {
    await control('POST', '/faults', { path: '/v1/nodes', method: 'PUT', status: 500, body: { code: 'Mine' } });
    assert.equal((await harvester('GET', '/v1/nodes')).status, 200);
    assert.deepEqual((await harvester('PUT', '/v1/nodes/node-1', {})).body, { code: 'Mine' });
  });

  test('a connection is cut without an answer', async() => {
    await control('POST', '/faults', { path: '/v1/nodes$', reset: true, times: 1 });
    await assert.rejects(harvester('GET', '/v1/nodes'), /fetch failed/);
    assert.equal((await harvester('GET', '/v1/nodes')).status, 200);
  });

  test('a held path waits until the fault is gone, and others do not wait for it', async() => {
    const { body } = await control('POST', '/faults', { path: '/v1/nodes$', hold: true });
    const order: string[] = [];
    const held = harvester('GET', '/v1/nodes').then(() => order.push('held'));

    await until(async() => (await control('GET', '/requests?path=/v1/nodes$')).text.includes('"status":0') || undefined);
    await harvester('GET', '/v1/pods').then(() => order.push('other'));
    await control('DELETE', `/faults/${ String(body.id) }`);
    await held;
    assert.deepEqual(order, ['other', 'held']);
  });

  test('a slow path answers in the end', async() => {
    await control('POST', '/faults', { path: '/v1/nodes$', latencyMilliseconds: 5 });
    assert.equal((await harvester('GET', '/v1/nodes')).status, 200);
  });

  test('faults are listed and taken back', async() => {
    const { body } = await control('POST', '/faults', { path: 'x', status: 500 });

    assert.equal(((await control('GET', '/faults')).body as unknown as Json[]).length, 1);
    assert.equal((await control('DELETE', `/faults/${ String(body.id) }`)).status, 204);
    assert.equal((await control('DELETE', `/faults/${ String(body.id) }`)).status, 404);
    assert.equal((await control('POST', '/faults', { status: 500 })).status, 400);
    assert.equal((await control('POST', '/faults', { path: '(', status: 500 })).status, 400);
  });
});

describe('the log of requests', () => {
  test('names user, path and status, controls left out', async() => {
    await control('DELETE', '/requests');
    await call('GET', '/k8s/clusters/c-m-harv01/api/v1/nodes/node-1/proxy/configz?a=b', undefined, { user: 'noproxy' });
    await harvester('GET', '/v1/pods');
    const all = (await control('GET', '/requests')).body as unknown as Json[];
    const some = (await control('GET', '/requests?path=configz')).body as unknown as Json[];

    assert.deepEqual(
      all.map(({ path }) => path).filter((path) => path !== '/v1-public/login'),
      ['/k8s/clusters/c-m-harv01/api/v1/nodes/node-1/proxy/configz', '/k8s/clusters/c-m-harv01/v1/pods'],
    );
    assert.deepEqual(
      some.map(({ method, path, query, user, status }) => ({ method, path, query, user, status })),
      [{ method: 'GET', path: '/k8s/clusters/c-m-harv01/api/v1/nodes/node-1/proxy/configz', query: '?a=b', user: 'noproxy', status: 403 }],
    );
  });
});

describe('websockets', () => {
  test('can be cut, all at once', async() => {
    const cookie =
      (await call('POST', '/v1-public/login', { username: 'admin', password: 'admin' }, { user: null })).headers.get('set-cookie')?.split(';')[0] ??
      '';
    const socket = new WebSocket(`${ run.simulator.url.replace('http', 'ws') }/v1/subscribe`, { headers: { cookie } });

    await new Promise((resolve) => socket.once('open', resolve));
    const closed = new Promise<number>((resolve) => socket.once('close', resolve));

    assert.deepEqual((await control('POST', '/websockets/drop')).body, { dropped: 1 });
    assert.equal(await closed, 1006);
    assert.equal((await control('GET', '/websockets')).body.open, 0);
  });

  test('without a session are turned away', async() => {
    const socket = new WebSocket(`${ run.simulator.url.replace('http', 'ws') }/v1/subscribe`);

    assert.match(await new Promise<string>((resolve) => socket.once('error', ({ message }) => resolve(message))), /401/);
  });
});

describe('nodes and pods', () => {
  beforeEach(() => control('POST', '/scenario', { name: 'small' }));

  test('a machine joins and leaves', async() => {
    const plan = {
      name: 'node-4',
      role: 'worker',
      cpuCores: 4,
      memoryBytes: 2 ** 34,
      diskBytes: 2 ** 38,
      diskUsedBytes: 2 ** 36,
      systemUseBytes: 2 ** 30,
    };

    assert.equal((await control('POST', '/nodes', plan)).status, 201);
    assert.equal(valueAt((await harvester('GET', '/v1/nodes/node-4')).body, 'metadata.state.name'), 'active');
    assert.equal((await control('DELETE', '/nodes/node-4')).status, 204);
    assert.equal((await harvester('GET', '/v1/nodes/node-4')).status, 404);
    assert.equal((await control('GET', '/nodes/node-4')).status, 404);
  });

  test('a machine joins under a name and an address of its own', async() => {
    const plan = { role: 'worker', cpuCores: 4, memoryBytes: 2 ** 34, diskBytes: 2 ** 38, diskUsedBytes: 2 ** 36, systemUseBytes: 2 ** 30 };
    const addressOf = async(name: string): Promise<unknown> => valueAt((await harvester('GET', `/v1/nodes/${ name }`)).body, 'status.addresses.0.address');

    await control('PUT', '/nodes/node-1/files', { path: '/etc/mark', content: 'there' });
    assert.equal((await control('POST', '/nodes', { ...plan, name: 'node-1' })).status, 409);
    assert.equal(((await control('GET', '/nodes/node-1')).body.files as Json)['/etc/mark'], 'there');

    await control('POST', '/nodes', { ...plan, name: 'node-5' });
    await control('DELETE', '/nodes/node-2');
    await control('POST', '/nodes', { ...plan, name: 'node-6' });
    assert.notEqual(await addressOf('node-6'), await addressOf('node-5'));
  });

  test('memory is where it was put, in the summary and in the metrics', async() => {
    await control('PUT', '/nodes/node-1/memory', { workingSetBytes: 50 * 2 ** 30 });
    const summary = (await harvester('GET', '/api/v1/nodes/node-1/proxy/stats/summary')).body;
    const metrics = (await harvester('GET', '/apis/metrics.k8s.io/v1beta1/nodes/node-1')).body;

    assert.equal(valueAt(summary, 'node.memory.workingSetBytes'), 50 * 2 ** 30);
    assert.equal(valueAt(metrics, 'usage.memory'), `${ 50 * 2 ** 20 }Ki`);
    assert.equal((await control('PUT', '/nodes/node-1/memory', {})).status, 400);
  });

  test('a pod is where it was put and uses what was said', async() => {
    const pod = {
      name: 'eater',
      namespace: 'default',
      node: 'node-1',
      owner: 'None',
      useBytes: 2 ** 30,
      containers: [{ name: 'eat', requests: { memory: '1Gi' } }],
    };

    assert.equal((await control('POST', '/pods', pod)).status, 201);
    const used = async(): Promise<number> => {
      const { body } = await harvester('GET', '/api/v1/nodes/node-1/proxy/stats/summary');
      const stats = (body.pods as Json[]).find((entry) => valueAt(entry, 'podRef.name') === 'eater');

      return Number(valueAt(stats, 'memory.workingSetBytes'));
    };

    assert.ok(Math.abs((await used()) / 2 ** 30 - 1) < 0.1);
    await control('PUT', '/pods/default/eater/use', { useBytes: 4 * 2 ** 30 });
    assert.ok(Math.abs((await used()) / 2 ** 30 - 4) < 0.3);
    assert.equal((await control('DELETE', '/pods/default/eater')).status, 204);
    assert.equal((await control('DELETE', '/pods/default/eater')).status, 404);
  });

  test('time moves only forward', async() => {
    const { now } = (await control('GET', '/clock')).body;

    assert.equal((await control('POST', '/clock', { advanceMilliseconds: 1000 })).body.now, Number(now) + 1000);
    assert.equal((await control('POST', '/clock', { advanceMilliseconds: -1 })).status, 400);
  });
});
