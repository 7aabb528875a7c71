import assert from 'node:assert/strict';
import { describe, test } from 'node:test';
import { valueAt } from '../store/objects';
import { session } from './session';

const { call } = session();
const WORKLOAD = 'harvester-baremetal-container-workload';
const path = (name: string): string => `/v1/management.cattle.io.features/${ name }`;

async function read(name: string): Promise<Record<string, unknown>> {
  return (await call('GET', path(name))).body;
}

async function put(name: string, value: boolean | null, status?: object) {
  const object = await read(name);

  return call('PUT', path(name), { ...object, spec: { value }, status: { ...(object.status as object), ...status } });
}

describe('Rancher’s features', () => {
  test('are changed with PUT and a resourceVersion, by those who may', async() => {
    const { metadata, ...rest } = await read(WORKLOAD);
    const answer = await call('PUT', path(WORKLOAD), { ...rest, metadata: { ...(metadata as object), resourceVersion: '1' }, spec: { value: false } });

    assert.equal(answer.status, 409);
    assert.equal((await call('PUT', path(WORKLOAD), { ...rest, metadata }, { user: 'readonly' })).status, 403);
    assert.equal((await call('PATCH', path(WORKLOAD), { spec: { value: false } })).status, 403);
    assert.equal((await put(WORKLOAD, false)).status, 200);
    assert.equal(valueAt(await read(WORKLOAD), 'spec.value'), false);
  });

  test('are marked as experimental, and turn on what they need', async() => {
    await put('harvester', false);
    await put(WORKLOAD, true);
    assert.equal(valueAt(await read(WORKLOAD), 'metadata.annotations[feature.cattle.io/experimental]'), 'true');
    assert.equal(valueAt(await read('harvester'), 'spec.value'), true);
  });

  test('are turned off with what they need', async() => {
    await put(WORKLOAD, true);
    await put('harvester', false);
    assert.equal(valueAt(await read(WORKLOAD), 'spec.value'), false);
    assert.equal(valueAt(await read('harvester'), 'spec.value'), false);
  });

  test('cannot be changed while locked, but to what they are locked to', async() => {
    await put(WORKLOAD, false, { lockedValue: true });
    const { status, body } = await put(WORKLOAD, null);

    assert.equal(status, 400);
    assert.equal(body.message, 'admission webhook "rancher.cattle.io.features.management.cattle.io" denied the request: feature flag cannot be changed from current value: true');
    assert.equal((await put(WORKLOAD, true)).status, 200);
  });
});
