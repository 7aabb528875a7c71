import assert from 'node:assert/strict';
import { after, before, describe, test } from 'node:test';
import { until } from '../e2e/support/wait';
import { at, ids } from './support/client';
import type { Feed, Message } from './support/feed';
import { target } from './support/target';

const steve = target();
const NAMESPACE = 'default';

describe('subscribing', () => {
  let feed: Feed;
  const create = (name: string, labels: Record<string, string> = {}): Promise<unknown> => {
    return steve.as('admin').post('/v1/configmaps', { metadata: { name, namespace: NAMESPACE, labels }, data: { a: '1' } });
  };
  /** A message about one of these ConfigMaps. */
  const about = (...names: string[]) => ({ data }: Message): boolean => names.some((name) => data?.id === `${ NAMESPACE }/${ name }`);
  const remove = (name: string): Promise<unknown> => steve.as('admin').remove(`/v1/configmaps/${ NAMESPACE }/${ name }`);

  before(async() => {
    feed = await steve.as('admin').subscribe();
  });
  after(() => feed.close());

  test('a watch starts, tells of every change, and stops', async() => {
    const name = steve.name('watched');
    const event = (what: string): Promise<Message> => feed.next((message) => message.name === what && about(name)(message));

    feed.send({ resourceType: 'configmap', namespace: NAMESPACE });
    assert.equal((await feed.named('resource.start', 'configmap')).namespace, NAMESPACE);
    await create(name);
    const created = await event('resource.create');

    assert.equal(created.resourceType, 'configmap');
    assert.match(String(created.revision), /^\d+$/);
    assert.equal((at(created.data, 'metadata.fields') as unknown[])[0], name);
    assert.ok(at(created.data, 'links.self'));
    await steve.as('admin').patch(`/api/v1/namespaces/${ NAMESPACE }/configmaps/${ name }`, { data: { a: '2' } });
    assert.equal(at((await event('resource.change')).data, 'data.a'), '2');
    await remove(name);
    await event('resource.remove');
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
    feed.send({ resourceType: 'configmap', namespace: NAMESPACE, selector: `contract/run=${ other }` });
    await feed.named('resource.start', 'configmap');
    await create(other, { 'contract/run': other });
    assert.ok(about(other)(await feed.next(about(name, other))));
    feed.send({ resourceType: 'configmap', namespace: NAMESPACE, selector: `contract/run=${ other }`, stop: true });
    await feed.named('resource.stop', 'configmap');
    await Promise.all([remove(name), remove(other)]);
  });

  test("the stop must repeat the watch's key", async() => {
    const name = steve.name('key');

    feed.send({ resourceType: 'configmap', namespace: NAMESPACE });
    await feed.named('resource.start', 'configmap');
    feed.send({ resourceType: 'configmap', stop: true });
    await create(name);
    await feed.next((message) => message.name === 'resource.create' && about(name)(message));
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
    assert.ok(about(inside)(await feed.next(about(inside, outside))));
    feed.send({ resourceType: 'configmap', namespace: NAMESPACE, selector: `contract/run=${ inside }`, stop: true });
    await feed.named('resource.stop', 'configmap');
    await Promise.all([remove(inside), remove(outside)]);
  });

  test('an id, as the bare name beside the namespace, narrows the watch to one object', async() => {
    const [one, other] = [steve.name('one'), steve.name('another')];

    feed.send({ resourceType: 'configmap', namespace: NAMESPACE, id: one });
    await feed.named('resource.start', 'configmap');
    await create(other);
    await create(one);
    assert.ok(about(one)(await feed.next(about(one, other))));
    feed.send({ resourceType: 'configmap', namespace: NAMESPACE, id: one, stop: true });
    await feed.named('resource.stop', 'configmap');
    await Promise.all([remove(one), remove(other)]);
  });

  test('what was missed since a resourceVersion is told first', async() => {
    const name = steve.name('missed');
    const { body } = await steve.as('admin').get('/v1/configmaps?pagesize=1');

    await create(name);
    feed.send({ resourceType: 'configmap', namespace: NAMESPACE, resourceVersion: String(body.revision) });
    await feed.named('resource.start', 'configmap');
    await feed.next((message) => message.name === 'resource.create' && about(name)(message));
    feed.send({ resourceType: 'configmap', namespace: NAMESPACE, stop: true });
    await feed.named('resource.stop', 'configmap');
    await remove(name);
  });

  test('a resourceVersion that the cache no longer has ends the watch', async(t) => {
    if (!steve.cached) {
      t.skip('only the SQL cache forgets so soon');

      return;
    }
    feed.send({ resourceType: 'configmap', namespace: NAMESPACE, resourceVersion: '1' });
    await feed.named('resource.start', 'configmap');
    const error = await feed.named('resource.error', 'configmap');

    // The Dashboard looks for `too old` in it, and so knows either
    assert.deepEqual(error.data, { error: steve.before08 ? 'transaction: resourceversion too old' : 'resourceversion too old' });
    await feed.named('resource.stop', 'configmap');
  });

  test('a watch from nowhere begins with all that is there, but for the cache, which tells of changes only', async() => {
    const [there, later] = [steve.name('there'), steve.name('later')];

    await create(there);
    await until('an object in the list', async() => ids(await steve.as('admin').get('/v1/configmaps')).includes(`${ NAMESPACE }/${ there }`));
    feed.send({ resourceType: 'configmap', namespace: NAMESPACE });
    await feed.named('resource.start', 'configmap');
    await create(later);
    assert.ok(about(steve.cached ? later : there)(await feed.next(about(there, later))));
    feed.send({ resourceType: 'configmap', namespace: NAMESPACE, stop: true });
    await feed.named('resource.stop', 'configmap');
    await Promise.all([remove(there), remove(later)]);
  });

  test('an unknown type ends the watch', async() => {
    feed.send({ resourceType: 'example.com.thing' });
    const error = await feed.named('resource.error', 'example.com.thing');

    assert.match(String(error.data?.error), /^failed to find schema/);
    await feed.named('resource.stop', 'example.com.thing');
  });

  test('in the mode resource.changes only the fact of a change is told: the first at once, then as often as allowed', async() => {
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

    if (steve.before08) {
      // The Dashboard compares revisions only where there are some, and reads anew at every such message
      assert.deepEqual([first.revision, second.revision], [undefined, undefined]);
    } else {
      assert.ok(Number(second.revision) > Number(first.revision));
    }
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
    await assert.rejects(steve.as('admin').subscribe({ origin: 'https://elsewhere.example' }), /403/);
  });
});
