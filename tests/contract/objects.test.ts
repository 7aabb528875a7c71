import assert from 'node:assert/strict';
import { describe, test } from 'node:test';
import { at } from './support/client';
import { target } from './support/target';

const steve = target();
const NAMESPACE = 'default';
const CONFIG_MAPS = `/api/v1/namespaces/${ NAMESPACE }/configmaps`;
const configMap = (name: string, data: Record<string, string> = { a: '1' }): object => ({ metadata: { name, namespace: NAMESPACE }, data });

describe('creating', () => {
  test('POST answers 201 with links', async() => {
    const name = steve.name('new');
    const { status, body } = await steve.as('admin').post('/v1/configmaps', configMap(name));

    assert.equal(status, 201);
    assert.equal(body.id, `${ NAMESPACE }/${ name }`);
    assert.equal(body.type, 'configmap');
    assert.equal(at(body, 'links.self'), `${ steve.as('admin').base }/v1/configmaps/${ NAMESPACE }/${ name }`);
    assert.equal(at(body, 'links.view'), `${ steve.as('admin').base }/api/v1/namespaces/${ NAMESPACE }/configmaps/${ name }`);
    await steve.as('admin').remove(`/v1/configmaps/${ NAMESPACE }/${ name }`);
  });

  test('a namespaced object without a namespace is refused', async() => {
    const { status, body } = await steve.as('admin').post('/v1/configmaps', { metadata: { name: steve.name('nowhere') } });

    assert.equal(status, 422);
    assert.equal(body.code, 'InvalidBodyContent');
  });

  test('an object that exists conflicts', async() => {
    const admin = steve.as('admin');
    const name = steve.name('twice');

    await admin.post('/v1/configmaps', configMap(name));
    const { status, body } = await admin.post('/v1/configmaps', configMap(name));

    assert.deepEqual(
      [status, body.type, body.code, body.status, body.message],
      [409, 'error', 'AlreadyExists', 409, `configmaps "${ name }" already exists`],
    );
    await admin.remove(`/v1/configmaps/${ NAMESPACE }/${ name }`);
  });

  test('dryRun=All stores nothing', async() => {
    const name = steve.name('dry');

    assert.equal((await steve.as('admin').post('/v1/configmaps?dryRun=All', configMap(name))).status, 201);
    assert.equal((await steve.as('admin').get(`/v1/configmaps/${ NAMESPACE }/${ name }`)).status, 404);
  });

  test('a name is made up from generateName', async() => {
    const { status, body } = await steve.as('admin').post('/v1/configmaps', { metadata: { generateName: 'made-', namespace: NAMESPACE } });

    assert.equal(status, 201);
    assert.match(String(at(body, 'metadata.name')), /^made-[a-z0-9]{5}$/);
    await steve.as('admin').remove(`/v1/configmaps/${ String(body.id) }`);
  });
});

describe('reading', () => {
  test('GET has the printer columns and the state', async() => {
    const admin = steve.as('admin');
    const name = steve.name('read');

    await admin.post('/v1/configmaps', configMap(name));
    const { status, body } = await admin.get(`/v1/configmaps/${ NAMESPACE }/${ name }`);

    assert.equal(status, 200);
    assert.equal((at(body, 'metadata.fields') as unknown[])[0], name);
    assert.deepEqual(at(body, 'metadata.state'), { name: 'active', error: false, transitioning: false, message: 'Resource is always ready' });
    await admin.remove(`/v1/configmaps/${ NAMESPACE }/${ name }`);
  });

  test('what is not there answers as Kubernetes does', async() => {
    const { status, body } = await steve.as('admin').get('/v1/nodes/no-such-node');

    assert.deepEqual([status, body.type, body.code, body.status, body.message], [404, 'error', 'NotFound', 404, 'nodes "no-such-node" not found']);
  });

  test('an unknown type answers 404 without a body', async() => {
    const { status, text } = await steve.as('admin').get('/v1/example.com.things');

    assert.deepEqual([status, text], [404, '']);
  });
});

describe('replacing', () => {
  test('PUT needs a resourceVersion', async() => {
    const admin = steve.as('admin');
    const name = steve.name('put');

    await admin.post('/v1/configmaps', configMap(name));
    const { status, body } = await admin.put(`/v1/configmaps/${ NAMESPACE }/${ name }`, configMap(name, { a: '2' }));

    assert.deepEqual([status, body.code, body.message], [500, 'ServerError', 'metadata.resourceVersion is required for update']);
    await admin.remove(`/v1/configmaps/${ NAMESPACE }/${ name }`);
  });

  test('a stale resourceVersion conflicts, and nothing is written', async() => {
    const admin = steve.as('admin');
    const name = steve.name('stale');
    const path = `/v1/configmaps/${ NAMESPACE }/${ name }`;
    const first = await admin.post('/v1/configmaps', configMap(name));

    assert.equal((await admin.put(path, { ...first.body, data: { a: '2' } })).status, 200);
    const { status, body } = await admin.put(path, { ...first.body, data: { a: '3' } });

    assert.deepEqual([status, body.type, body.code, body.status], [409, 'error', 'Conflict', 409]);
    assert.equal(
      body.message,
      `Operation cannot be fulfilled on configmaps "${ name }": the object has been modified; please apply your changes to the latest version and try again`,
    );
    assert.equal(at((await admin.get(path)).body, 'data.a'), '2');
    await admin.remove(path);
  });

  test('what was read can be written back: Steve takes its own additions out', async() => {
    const admin = steve.as('admin');
    const name = steve.name('back');
    const path = `/v1/configmaps/${ NAMESPACE }/${ name }`;

    await admin.post('/v1/configmaps', configMap(name));
    const read = await admin.get(path);

    assert.equal((await admin.put(path, { ...read.body, data: { a: 'changed' } })).status, 200);
    const raw = await admin.get(`/api/v1/namespaces/${ NAMESPACE }/configmaps/${ name }`);

    assert.equal(at(raw.body, 'data.a'), 'changed');
    for (const key of ['metadata.fields', 'metadata.state', 'metadata.relationships', 'links', 'type', 'id']) {
      assert.equal(at(raw.body, key), undefined, key);
    }
    await admin.remove(path);
  });

  test('a write that changes nothing keeps the resourceVersion', async() => {
    const admin = steve.as('admin');
    const name = steve.name('same');
    const path = `/v1/configmaps/${ NAMESPACE }/${ name }`;
    const { body } = await admin.post('/v1/configmaps', configMap(name));

    assert.equal(at((await admin.put(path, body)).body, 'metadata.resourceVersion'), at(body, 'metadata.resourceVersion'));
    await admin.remove(path);
  });

  test('dryRun=All on PUT is forgotten by Steve: it writes', async() => {
    const admin = steve.as('admin');
    const name = steve.name('notdry');
    const path = `/v1/configmaps/${ NAMESPACE }/${ name }`;
    const { body } = await admin.post('/v1/configmaps', configMap(name));

    await admin.put(`${ path }?dryRun=All`, { ...body, data: { a: 'written' } });
    assert.equal(at((await admin.get(path)).body, 'data.a'), 'written');
    await admin.remove(path);
  });

  test('a body of YAML is taken', async() => {
    const admin = steve.as('admin');
    const name = steve.name('yaml');
    const path = `/v1/configmaps/${ NAMESPACE }/${ name }`;
    const { body } = await admin.post('/v1/configmaps', configMap(name));
    const yaml = `apiVersion: v1\nkind: ConfigMap\nmetadata:\n  name: ${ name }\n  namespace: ${ NAMESPACE }\n  resourceVersion: "${ String(
      at(body, 'metadata.resourceVersion'),
    ) }"\ndata:\n  a: from yaml\n`;

    assert.equal((await admin.request(path, { method: 'PUT', body: yaml, type: 'application/yaml' })).status, 200);
    assert.equal(at((await admin.get(path)).body, 'data.a'), 'from yaml');
    await admin.remove(path);
  });
});

describe('deleting', () => {
  test('answers 204 when the object is gone', async() => {
    const admin = steve.as('admin');
    const name = steve.name('gone');

    await admin.post('/v1/configmaps', configMap(name));
    const { status, text } = await admin.remove(`/v1/configmaps/${ NAMESPACE }/${ name }`);

    assert.deepEqual([status, text], [204, '']);
  });

  test('answers 200 and the object while a finalizer holds it', async() => {
    const admin = steve.as('admin');
    const name = steve.name('held');
    const path = `/v1/configmaps/${ NAMESPACE }/${ name }`;

    await admin.post('/v1/configmaps', { metadata: { name, namespace: NAMESPACE, finalizers: ['example.com/hold'] } });
    const { status, body } = await admin.remove(path);

    assert.equal(status, 200);
    assert.ok(at(body, 'metadata.deletionTimestamp'));
    assert.equal(at(body, 'metadata.state.name'), 'removing');
    await admin.patch(`${ CONFIG_MAPS }/${ name }`, { metadata: { finalizers: null } });
    assert.equal((await admin.get(path)).status, 404);
  });
});
