import assert from 'node:assert/strict';
import { after, before, describe, test } from 'node:test';
import { until } from '../e2e/support/wait';
import { at, ids, rows } from './support/client';
import type { Answer } from './support/client';
import { target } from './support/target';

const steve = target();
const NAMESPACE = 'default';
const NAMES = ['alpha', 'beta', 'gamma', 'delta', 'epsilon'] as const;

describe('lists', () => {
  let run = '';
  /** Lists this run's own objects. */
  const list = (query = '', path = '/v1/configmaps'): Promise<Answer> => {
    const mine = steve.cached ? `filter=metadata.labels[contract/run]=${ run }` : `labelSelector=contract/run=${ run }`;

    return steve.as('admin').get(`${ path }?${ mine }&${ query }`);
  };
  const names = async(query: string): Promise<string[]> => ids(await list(query)).map((id) => id.replace(`${ NAMESPACE }/${ run }-`, ''));

  before(async() => {
    run = steve.name('list');
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
    // The cache hears of what was written a moment later
    await until('all objects in the list', async() => rows(await list()).length === NAMES.length);
  });
  after(async() => {
    for (const name of NAMES) {
      await steve.as('admin').remove(`/v1/configmaps/${ NAMESPACE }/${ run }-${ name }`);
    }
  });

  test('a list is a collection with type, revision and count', async() => {
    const { status, body } = await list();

    assert.equal(status, 200);
    assert.deepEqual([body.type, body.resourceType, body.count], ['collection', 'configmap', NAMES.length]);
    assert.match(String(body.revision), /^\d+$/);
    assert.ok(at(body, 'links.self'));
  });

  test('a list of nothing has no count', async() => {
    assert.deepEqual(await list('', '/v1/configmaps/kube-system').then(({ body }) => [body.data, body.count]), [[], undefined]);
  });

  test('objects are counted, and pages only without the SQL cache', async() => {
    const { body } = await list('pagesize=2&page=1');

    assert.deepEqual([(body.data as unknown[]).length, body.count, body.pages], [2, NAMES.length, steve.cached ? undefined : 3]);
  });

  test('pages follow each other in order', async() => {
    assert.deepEqual(await names('sort=metadata.name&pagesize=2&page=1'), ['alpha', 'beta']);
    assert.deepEqual(await names('sort=metadata.name&pagesize=2&page=2'), ['delta', 'epsilon']);
    assert.deepEqual(await names('sort=metadata.name&pagesize=2&page=3'), ['gamma']);
  });

  test('a minus sorts backwards', async() => {
    assert.deepEqual(await names('sort=-metadata.name'), ['gamma', 'epsilon', 'delta', 'beta', 'alpha']);
  });

  test('a namespace narrows the list', async() => {
    const here = await list('', `/v1/configmaps/${ NAMESPACE }`);
    const there = await list('', '/v1/configmaps/kube-system');

    assert.deepEqual([rows(here).length, rows(there).length], [NAMES.length, 0]);
  });

  test('paths are left out when asked', async() => {
    const [first] = rows(await list('exclude=data&exclude=metadata.labels'));

    assert.deepEqual([first?.data, at(first, 'metadata.labels')], [undefined, undefined]);
    assert.ok(at(first, 'metadata.name'));
  });

  test('a plain value is the whole with the cache, and may be a part without', async() => {
    assert.deepEqual(await names(`filter=metadata.name=${ run }-bet`), steve.cached ? [] : ['beta']);
    assert.deepEqual(await names(`sort=metadata.name&filter=metadata.name!=${ run }-beta`), ['alpha', 'delta', 'epsilon', 'gamma']);
  });

  test('a field that the cache has no column for is refused by it, and filtered by without', async() => {
    const { status, body } = await list('filter=data.name=lta');

    if (steve.cached) {
      assert.deepEqual([status, body.type, body.code], [422, 'error', 'InvalidBodyContent']);
    } else {
      assert.deepEqual([status, body.count], [200, 1]);
      assert.deepEqual(await names('filter=data.name=lta'), ['delta']);
    }
  });

  test('a revision that is none is invalid; the cache before 0.8 does not look at it', async() => {
    assert.equal((await list('revision=soon')).status, steve.cached && steve.before08 ? 200 : 400);
    assert.equal((await list(`revision=${ String((await list()).body.revision) }`)).status, 200);
  });

  test('chunks are cut by limit and continued, but for the cache, which answers all', async() => {
    const first = await list('limit=3');

    if (steve.cached) {
      assert.deepEqual([rows(first).length, first.body.continue], [NAMES.length, undefined]);
    } else {
      const second = await list(`limit=3&continue=${ encodeURIComponent(String(first.body.continue)) }`);

      assert.deepEqual([rows(first).length, rows(second).length, second.body.continue], [3, 2, undefined]);
      assert.equal(new Set([...ids(first), ...ids(second)]).size, NAMES.length);
    }
  });

  describe('of the SQL cache', () => {
    /** What is only asked of the SQL cache. */
    const cached = (title: string, check: () => Promise<void>): void => {
      test(title, (t) => (steve.cached ? check() : t.skip('there is no SQL cache')));
    };

    cached('filters: equal, part, sets, labels, alternatives', async() => {
      assert.deepEqual(await names(`filter=metadata.name="${ run }-beta"`), ['beta']);
      assert.deepEqual(await names('sort=metadata.name&filter=metadata.name~lta'), ['delta']);
      assert.deepEqual(await names(`sort=metadata.name&filter=metadata.name in (${ run }-beta,${ run }-gamma)`), ['beta', 'gamma']);
      assert.deepEqual(await names(`sort=metadata.name&filter=metadata.name NOTIN (${ run }-beta,${ run }-gamma)`), ['alpha', 'delta', 'epsilon']);
      assert.deepEqual(await names('sort=metadata.name&filter=metadata.labels[contract/early]'), ['alpha', 'beta']);
      assert.deepEqual(await names('sort=metadata.name&filter=!metadata.labels[contract/early]'), ['delta', 'epsilon', 'gamma']);
      assert.deepEqual(await names('sort=metadata.name&filter=metadata.labels[contract/rank]=0,metadata.labels[contract/rank]=4'), [
        'alpha',
        'epsilon',
      ]);
    });

    cached('several filters must all hold', async() => {
      assert.deepEqual(await names('filter=metadata.labels[contract/early]&filter=metadata.name~beta'), ['beta']);
    });

    cached('a revision that is still to come is unknown; before 0.8 it is not looked at', async() => {
      const { status, body } = await list(`revision=${ Number((await list()).body.revision) + 1_000_000_000 }`);

      assert.deepEqual([status, body.code], steve.before08 ? [200, undefined] : [400, 'unknown revision']);
    });

    cached('a summary counts values; before 0.8 it is not made, and everything is answered', async() => {
      const { body } = await list('summary=metadata.state.name&summaryonly');

      assert.equal(body.count, NAMES.length);
      assert.equal((body.data as unknown[]).length, steve.before08 ? NAMES.length : 0);
      assert.deepEqual(body.summary, steve.before08 ? undefined : [{ property: 'metadata.state.name', counts: { active: { total: NAMES.length } } }]);
    });
  });
});
