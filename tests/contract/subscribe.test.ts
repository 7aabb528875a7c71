import assert from 'node:assert/strict';
import { after, before, describe, test } from 'node:test';
import { at } from './support/client';
import { Feed } from './support/feed';
import { target } from './support/target';

const steve = target();
const NAMESPACE = 'default';

describe('subscribing', () => {
  let feed: Feed;
  const create = (name: string, labels: Record<string, string> = {}): Promise<unknown> => {
    return steve.as('admin').post('/v1/configmaps', { metadata: { name, namespace: NAMESPACE, labels }, data: { a: '1' } });
  };
  const remove = (name: string): Promise<unknown> => steve.as('admin').remove(`/v1/configmaps/${ NAMESPACE }/${ name }`);

  before(async() => {
    feed = await steve.as('admin').subscribe();
  });
  after(() => feed.close());

  test('a watch starts, tells of every change, and stops', async() => {
    const name = steve.name('watched');
    const id = `${ NAMESPACE }/${ name }`;
    const about = (event: string) => feed.next((message) => message.name === event && message.data?.id === id);

    feed.send({ resourceType: 'configmap', namespace: NAMESPACE });
    assert.equal((await feed.named('resource.start', 'configmap')).namespace, NAMESPACE);
    await create(name);
    const created = await about('resource.create');

    assert.equal(created.resourceType, 'configmap');
    assert.match(String(created.revision), /^\d+$/);
    assert.equal((at(created.data, 'metadata.fields') as unknown[])[0], name);
    assert.ok(at(created.data, 'links.self'));
    await steve.as('admin').patch(`/api/v1/namespaces/${ NAMESPACE }/configmaps/${ name }`, { data: { a: '2' } });
    assert.equal(at((await about('resource.change')).data, 'data.a'), '2');
    await remove(name);
    await about('resource.remove');
    feed.send({ resourceType: 'configmap', namespace: NAMESPACE, stop: true });
    await feed.named('resource.stop', 'configmap');
  });

  test('nothing comes after the stop', async() => {
    const name = steve.name('late');
    const other = steve.name('other');

    feed.send({ resourceType: 'configmap', namespace: NAMESPACE });
    await feed.named('resource.start', 'configmap');
    feed.send({ resourceType: 'configmap', namespace: NAMESPACE, stop: true });
    await feed.named('resource.stop', 'configmap');
    await create(name);
    // A watch that started after the change proves that the earlier one had its chance
    feed.send({ resourceType: 'configmap', namespace: NAMESPACE, id: other });
    await feed.named('resource.start', 'configmap');
    await create(other);
    await feed.next((message) => message.data?.id === `${ NAMESPACE }/${ other }`);
    assert.ok(!feed.pending().some((message) => message.data?.id === `${ NAMESPACE }/${ name }`));
    feed.send({ resourceType: 'configmap', namespace: NAMESPACE, id: other, stop: true });
    await feed.named('resource.stop', 'configmap');
    await Promise.all([remove(name), remove(other)]);
  });

  test("the stop must repeat the watch's key", async() => {
    const name = steve.name('key');

    feed.send({ resourceType: 'configmap', namespace: NAMESPACE });
    await feed.named('resource.start', 'configmap');
    feed.send({ resourceType: 'configmap', stop: true });
    await create(name);
    await feed.next((message) => message.name === 'resource.create' && message.data?.id === `${ NAMESPACE }/${ name }`);
    feed.send({ resourceType: 'configmap', namespace: NAMESPACE, stop: true });
    await feed.named('resource.stop', 'configmap');
    await remove(name);
  });

  test('a selector narrows the watch', async() => {
    const [inside, outside] = [steve.name('inside'), steve.name('outside')];

    feed.send({ resourceType: 'configmap', namespace: NAMESPACE, selector: `contract/run=${ inside }` });
    await feed.named('resource.start', 'configmap');
    await create(outside);
    await create(inside, { 'contract/run': inside });
    const first = await feed.next(({ name, data }) => name === 'resource.create' && [inside, outside].some((created) => data?.id === `${ NAMESPACE }/${ created }`));

    assert.equal(first.data?.id, `${ NAMESPACE }/${ inside }`);
    feed.send({ resourceType: 'configmap', namespace: NAMESPACE, selector: `contract/run=${ inside }`, stop: true });
    await feed.named('resource.stop', 'configmap');
    await Promise.all([remove(inside), remove(outside)]);
  });

  test('what was missed since a resourceVersion is told first', async() => {
    const name = steve.name('missed');
    const { body } = await steve.as('admin').get('/v1/configmaps?pagesize=1');

    await create(name);
    feed.send({ resourceType: 'configmap', namespace: NAMESPACE, resourceVersion: String(body.revision) });
    await feed.named('resource.start', 'configmap');
    await feed.next((message) => message.name === 'resource.create' && message.data?.id === `${ NAMESPACE }/${ name }`);
    feed.send({ resourceType: 'configmap', namespace: NAMESPACE, stop: true });
    await feed.named('resource.stop', 'configmap');
    await remove(name);
  });

  test('a resourceVersion that the cache no longer has ends the watch', { skip: !steve.cached && 'only the SQL cache forgets so soon' }, async() => {
    feed.send({ resourceType: 'configmap', namespace: NAMESPACE, resourceVersion: '1' });
    await feed.named('resource.start', 'configmap');
    const error = await feed.named('resource.error', 'configmap');

    assert.deepEqual(error.data, { error: 'resourceversion too old' });
    await feed.named('resource.stop', 'configmap');
  });

  test('without the cache, a watch from nowhere begins with all that is there', { skip: steve.cached && 'the cache tells of changes only' }, async() => {
    const name = steve.name('there');

    await create(name);
    feed.send({ resourceType: 'configmap', namespace: NAMESPACE });
    await feed.named('resource.start', 'configmap');
    await feed.next((message) => message.name === 'resource.create' && message.data?.id === `${ NAMESPACE }/${ name }`);
    feed.send({ resourceType: 'configmap', namespace: NAMESPACE, stop: true });
    await feed.named('resource.stop', 'configmap');
    await remove(name);
  });

  test('an unknown type ends the watch', async() => {
    feed.send({ resourceType: 'example.com.thing' });
    const error = await feed.named('resource.error', 'example.com.thing');

    assert.match(String(error.data?.error), /^failed to find schema/);
    await feed.named('resource.stop', 'example.com.thing');
  });

  test('in the mode resource.changes only the fact of a change is told: the first at once, then as often as allowed', { skip: !steve.cached && 'the Dashboard asks for it only with the SQL cache' }, async() => {
    const [name, other] = [steve.name('changes'), steve.name('again')];
    const { body } = await steve.as('admin').get('/v1/configmaps?pagesize=1');
    const watch = { resourceType: 'configmap', namespace: NAMESPACE, mode: 'resource.changes', debounceMs: 200, resourceVersion: String(body.revision) };

    feed.send(watch);
    await feed.named('resource.start', 'configmap');
    await create(name);
    const first = await feed.named('resource.changes', 'configmap');

    assert.deepEqual([first.mode, first.data], ['resource.changes', { type: 'subscribe', links: {} }]);
    await create(other);
    const second = await feed.named('resource.changes', 'configmap');

    assert.ok(Number(second.revision) > Number(first.revision));
    feed.send({ ...watch, stop: true });
    await feed.named('resource.stop', 'configmap');
    await Promise.all([remove(name), remove(other)]);
  });

  test('rights decide what can be watched', async() => {
    const theirs = await steve.as('nocloudinit').subscribe();

    theirs.send({ resourceType: 'node.harvesterhci.io.cloudinit' });
    const error = await theirs.named('resource.error', 'node.harvesterhci.io.cloudinit');

    assert.match(String(error.data?.error), /^failed to find schema/);
    theirs.close();
  });

  test('another origin is turned away', async() => {
    const admin = steve.as('admin');

    await assert.rejects(
      Feed.open(`${ admin.base.replace(/^http/, 'ws') }/v1/subscribe`, admin.cookie, { origin: 'https://elsewhere.example' }),
      /403/,
    );
  });
});
