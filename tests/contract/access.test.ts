import assert from 'node:assert/strict';
import { describe, test } from 'node:test';
import { at, rows } from './support/client';
import type { Client } from './support/client';
import { target } from './support/target';

const steve = target();

async function firstNode(client: Client): Promise<string> {
  return String(rows(await client.get('/v1/nodes'))[0]?.id);
}

describe('rights', () => {
  test("who is not logged in gets Rancher's answer, its status a text", async() => {
    const { status, body } = await steve.anonymous().get('/v1/nodes');

    assert.deepEqual([status, body.type, body.status, body.message], [401, 'error', '401', 'must authenticate']);
  });

  test('links that the user may not follow are left out', async() => {
    const links = async(client: Client): Promise<string[]> => Object.keys(rows(await client.get('/v1/nodes'))[0]?.links as object).sort();

    assert.deepEqual(await links(steve.as('admin')), ['patch', 'remove', 'self', 'update', 'view']);
    assert.deepEqual(await links(steve.as('readonly')), ['self', 'view']);
  });

  test('a method that the schema does not have is refused by Steve', async() => {
    const { status, body } = await steve.as('readonly').remove('/v1/configmaps/default/whatever');

    assert.deepEqual([status, body.type, body.code, body.message], [403, 'error', 'PermissionDenied', 'Method DELETE not supported']);
  });

  test('the Kubernetes API refuses in its own words', async() => {
    const { status, body } = await steve
      .as('readonly')
      .post('/api/v1/namespaces/default/configmaps', { apiVersion: 'v1', kind: 'ConfigMap', metadata: { name: 'no', namespace: 'default' } });

    assert.equal(status, 403);
    assert.deepEqual([body.kind, body.apiVersion, body.status, body.reason, body.code], ['Status', 'v1', 'Failure', 'Forbidden', 403]);
    assert.match(
      String(body.message),
      /^configmaps is forbidden: User "[^"]+" cannot create resource "configmaps" in API group "" in the namespace "default"$/,
    );
  });

  test('kubelets are behind nodes/proxy', async() => {
    const node = await firstNode(steve.as('noproxy'));

    for (const path of ['configz', 'stats/summary']) {
      const { status, body } = await steve.as('noproxy').get(`/api/v1/nodes/${ node }/proxy/${ path }`);

      assert.deepEqual([status, body.reason], [403, 'Forbidden'], path);
      assert.match(
        String(body.message),
        new RegExp(`^nodes "${ node }" is forbidden: User "[^"]+" cannot get resource "nodes/proxy" in API group "" at the cluster scope$`),
      );
      assert.equal((await steve.as('readonly').get(`/api/v1/nodes/${ node }/proxy/${ path }`)).status, 200, path);
    }
  });

  test('SelfSubjectAccessReview says what a user may do', async() => {
    const ask = async(client: Client, resourceAttributes: object): Promise<unknown> => {
      const { status, body } = await client.post('/apis/authorization.k8s.io/v1/selfsubjectaccessreviews', {
        apiVersion: 'authorization.k8s.io/v1',
        kind: 'SelfSubjectAccessReview',
        spec: { resourceAttributes },
      });

      assert.equal(status, 201);

      return at(body, 'status.allowed');
    };
    const proxy = { verb: 'get', group: '', resource: 'nodes', subresource: 'proxy' };
    const cloudInit = { verb: 'update', group: 'node.harvesterhci.io', resource: 'cloudinits' };

    assert.deepEqual(
      [await ask(steve.as('admin'), proxy), await ask(steve.as('noproxy'), proxy), await ask(steve.as('readonly'), proxy)],
      [true, false, true],
    );
    assert.deepEqual(
      [await ask(steve.as('admin'), cloudInit), await ask(steve.as('nocloudinit'), cloudInit), await ask(steve.as('readonly'), cloudInit)],
      [true, false, false],
    );
  });
});

describe('forged requests', () => {
  const browser = { 'user-agent': 'Mozilla/5.0 (contract)' };

  test('a browser gets a cookie and must send it back with every change', async() => {
    const first = await steve.as('admin').request('/v1/nodes', { headers: browser });
    const token = /CSRF=([0-9a-f]{32});/.exec(first.headers.get('set-cookie') ?? '')?.[1] ?? '';

    assert.match(token, /^[0-9a-f]{32}$/);
    const cookie = `${ steve.as('admin').cookie }; CSRF=${ token }`;
    const post = (headers: Record<string, string>): ReturnType<Client['request']> => steve
      .as('admin')
      .request('/v1/configmaps?dryRun=All', {
        method: 'POST',
        body: { metadata: { name: steve.name('csrf'), namespace: 'default' } },
        headers: { ...browser, cookie, ...headers },
      });
    const without = await post({});

    assert.deepEqual([without.status, without.body.code], [422, 'InvalidCSRFToken']);
    assert.equal((await post({ 'x-api-csrf': '0'.repeat(32) })).status, 422);
    assert.equal((await post({ 'x-api-csrf': token })).status, 201);
  });

  test('other clients need none', async() => {
    const { status, headers } = await steve.as('admin').request('/v1/nodes', { headers: { 'user-agent': 'contract' } });

    assert.deepEqual([status, headers.get('set-cookie')], [200, null]);
  });
});
