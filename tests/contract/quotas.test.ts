/** What repairs of quotas rely on: single annotations go, and only from the version that was looked at. */
import assert from 'node:assert/strict';
import { describe, test } from 'node:test';
import { until } from '../e2e/support/wait';
import { at } from './support/client';
import { target } from './support/target';

const steve = target();
const NAMESPACE = 'default';
const QUOTAS = `/api/v1/namespaces/${ NAMESPACE }/resourcequotas`;
const KEY = 'harvesterhci.io/migratingUID-0';

describe('a ResourceQuota', () => {
  test('loses exactly the annotations that a merge patch makes null, if nobody changed it since', async() => {
    const admin = steve.as('admin');
    const name = steve.name('quota');
    const path = `${ QUOTAS }/${ name }`;
    const made = await admin.post(QUOTAS, { metadata: { name, namespace: NAMESPACE, annotations: { [KEY]: '{}', other: 'stays' } }, spec: { hard: { 'count/contracts.example': '1' } } });

    assert.equal(made.status, 201);
    const stale = at(made.body, 'metadata.resourceVersion');
    const removal = (resourceVersion: unknown): object => ({ metadata: { resourceVersion, annotations: { [KEY]: null } } });

    await admin.patch(path, { metadata: { annotations: { touched: 'yes' } } });
    assert.equal((await admin.patch(path, removal(stale))).status, 409);
    // Kubernetes' own controller changes a new quota, too: it sets the status
    const { status, body } = await until('nobody changing the quota meanwhile', async() => {
      const { body: now } = await admin.get(path);
      const answer = await admin.patch(path, removal(at(now, 'metadata.resourceVersion')));

      return answer.status !== 409 && answer;
    });

    assert.equal(status, 200);
    assert.deepEqual((body.metadata as { annotations: unknown }).annotations, { other: 'stays', touched: 'yes' });
    assert.deepEqual(at(body, 'spec.hard'), { 'count/contracts.example': '1' });
    await admin.remove(path);
  });

  test('is not changed by who may only read', async() => {
    const name = steve.name('quota');
    const path = `${ QUOTAS }/${ name }`;

    await steve.as('admin').post(QUOTAS, { metadata: { name, namespace: NAMESPACE, annotations: { [KEY]: '{}' } }, spec: { hard: { 'count/contracts.example': '1' } } });
    assert.equal((await steve.as('readonly').patch(path, { metadata: { annotations: { [KEY]: null } } })).status, 403);
    await steve.as('admin').remove(path);
  });
});
