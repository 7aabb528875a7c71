import { createExtensionManager } from '@shell/core/extension-manager-impl';
import { Plugin } from '@shell/core/plugin';
import { getApplicableExtensionEnhancements } from '@shell/core/plugin-helpers';
import { ExtensionPoint, TabLocation } from '@shell/core/types';
import { getters, mutations, state as initialState } from '@shell/store/type-map';
import { createMemoryHistory, createRouter, type Router } from 'vue-router';
import { createStore, type Store } from 'vuex';
import nodePressure from '..';
import metadata from '../package.json';
import { EVICTION_TAB, init, nodeLocation, PAGE, vmLocation } from '../product';

type Path = typeof import('node:path');
type Vm = typeof import('node:vm');
interface Generator {
  generateTypeImport(prefix: string, folder: string): string;
}

// What the shell's package build would put in its place, made by the shell's own generator from our folders
jest.mock('@rancher/auto-import', () => {
  const { join } = jest.requireActual<Path>('node:path');
  const { runInThisContext } = jest.requireActual<Vm>('node:vm');
  const { generateTypeImport } = jest.requireActual<Generator>('@rancher/shell/pkg/auto-import');
  const folder = join(__dirname, '..');
  const code = generateTypeImport(folder, folder).replace('export function importTypes', 'return function importTypes');

  return { importTypes: runInThisContext(`((require, document, setInterval, setTimeout) => { ${ code } })`)((path: string) => jest.requireActual(path), document, setInterval, setTimeout) };
}, { virtual: true });

// The generated code looks for the Dashboard's root element for ten seconds
beforeEach(() => jest.useFakeTimers());
afterEach(() => jest.useRealTimers());

/** Harvester's and Explorer's routes, as far as the page uses them. */
const ROUTES = [
  { name: 'harvester-c-cluster-resource', path: '/:product/c/:cluster/:resource' },
  { name: 'harvester-c-cluster-resource-id', path: '/:product/c/:cluster/:resource/:id' },
  { name: 'c-cluster-product-resource', path: '/c/:cluster/:product/:resource' },
  { name: 'c-cluster-product-resource-id', path: '/c/:cluster/:product/:resource/:id' },
  { name: 'harvester-c-cluster-resource-namespace-id', path: '/:product/c/:cluster/:resource/:namespace/:id' },
  { name: 'c-cluster-product-resource-namespace-id', path: '/c/:cluster/:product/:resource/:namespace/:id' },
];

interface TypeMap {
  readonly products: { name: string }[];
  readonly virtualTypes: Record<string, { name: string; route: { name: string; params: Record<string, string> }; weight: number; ifHaveType?: string }[]>;
  readonly basicTypes: Record<string, Record<string, string>>;
  readonly typeOptions: Record<string, { match: string; showListMasthead: boolean; isCreatable: boolean }[]>;
}

interface Manager {
  registerBuiltinExtension(id: string, module: unknown): void;
  loadBuiltinExtensions(): void;
  loadProducts(plugins: readonly Plugin[]): void;
  removePlugin(name: string): Promise<void>;
  getDynamic(type: string, name: string): unknown;
  getPlugins(): Record<string, Plugin>;
}

interface Stage {
  readonly manager: Manager;
  readonly typeMap: TypeMap;
  readonly router: Router;
  readonly dispatched: [string, unknown][];
}

/** A Dashboard with Harvester's product in it, and our extension loaded by the shell's own extension manager. */
async function stage(): Promise<Stage> {
  const router = createRouter({ history: createMemoryHistory(), routes: ROUTES.map((route) => ({ ...route, component: {} })) });
  const dispatched: [string, unknown][] = [];
  const store: Store<Record<string, TypeMap>> = createStore({ modules: { 'type-map': { namespaced: true, state: initialState, mutations } } });

  jest.spyOn(store, 'dispatch').mockImplementation(async(...call: unknown[]) => {
    dispatched.push(call as [string, unknown]);
  });
  store.commit('type-map/product', { name: 'harvester', inStore: 'harvester' });

  const manager = createExtensionManager({ app: { router }, store, $axios: {}, redirect: () => {} }) as unknown as Manager;

  manager.registerBuiltinExtension('node-pressure-0.1.0', { default: nodePressure });
  manager.loadBuiltinExtensions();
  manager.loadProducts(Object.values(manager.getPlugins()));
  // Products are promises to the manager
  await Promise.resolve();

  return { manager, router, dispatched, typeMap: store.state['type-map'] as TypeMap };
}

describe('the menu entry', () => {
  it('leads through Harvester’s own list route to the page', async() => {
    const { typeMap, router } = await stage();
    const [entry] = typeMap.virtualTypes['harvester'] ?? [];

    expect(entry).toMatchObject({ name: PAGE, labelKey: 'nodePressure.title', weight: -950, route: { name: 'harvester-c-cluster-resource' } });
    expect(router.resolve({ ...entry?.route, params: { ...entry?.route.params, cluster: 'c-1' } }).path).toBe('/harvester/c/c-1/node-pressure');
    expect(typeMap.basicTypes['harvester']).toStrictEqual({ [PAGE]: 'advanced' });
  });

  it('carries no condition in Harvester, where a hidden first type of the route would hide every list', async() => {
    const { typeMap } = await stage();

    expect(Object.keys(typeMap.virtualTypes['harvester']?.[0] ?? {}).filter((key) => key.startsWith('if'))).toStrictEqual([]);
  });

  it('leads through Explorer’s own list route to the page, on Harvester clusters only', async() => {
    const { typeMap, router } = await stage();
    const [entry] = typeMap.virtualTypes['explorer'] ?? [];

    expect(entry).toMatchObject({ name: PAGE, ifHaveType: 'harvesterhci.io.setting', route: { name: 'c-cluster-product-resource' } });
    expect(router.resolve({ ...entry?.route, params: { ...entry?.route.params, cluster: 'c-1' } }).path).toBe('/c/c-1/explorer/node-pressure');
    expect(typeMap.basicTypes['explorer']).toStrictEqual({ [PAGE]: 'cluster' });
  });

  it('asks for the page’s own heading in both', async() => {
    const { typeMap } = await stage();

    for (const product of ['harvester', 'explorer']) {
      const [options] = typeMap.typeOptions[product] ?? [];

      expect(options).toMatchObject({ showListMasthead: false, isCreatable: false });
      // The Dashboard keeps the match as a regular expression's text
      expect(options?.match).toBe(`^${ PAGE }$`);
    }
  });

  it('counts as a type that can be viewed, although no cluster has its schema', async() => {
    const { typeMap } = await stage();
    const isVirtual = getters['isVirtual'] as (...context: unknown[]) => (type: string) => boolean;

    expect(isVirtual(typeMap, {}, {}, { productId: 'harvester' })(PAGE)).toBe(true);
  });
});

describe('the extension', () => {
  it('registers the page as the list of its type, and loads it only when it is shown', async() => {
    const { manager } = await stage();
    const list = manager.getDynamic('list', PAGE) as () => Promise<{ default: { fetch?: unknown; inheritAttrs?: boolean } }>;
    const page = await list();

    // The Dashboard shows the list of a type without a schema only if it brings its own fetch
    expect(page.default).toMatchObject({ fetch: expect.any(Function), inheritAttrs: false });
  });

  it('brings texts in both languages', async() => {
    const { manager } = await stage();

    expect([manager.getDynamic('l10n', 'en-us'), manager.getDynamic('l10n', 'zh-hans')]).toStrictEqual([[expect.any(Function)], [expect.any(Function)]]);
  });

  it('says which Dashboards it is for', async() => {
    const { manager } = await stage();
    const [plugin] = Object.values(manager.getPlugins());

    expect(plugin).toMatchObject({ name: 'node-pressure', metadata });
    expect(metadata.rancher.annotations).toMatchObject({ 'catalog.cattle.io/display-name': 'Node Pressure', 'catalog.cattle.io/ui-extensions-version': '>= 3.0.0 < 4.0.0' });
  });

  it('claims no product, so that removing it leaves Harvester’s in place', async() => {
    const { manager, typeMap, dispatched } = await stage();

    await manager.removePlugin('node-pressure');

    expect(dispatched.map(([action]) => action)).not.toContain('type-map/removeProduct');
    expect(typeMap.products.map(({ name }) => name)).toStrictEqual(['harvester']);
  });

  it('adds no route of its own, whose reload would load the wrong store', () => {
    const plugin = new Plugin('node-pressure-0.1.0');

    nodePressure(plugin);

    expect(plugin.routes).toStrictEqual([]);
  });

  it('can be registered before Harvester’s product', () => {
    const commit = jest.fn();

    init(new Plugin('x'), { commit });

    expect(commit.mock.calls.map(([mutation]) => mutation)).toStrictEqual(['type-map/virtualType', 'type-map/basicType', 'type-map/configureType', 'type-map/virtualType', 'type-map/basicType', 'type-map/configureType']);
  });
});

describe('the tab on a node’s page', () => {
  interface FoundTab {
    readonly name: string;
    readonly labelKey: string;
    readonly weight: number;
  }

  /** The tabs of a page, as the shell's own Tabbed asks for them. */
  async function tabsOf(path: string, where: TabLocation = TabLocation.RESOURCE_DETAIL_PAGE): Promise<FoundTab[]> {
    const { manager, router } = await stage();
    const context = { $extension: manager, t: String } as unknown as Parameters<typeof getApplicableExtensionEnhancements>[0];

    return getApplicableExtensionEnhancements<FoundTab>(context, ExtensionPoint.TAB, where as never, router.resolve(path));
  }

  it.each([
    ['Harvester’s host page', '/harvester/c/c-1/harvesterhci.io.host/node-1'],
    ['Explorer’s node page', '/c/c-1/explorer/node/node-1'],
  ])('is on %s', async(_page, path) => {
    const tabs = await tabsOf(path);

    expect(tabs).toHaveLength(1);
    expect(tabs[0]).toMatchObject({ name: EVICTION_TAB, labelKey: 'nodePressure.node.tab', weight: 3.5 });
  });

  it.each([
    '/c/c-1/explorer/pod/prod/web',
    '/harvester/c/c-1/kubevirt.io.virtualmachine/prod/db',
    '/c/c-1/fleet/node/node-1',
  ])('is not on %s', async(path) => {
    expect(await tabsOf(path)).toStrictEqual([]);
  });

  it('is not in the drawer that shows a configuration, nor where a node is edited', async() => {
    const path = '/c/c-1/explorer/node/node-1';

    expect(await tabsOf(path, TabLocation.RESOURCE_SHOW_CONFIGURATION)).toStrictEqual([]);
    expect(await tabsOf(path, TabLocation.RESOURCE_EDIT_PAGE)).toStrictEqual([]);
  });
});

describe('the page of a node', () => {
  it.each([
    ['harvester', '/harvester/c/c-1/harvesterhci.io.host/node-1'],
    ['explorer', '/c/c-1/explorer/node/node-1'],
  ])('is reached in %s', async(product, path) => {
    const { router } = await stage();

    expect(router.resolve(nodeLocation(product, 'c-1', 'node-1') ?? '/').path).toBe(path);
  });

  it('leads to the pages of its VMs', async() => {
    const { router } = await stage();
    const paths = ['harvester', 'explorer'].map((product) => router.resolve(vmLocation(product, 'c-1', { namespace: 'prod', name: 'db' }) ?? '/').path);

    expect(paths).toStrictEqual(['/harvester/c/c-1/kubevirt.io.virtualmachine/prod/db', '/c/c-1/explorer/kubevirt.io.virtualmachine/prod/db']);
  });

  it('is not known in other products', () => {
    expect(vmLocation('fleet', 'c-1', { namespace: 'prod', name: 'db' })).toBeUndefined();
    expect(nodeLocation('fleet', 'c-1', 'node-1')).toBeUndefined();
  });
});
