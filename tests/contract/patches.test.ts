import assert from 'node:assert/strict';
import { describe, test } from 'node:test';
import { target } from './support/target';

const steve = target();
const NAMESPACE = 'default';
const CONFIG_MAPS = `/api/v1/namespaces/${ NAMESPACE }/configmaps`;
const configMap = (name: string, data: Record<string, string> = { a: '1' }): object => ({ metadata: { name, namespace: NAMESPACE }, data });
const cloudInit = (name: string): object => ({
  metadata: { name },
  spec: { matchSelector: { 'contract/none': 'true' }, filename: `${ name }.yaml`, contents: 'stages: {}\n', paused: true },
});

describe('patching', () => {
  test('Steve before 0.8 takes no merge patch, and no patch of what is in a namespace: all of ours go to the Kubernetes API', async() => {
    const admin = steve.as('admin');
    const name = steve.name('steves');
    const inNamespace = `/v1/configmaps/${ NAMESPACE }/${ name }`;
    const custom = `/v1/node.harvesterhci.io.cloudinits/${ name }`;

    await admin.post('/v1/configmaps', configMap(name));
    await admin.post('/v1/node.harvesterhci.io.cloudinits', cloudInit(name));
    const answers = [
      await admin.patch(inNamespace, { data: { a: '2' } }),
      await admin.patch(inNamespace, [{ op: 'replace', path: '/data/a', value: '3' }], 'application/json-patch+json'),
      await admin.patch(custom, { spec: { paused: false } }),
      await admin.patch(custom, [{ op: 'replace', path: '/spec/paused', value: true }], 'application/json-patch+json'),
    ];

    assert.deepEqual(answers.map(({ status }) => status), steve.before08 ? [404, 404, 415, 200] : [200, 200, 200, 200]);
    await Promise.all([admin.remove(inNamespace), admin.remove(custom)]);
  });

  test('merge and JSON patches', async() => {
    const admin = steve.as('admin');
    const name = steve.name('patch');
    const path = `${ CONFIG_MAPS }/${ name }`;

    await admin.post('/v1/configmaps', configMap(name, { a: '1', b: '2' }));
    assert.deepEqual((await admin.patch(path, { data: { a: null, c: '3' } })).body.data, { b: '2', c: '3' });
    assert.deepEqual((await admin.patch(path, [{ op: 'replace', path: '/data/b', value: '4' }], 'application/json-patch+json')).body.data, {
      b: '4',
      c: '3',
    });
    await admin.remove(path);
  });

  test('a built-in kind takes a strategic merge patch, a custom one does not', async() => {
    const admin = steve.as('admin');
    const name = steve.name('strategic');
    const strategic = 'application/strategic-merge-patch+json';

    await admin.post('/v1/configmaps', configMap(name));
    await admin.post('/v1/node.harvesterhci.io.cloudinits', cloudInit(name));
    assert.equal((await admin.patch(`${ CONFIG_MAPS }/${ name }`, { data: { z: '1' } }, strategic)).status, 200);
    const { status, body } = await admin.patch(`/apis/node.harvesterhci.io/v1beta1/cloudinits/${ name }`, { spec: { paused: true } }, strategic);

    assert.deepEqual([status, body.reason], [415, 'UnsupportedMediaType']);
    await admin.remove(`/v1/configmaps/${ NAMESPACE }/${ name }`);
    await admin.remove(`/v1/node.harvesterhci.io.cloudinits/${ name }`);
  });

  test('plain JSON is no patch', async() => {
    const admin = steve.as('admin');
    const name = steve.name('json');

    await admin.post('/v1/configmaps', configMap(name));
    const { status, body } = await admin.patch(`${ CONFIG_MAPS }/${ name }`, { data: { z: '1' } }, 'application/json');

    assert.deepEqual([status, body.reason], [415, 'UnsupportedMediaType']);
    await admin.remove(`/v1/configmaps/${ NAMESPACE }/${ name }`);
  });
});
