import assert from 'node:assert/strict';
import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { after, describe, test } from 'node:test';
import { USERS } from '../access/users';
import { startSimulator } from '../simulator';
import { valueAt } from '../store/objects';
import { session } from './session';
import type { Json } from './session';

const folder = mkdtempSync(join(tmpdir(), 'simulator-'));
const metadata = { 'catalog.cattle.io/ui-extensions-version': '>= 3.0.0 < 4.0.0' };
const extension = { name: 'thing', version: '1.2.3', metadata, folder: join(folder, 'thing') };

for (const [path, content] of [
  ['dashboard/index.html', '<html>the dashboard</html>'],
  ['dashboard/favicon.png', 'icon'],
  ['dashboard/js/app.js', 'app'],
  ['secret.txt', 'secret'],
  ['thing/thing-1.2.3.umd.min.js', 'main'],
  ['thing/thing-1.2.3.umd.min.4.js', 'chunk'],
] as const) {
  mkdirSync(join(folder, path, '..'), { recursive: true });
  writeFileSync(join(folder, path), content);
}
after(() => rmSync(folder, { recursive: true }));

const front = session({ dashboardDir: join(folder, 'dashboard'), extensions: [extension] });
const { call } = front;
const nobody = { user: null };

describe('before login', () => {
  test('the header says so, and only some settings are shown', async() => {
    const { status, headers, body } = await call('GET', '/v1/management.cattle.io.settings', undefined, nobody);
    const shown = (body.data as Json[]).map(({ id }) => id);

    assert.deepEqual([status, headers.get('x-api-cattle-auth')], [200, 'false']);
    assert.ok(shown.includes('ui-performance') && shown.includes('first-login'));
    assert.ok(!shown.includes('server-url'));
    assert.equal((await call('GET', '/v1/management.cattle.io.settings/server-url', undefined, nobody)).status, 403);
    assert.equal((await call('GET', '/v1/management.cattle.io.settings/ui-banners', undefined, nobody)).status, 200);
  });

  test("ui-performance is whole: the Dashboard's workers and Harvester's pages read into it", async() => {
    const { body } = await call('GET', '/v1/management.cattle.io.settings/ui-performance', undefined, nobody);
    const value = JSON.parse(String(body.value)) as Json;

    for (const path of [
      'incrementalLoading.enabled',
      'advancedWorker.enabled',
      'serverPagination.useDefaultStores',
      'kubeAPI.warningHeader.separator',
      'inactivity.enabled',
      'garbageCollection.enabled',
      'forceNsFilterV2.enabled',
    ]) {
      assert.notEqual(valueAt(value, path), undefined, path);
    }
  });

  test('everything else wants a login', async() => {
    for (const path of [
      '/v1/schemas',
      '/v1/nodes',
      '/k8s/clusters/c-m-harv01/v1/nodes',
      '/api/v1/nodes',
      '/v3/principals',
      '/v1/userpreferences',
      '/v1/uiplugins/thing/1.2.3/plugin/thing-1.2.3.umd.min.js',
    ]) {
      const { status, body } = await call('GET', path, undefined, nobody);

      assert.deepEqual([status, body.status], [401, '401'], path);
    }
    assert.equal((await call('POST', '/v1/ext.cattle.io.selfuser', {}, nobody)).status, 401);
  });

  test('no extension is listed', async() => {
    assert.deepEqual((await call('GET', '/v1/uiplugins', undefined, nobody)).body, { entries: {} });
  });

  test('a wrong password is refused', async() => {
    const { status, headers } = await call('POST', '/v1-public/login', { username: 'admin', password: 'wrong' }, nobody);

    assert.deepEqual([status, headers.get('set-cookie')], [401, null]);
  });
});

describe('after login', () => {
  test('each user is who they are', async() => {
    for (const { name } of USERS) {
      for (const path of ['/v1/ext.cattle.io.selfuser', '/v1/ext.cattle.io.selfusers']) {
        const { status, body, headers } = await call('POST', path, {}, { user: name });

        assert.deepEqual([status, valueAt(body, 'status.userID'), headers.get('x-api-cattle-auth')], [201, name, 'true']);
      }
      const [me] = (await call('GET', '/v3/principals', undefined, { user: name })).body.data as Json[];

      assert.deepEqual([me?.me, me?.loginName], [true, name]);
    }
  });

  test('the start-up calls are answered', async() => {
    for (const path of [
      '/rancherversion',
      '/version',
      '/v1-public/authproviders',
      '/v3/schemas',
      '/v1/schemas',
      '/v1/counts',
      '/v1/namespaces',
      '/v1/management.cattle.io.features',
      '/v1/management.cattle.io.clusters/local',
      '/v1/management.cattle.io.clusters/c-m-harv01',
      '/v1/management.cattle.io.projects/c-m-harv01',
      '/v1/management.cattle.io.users/admin',
      '/v1/harvester/schemas',
      '/k8s/clusters/c-m-harv01/v1/harvester/harvesterhci.io.settings',
      '/k8s/clusters/local/v1/namespaces',
    ]) {
      assert.equal((await call('GET', path)).status, 200, path);
    }
  });

  test('the Harvester cluster is recognised as one, the others are not', async() => {
    const provider = async(id: string): Promise<unknown[]> => {
      const { body } = await call('GET', `/v1/management.cattle.io.clusters/${ id }`);

      return [valueAt(body, 'metadata.labels[provider.cattle.io]'), valueAt(body, 'status.provider')];
    };

    assert.deepEqual(await provider('c-m-harv01'), ['harvester', 'harvester']);
    assert.deepEqual(await provider('c-m-plain01'), ['rke2', 'rke2']);
    assert.equal((await call('GET', '/k8s/clusters/c-m-plain01/v1/harvesterhci.io.settings')).status, 404);
    assert.equal((await call('GET', '/k8s/clusters/c-none/v1/nodes')).status, 404);
  });

  test('the Harvester UI finds the types that it needs', async() => {
    const ids = ((await call('GET', '/k8s/clusters/c-m-harv01/v1/harvester/schemas')).body.data as Json[]).map(({ id }) => id);

    for (const id of [
      'longhorn.io.setting',
      'longhorn.io.node',
      'longhorn.io.volume',
      'harvesterhci.io.upgrade',
      'harvesterhci.io.upgradelog',
      'harvesterhci.io.setting',
      'harvesterhci.io.addon',
      'harvesterhci.io.resourcequota',
      'harvesterhci.io.virtualmachineimage',
      'kubevirt.io.virtualmachine',
      'kubevirt.io.virtualmachineinstance',
      'kubevirt.io.virtualmachineinstancemigration',
      'network.harvesterhci.io.clusternetwork',
      'network.harvesterhci.io.vlanstatus',
      'network.harvesterhci.io.linkmonitor',
      'node.harvesterhci.io.cloudinit',
    ]) {
      assert.ok(ids.includes(id), id);
    }
    const version = (await call('GET', '/k8s/clusters/c-m-harv01/v1/harvester/harvesterhci.io.settings/server-version')).body;

    assert.equal(version.value, 'v1.9.0');
  });

  test("links keep the cluster's prefix, below /v1/harvester too", async() => {
    for (const path of ['/v1/nodes/node-1', '/v1/harvester/nodes/node-1']) {
      assert.equal(
        valueAt((await front.harvester('GET', path)).body, 'links.self'),
        `${ front.simulator.url }/k8s/clusters/c-m-harv01/v1/nodes/node-1`,
      );
    }
  });

  test("most of Rancher's own types can only be read, features can be switched", async() => {
    const feature = (await call('GET', '/v1/management.cattle.io.features/harvester-baremetal-container-workload')).body;

    assert.deepEqual(
      [valueAt(feature, 'spec.value'), valueAt(feature, 'status.default'), valueAt(feature, 'status.lockedValue')],
      [true, false, null],
    );
    assert.equal(
      (await call('PUT', '/v1/management.cattle.io.features/harvester-baremetal-container-workload', { ...feature, spec: { value: false } })).status,
      200,
    );
    const cluster = (await call('GET', '/v1/management.cattle.io.clusters/c-m-harv01')).body;

    assert.equal(valueAt(cluster, 'links.update'), 'blocked');
    assert.equal((await call('PUT', '/v1/management.cattle.io.clusters/c-m-harv01', cluster)).status, 403);
  });

  test("preferences are each user's own", async() => {
    const preference = async(user: string): Promise<Json> => ((await call('GET', '/v1/userpreferences', undefined, { user })).body.data as Json[])[0] ?? {};
    const mine = await preference('admin');

    assert.equal((await call('PUT', '/v1/userpreferences/admin', { ...mine, data: { theme: 'ui-dark' } })).status, 200);
    assert.deepEqual([(await preference('admin')).data, (await preference('readonly')).data], [{ theme: 'ui-dark' }, {}]);
    assert.equal((await call('PUT', '/v1/userpreferences/admin', { data: {} }, { user: 'readonly' })).status, 404);
  });

  test('a logout ends the session', async() => {
    const { headers } = await call('POST', '/v1-public/login', { username: 'readonly', password: 'readonly' }, nobody);
    const cookie = headers.get('set-cookie')?.split(';')[0] ?? '';
    const probe = async(): Promise<number> => (await call('GET', '/v1/schemas', undefined, { user: null, headers: { cookie } })).status;

    assert.equal(await probe(), 200);
    await call('POST', '/v1/logout', {}, { user: null, headers: { cookie } });
    assert.equal(await probe(), 401);
  });
});

describe('files', () => {
  test('the Dashboard is below /dashboard, its routes fall back to index.html', async() => {
    const html = { user: null, headers: { accept: 'text/html' } };

    assert.equal((await call('GET', '/dashboard/js/app.js', undefined, nobody)).text, 'app');
    for (const path of ['/dashboard', '/dashboard/', '/dashboard/harvester/c/c-m-harv01/node-pressure']) {
      assert.equal((await call('GET', path, undefined, html)).text, '<html>the dashboard</html>', path);
    }
    assert.equal((await call('GET', '/dashboard/js/none.js', undefined, nobody)).status, 404);
    assert.equal((await call('GET', '/favicon.png', undefined, nobody)).headers.get('content-type'), 'image/png');
    assert.equal((await call('GET', '/', undefined, nobody)).headers.get('location'), '/dashboard/');
  });

  test('nothing outside the folders is served', async() => {
    for (const path of ['/dashboard/..%2fsecret.txt', '/dashboard/%2e%2e/secret.txt', '/v1/uiplugins/thing/1.2.3/plugin/..%2f..%2fsecret.txt']) {
      const { status, text } = await call('GET', path);

      assert.deepEqual([status, text.includes('secret')], [404, false], path);
    }
  });

  test('extensions are listed and served as Rancher does', async() => {
    assert.deepEqual((await call('GET', '/v1/uiplugins')).body, {
      entries: { thing: { name: 'thing', version: '1.2.3', endpoint: '/v1/uiplugins/thing/1.2.3', noCache: false, noAuth: false, metadata } },
    });
    assert.equal((await call('GET', '/v1/uiplugins/thing/1.2.3/plugin/thing-1.2.3.umd.min.js')).text, 'main');
    assert.equal((await call('GET', '/v1/uiplugins/thing/1.2.3/plugin/thing-1.2.3.umd.min.4.js')).text, 'chunk');
    assert.equal((await call('GET', '/v1/uiplugins/thing/9.9.9/plugin/thing-1.2.3.umd.min.js')).status, 404);
  });

  test('an extension that the Dashboard would refuse silently is refused at once', async() => {
    await assert.rejects(startSimulator({ extensions: [{ ...extension, metadata: {} }] }), /ui-extensions-version/);
    await assert.rejects(startSimulator({ extensions: [{ ...extension, version: '2.0.0' }] }), /thing-2\.0\.0\.umd\.min\.js/);
  });
});
