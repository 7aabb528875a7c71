import assert from 'node:assert/strict';
import { after, before, describe, test } from 'node:test';
import { at, ids, rows } from './support/client';
import { target } from './support/target';

const steve = target();
const NAMESPACE = 'default';
const NAMES = ['alpha', 'beta', 'gamma', 'delta', 'epsilon'] as const;

describe('lists', () => {
  let run = '';
  let mine = '';

  before(async() => {
    run = steve.name('list');
    mine = `filter=metadata.labels[contract/run]=${ run }`;
    for (const [index, name] of NAMES.entries()) {
      await steve
        .as('admin')
        .post('/v1/configmaps', {
          metadata: {
            name: `${ run }-${ name }`,
            namespace: NAMESPACE,
            labels: { 'contract/run': run, 'contract/rank': String(index), ...(index < 2 ? { 'contract/early': 'true' } : {}) },
          },
          data: { name },
        });
    }
  });
  after(async() => {
    for (const name of NAMES) {
      await steve.as('admin').remove(`/v1/configmaps/${ NAMESPACE }/${ run }-${ name }`);
    }
  });

  const names = async(query: string): Promise<string[]> => {
    const found = ids(await steve.as('admin').get(`/v1/configmaps?${ mine }&${ query }`));

    return found.map((id) => id.replace(`${ NAMESPACE }/${ run }-`, ''));
  };

  test('a list is a collection with type, revision and count', async() => {
    const { status, body } = await steve.as('admin').get(`/v1/configmaps?${ mine }`);

    assert.equal(status, 200);
    assert.deepEqual([body.type, body.resourceType, body.count], ['collection', 'configmap', NAMES.length]);
    assert.match(String(body.revision), /^\d+$/);
    assert.ok(at(body, 'links.self'));
  });

  test('the SQL cache counts objects and never pages', async() => {
    const { body } = await steve.as('admin').get(`/v1/configmaps?${ mine }&pagesize=2&page=1`);

    assert.deepEqual([(body.data as unknown[]).length, body.count, body.pages], [2, NAMES.length, undefined]);
  });

  test('pages follow each other in order', async() => {
    assert.deepEqual(await names('sort=metadata.name&pagesize=2&page=1'), ['alpha', 'beta']);
    assert.deepEqual(await names('sort=metadata.name&pagesize=2&page=2'), ['delta', 'epsilon']);
    assert.deepEqual(await names('sort=metadata.name&pagesize=2&page=3'), ['gamma']);
  });

  test('a minus sorts backwards', async() => {
    assert.deepEqual(await names('sort=-metadata.name'), ['gamma', 'epsilon', 'delta', 'beta', 'alpha']);
  });

  test('filters: equal, part, sets, labels, alternatives', async() => {
    assert.deepEqual(await names(`filter=metadata.name="${ run }-beta"`), ['beta']);
    assert.deepEqual(await names(`filter=metadata.name=${ run }-bet`), []);
    assert.deepEqual(await names('sort=metadata.name&filter=metadata.name~lta'), ['delta']);
    assert.deepEqual(await names(`sort=metadata.name&filter=metadata.name!=${ run }-beta`), ['alpha', 'delta', 'epsilon', 'gamma']);
    assert.deepEqual(await names(`sort=metadata.name&filter=metadata.name in (${ run }-beta,${ run }-gamma)`), ['beta', 'gamma']);
    assert.deepEqual(await names(`sort=metadata.name&filter=metadata.name NOTIN (${ run }-beta,${ run }-gamma)`), ['alpha', 'delta', 'epsilon']);
    assert.deepEqual(await names('sort=metadata.name&filter=metadata.labels[contract/early]'), ['alpha', 'beta']);
    assert.deepEqual(await names('sort=metadata.name&filter=!metadata.labels[contract/early]'), ['delta', 'epsilon', 'gamma']);
    assert.deepEqual(await names('sort=metadata.name&filter=metadata.labels[contract/rank]=0,metadata.labels[contract/rank]=4'), [
      'alpha',
      'epsilon',
    ]);
  });

  test('several filters must all hold', async() => {
    assert.deepEqual(await names(`filter=metadata.labels[contract/early]&filter=metadata.name~beta`), ['beta']);
  });

  test('a field that the cache has no column for is refused', async() => {
    const { status, body } = await steve.as('admin').get('/v1/configmaps?filter=data.name=alpha');

    assert.deepEqual([status, body.type, body.code], [422, 'error', 'InvalidBodyContent']);
  });

  test('a namespace narrows the list', async() => {
    const here = await steve.as('admin').get(`/v1/configmaps/${ NAMESPACE }?${ mine }`);
    const there = await steve.as('admin').get(`/v1/configmaps/kube-system?${ mine }`);

    assert.deepEqual([rows(here).length, rows(there).length], [NAMES.length, 0]);
  });

  test('paths are left out when asked', async() => {
    const [first] = rows(await steve.as('admin').get(`/v1/configmaps?${ mine }&exclude=data&exclude=metadata.labels`));

    assert.deepEqual([first?.data, at(first, 'metadata.labels')], [undefined, undefined]);
    assert.ok(at(first, 'metadata.name'));
  });

  test('a revision that is still to come is unknown, and one that is none is invalid', async() => {
    const { body } = await steve.as('admin').get(`/v1/configmaps?${ mine }`);
    const later = await steve.as('admin').get(`/v1/configmaps?${ mine }&revision=${ Number(body.revision) + 1_000_000_000 }`);
    const none = await steve.as('admin').get(`/v1/configmaps?${ mine }&revision=soon`);

    assert.deepEqual([later.status, later.body.code], [400, 'unknown revision']);
    assert.equal(none.status, 400);
    assert.equal((await steve.as('admin').get(`/v1/configmaps?${ mine }&revision=${ String(body.revision) }`)).status, 200);
  });

  test('a summary counts values', async() => {
    const { body } = await steve.as('admin').get(`/v1/configmaps?${ mine }&summary=metadata.state.name&summaryonly`);

    assert.deepEqual([body.count, body.data], [NAMES.length, []]);
    assert.deepEqual(body.summary, [{ property: 'metadata.state.name', counts: { active: { total: NAMES.length } } }]);
  });
});

describe("lists of Harvester's own Steve, which has no SQL cache", () => {
  let run = '';

  before(async() => {
    run = steve.name('plain');
    for (const name of NAMES) {
      await steve
        .as('admin')
        .post('/v1/harvester/configmaps', {
          metadata: { name: `${ run }-${ name }`, namespace: NAMESPACE, labels: { 'contract/run': run } },
          data: { name },
        });
    }
  });
  after(async() => {
    for (const name of NAMES) {
      await steve.as('admin').remove(`/v1/harvester/configmaps/${ NAMESPACE }/${ run }-${ name }`);
    }
  });

  test('labels select, and pages are counted', async() => {
    const { body } = await steve.as('admin').get(`/v1/harvester/configmaps?labelSelector=contract/run=${ run }&pagesize=2`);

    assert.deepEqual([(body.data as unknown[]).length, body.count, body.pages], [2, NAMES.length, 3]);
  });

  test('any field can be filtered by, and a plain value may be a part', async() => {
    const answer = await steve.as('admin').get(`/v1/harvester/configmaps?labelSelector=contract/run=${ run }&filter=data.name=lta`);

    assert.deepEqual(
      rows(answer).map((row) => at(row, 'data.name')),
      ['delta'],
    );
  });

  test('chunks are cut by limit and continued', async() => {
    const first = await steve.as('admin').get(`/v1/harvester/configmaps?labelSelector=contract/run=${ run }&limit=3`);
    const second = await steve
      .as('admin')
      .get(`/v1/harvester/configmaps?labelSelector=contract/run=${ run }&limit=3&continue=${ encodeURIComponent(String(first.body.continue)) }`);

    assert.deepEqual([rows(first).length, rows(second).length, second.body.continue], [3, 2, undefined]);
    assert.equal(new Set([...ids(first), ...ids(second)]).size, NAMES.length);
  });
});
