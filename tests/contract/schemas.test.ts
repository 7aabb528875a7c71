import assert from 'node:assert/strict';
import { describe, test } from 'node:test';
import { at, ids, rows } from './support/client';
import { target } from './support/target';

const steve = target();

describe('schemas', () => {
  test('one schema names its kind, methods and columns', async() => {
    const { status, body } = await steve.as('admin').get('/v1/schemas/node');

    assert.equal(status, 200);
    assert.deepEqual([body.id, body.type, body.pluralName, body.resourceFields], ['node', 'schema', 'nodes', null]);
    assert.deepEqual([...(body.resourceMethods as string[])].sort(), ['DELETE', 'GET', 'PATCH', ...(steve.before08 ? ['PATCH'] : []), 'PUT']);
    assert.deepEqual([...(body.collectionMethods as string[])].sort(), ['GET', 'POST']);
    assert.deepEqual(
      [
        at(body, 'attributes.group'),
        at(body, 'attributes.version'),
        at(body, 'attributes.kind'),
        at(body, 'attributes.resource'),
        at(body, 'attributes.namespaced'),
      ],
      ['', 'v1', 'Node', 'nodes', false],
    );
    assert.equal(at(body, 'links.collection'), `${ steve.as('admin').base }/v1/nodes`);
    const [first] = at(body, 'attributes.columns') as { name: string; type: string; format: string; field: string }[];

    assert.deepEqual([first?.name, first?.type, first?.format, first?.field], ['Name', 'string', 'name', '$.metadata.fields[0]']);
  });

  test('ids are lower-case group and kind, plurals group and resource', async() => {
    const { body } = await steve.as('admin').get('/v1/schemas/node.harvesterhci.io.cloudinit');

    assert.deepEqual(
      [body.id, body.pluralName, at(body, 'attributes.kind')],
      ['node.harvesterhci.io.cloudinit', 'node.harvesterhci.io.cloudinits', 'CloudInit'],
    );
  });

  test('types are found by id and by plural, whatever the case', async() => {
    for (const type of ['node', 'nodes', 'Node', 'NODES']) {
      assert.equal((await steve.as('admin').get(`/v1/${ type }`)).body.resourceType, 'node', type);
    }
  });

  test("the list holds what the user may do something with, and Steve's own types", async() => {
    const answer = await steve.as('admin').get('/v1/schemas');
    const all = ids(answer);

    assert.equal(answer.body.resourceType, 'schema');
    for (const id of ['node', 'pod', 'apps.deployment', 'node.harvesterhci.io.cloudinit', 'count', 'schema', 'subscribe']) {
      assert.ok(all.includes(id), id);
    }
  });

  test('rights decide about methods', async() => {
    const schema = rows(await steve.as('readonly').get('/v1/schemas')).find(({ id }) => id === 'node.harvesterhci.io.cloudinit');

    assert.deepEqual(schema?.resourceMethods, ['GET']);
    assert.deepEqual(schema?.collectionMethods, ['GET']);
  });

  test('a type without any right has no schema and answers as if it were unknown', async() => {
    const user = steve.as('nocloudinit');

    assert.ok(!ids(await user.get('/v1/schemas')).includes('node.harvesterhci.io.cloudinit'));
    assert.equal((await user.get('/v1/schemas/node.harvesterhci.io.cloudinit')).status, 404);
    const { status, text } = await user.get('/v1/node.harvesterhci.io.cloudinits');

    assert.deepEqual([status, text], [404, '']);
  });

  test('counts name every kind that can be listed', async() => {
    const [counts] = rows(await steve.as('admin').get('/v1/counts'));
    const nodes = rows(await steve.as('admin').get('/v1/nodes')).length;

    assert.deepEqual([counts?.id, counts?.type], ['count', 'count']);
    assert.equal(at(counts, 'counts.node.summary.count'), nodes);
  });
});
