/** Lists that Steve answers with nothing, and watches that it accepts and never tells anything on. */
import { flushPromises, mount, type VueWrapper } from '@vue/test-utils';
import { nextTick, ref } from 'vue';
import { createStore } from 'vuex';
import { classifyFailure } from '../../steve/failure';
import type { RequestOptions } from '../../steve/request';
import { useHost, type Host } from '../useHost';
import { useList, type List } from '../useList';
import { useUnwatched } from '../useUnwatched';

interface Review { readonly spec: { readonly resourceAttributes: { readonly verb: string; readonly group: string; readonly resource: string } } }

const LIST = '/v1/list';

const SCHEMAS: Readonly<Record<string, object>> = {
  node:                           { collectionMethods: ['GET'], attributes: { group: '', resource: 'nodes' } },
  'node.harvesterhci.io.cloudinit': { collectionMethods: ['GET'], attributes: { group: 'node.harvesterhci.io', resource: 'cloudinits' } },
  count:                          { collectionMethods: ['GET'] },
  resourcequota:                  { attributes: { group: '', resource: 'resourcequotas' } },
};

let wrapper: VueWrapper | undefined;

afterEach(() => wrapper?.unmount());

/** A component in a Dashboard whose user may do what is in `allowed`, such as `list nodes`. */
function dashboard<T>(allowed: readonly string[], use: (host: Host) => T, { objects = {}, loaded = false, findAll = async() => {} }: { objects?: Record<string, readonly unknown[]>; loaded?: boolean; findAll?: () => Promise<void> } = {}) {
  const reviews: string[] = [];
  const request = async(_context: unknown, { url, data }: RequestOptions): Promise<unknown> => {
    if (url === LIST) {
      return { data: [] };
    }
    const { verb, group, resource } = (data as Review).spec.resourceAttributes;
    const right = `${ verb } ${ resource }${ group && `.${ group }` }`;

    reviews.push(`${ url.split('/')[3] }: ${ right }`);

    return { status: { allowed: allowed.includes(right) } };
  };
  const schemaFor = () => (type: string) => SCHEMAS[type];
  const all = () => (type: string) => objects[type] ?? [];
  let used!: T;

  wrapper = mount({
    setup() {
      used = use(useHost());

      return () => null;
    },
  }, { global: { plugins: [createStore({
    getters: { currentProduct: () => ({ name: 'harvester', inStore: 'harvester' }), clusterId: () => 'c-1', 'harvester/schemaFor': schemaFor, 'management/schemaFor': schemaFor, 'harvester/all': all, 'management/all': all, 'harvester/haveAll': () => () => loaded, 'management/haveAll': () => () => loaded, 'harvester/urlFor': () => () => LIST, 'management/urlFor': () => () => LIST },
    actions: { 'harvester/request': request, 'management/request': request, 'harvester/findAll': findAll, 'management/findAll': findAll },
  })] } });

  return { used, reviews };
}

describe('a list of nothing', () => {
  const listed = async(source: (host: Host) => Pick<Host, 'watchAll'>, type: string, allowed: readonly string[], objects = {}, loaded = false): Promise<{ readonly kind: string | undefined; readonly reviews: readonly string[] }> => {
    const { used: host, reviews } = dashboard(allowed, (given) => given, { objects, loaded });
    const kind = await source(host).watchAll(type).then(() => undefined, (reason: unknown) => classifyFailure(reason, 'list').kind);

    return { kind, reviews };
  };
  const product = (host: Host): Host => host;
  const management = (host: Host): Host['management'] => host.management;

  it.each([
    ['is one that may not be seen', product, 'node', [], {}, 'forbidden', ['c-1: list nodes'], false],
    ['is one of Rancher’s that may not be seen', management, 'node', [], {}, 'forbidden', ['local: list nodes'], false],
    ['is nothing', product, 'node', ['list nodes'], {}, undefined, ['c-1: list nodes'], false],
    ['is not looked into where there is something', product, 'node', [], { node: [{}] }, undefined, [], false],
    ['may have got something from a watch since the Dashboard loaded it', product, 'node', [], { node: [{}] }, 'forbidden', ['c-1: list nodes'], true],
    ['is what Steve says of its own types', product, 'count', [], {}, undefined, [], false],
  ] as const)('%s', async(_what, source, type, allowed, objects, kind, reviews, loaded) => {
    await expect(listed(source, type, allowed, objects, loaded)).resolves.toStrictEqual({ kind, reviews });
  });
});

describe('a list', () => {
  it.each(['resourcequota', 'unknown'])('that Steve would refuse is not asked for: %s', async(type) => {
    const findAll = jest.fn(async() => {});
    const { used } = dashboard<List<unknown>>([], (host) => useList(host, type, 'things', ref(true)), { findAll });

    await flushPromises();
    expect(used.failure.value).toStrictEqual({ kind: 'forbidden', verb: 'list things', message: '' });
    expect(findAll).not.toHaveBeenCalled();
  });

  it('that failed is asked for again when its tab is shown again, unless only an admin can mend it', async() => {
    const active = ref(true);
    let status = 503;
    const findAll = jest.fn(async() => Promise.reject(Object.assign(new Error('away'), { _status: status })));
    const { used } = dashboard<List<unknown>>([], (host) => useList(host, 'node', 'nodes', active), { findAll });
    const showAgain = async(): Promise<void> => {
      active.value = false;
      await nextTick();
      active.value = true;
      await flushPromises();
    };

    await flushPromises();
    expect(used.failure.value?.kind).toBe('offline');
    status = 403;
    await showAgain();
    expect(used.failure.value?.kind).toBe('forbidden');
    await showAgain();
    expect(findAll).toHaveBeenCalledTimes(2);
  });
});

describe('watches', () => {
  const unwatched = (allowed: readonly string[], active = ref(true)) => dashboard(allowed, (host) => {
    useList(host, 'node.harvesterhci.io.cloudinit', 'cloudinits.node.harvesterhci.io', ref(true));
    useList(host.management, 'node', 'nodes', ref(true));

    return useUnwatched(active);
  });

  it('are all allowed to who may watch everything', async() => {
    const { used, reviews } = unwatched(['watch *.*']);

    await flushPromises();
    expect(used.value).toStrictEqual([]);
    expect(reviews.filter((review) => review.includes('watch'))).toStrictEqual(['c-1: watch *.*', 'local: watch *.*']);
  });

  it('of what may be listed and not watched are named, and of nothing else', async() => {
    const { used } = unwatched(['list nodes', 'watch nodes', 'list cloudinits.node.harvesterhci.io']);

    await flushPromises();
    expect(used.value).toStrictEqual(['watch cloudinits.node.harvesterhci.io']);
  });

  it('are not asked about while the page is not shown', async() => {
    const active = ref(false);
    const { reviews } = unwatched([], active);

    await flushPromises();
    expect(reviews.filter((review) => review.includes('watch'))).toStrictEqual([]);
    active.value = true;
    await flushPromises();
    expect(reviews.filter((review) => review.includes('watch'))).not.toStrictEqual([]);
  });
});
