import assert from 'node:assert/strict';
import { describe, test } from 'node:test';
import { at } from './support/client';
import type { Json } from './support/client';
import { target } from './support/target';

const steve = target();
const NAMESPACE = 'default';
const CONFIG_MAPS = `/api/v1/namespaces/${ NAMESPACE }/configmaps`;

/** Of one run's own objects, those that carry neither label, one at most: how we ask whether a namespace has plain pods. */
const query = (run: string): string => `?limit=1&labelSelector=${ encodeURIComponent(`run=${ run },!kubevirt.io,!cdi.kubevirt.io`) }`;

describe('label selectors of the Kubernetes API', () => {
  test('a label that is negated must not be there, whatever its value; and one is enough', async() => {
    const admin = steve.as('admin');
    const run = steve.name('labels');
    const create = (name: string, labels: Record<string, string>): Promise<unknown> => admin.post(CONFIG_MAPS, { apiVersion: 'v1', kind: 'ConfigMap', metadata: { name, namespace: NAMESPACE, labels: { run, ...labels } } });
    const names = [steve.name('vm'), steve.name('import'), steve.name('plain-a'), steve.name('plain-b')];
    const items = async(): Promise<unknown[]> => ((await admin.get(`${ CONFIG_MAPS }${ query(run) }`)).body.items as Json[]).map((item) => at(item, 'metadata.name'));

    await create(names[0] ?? '', { 'kubevirt.io': 'virt-launcher' });
    await create(names[1] ?? '', { 'cdi.kubevirt.io': '' });
    assert.deepEqual(await items(), []);
    await create(names[2] ?? '', {});
    await create(names[3] ?? '', { app: 'x' });
    assert.deepEqual(await items(), [names[2]]);
    await Promise.all(names.map((name) => admin.remove(`${ CONFIG_MAPS }/${ name }`)));
  });

  test('quotas and limit ranges are listed over all namespaces', async() => {
    for (const resource of ['resourcequotas', 'limitranges']) {
      const { status, body } = await steve.as('readonly').get(`/api/v1/${ resource }`);

      assert.equal(status, 200, resource);
      assert.ok(Array.isArray(body.items), resource);
    }
  });
});
