import type { IPlugin } from '@shell/core/types';
import type { Store } from 'vuex';

/** The page's virtual type: name of its list component, last part of its address and key of its menu entry. */
export const PAGE = 'node-pressure';

/** Name of the tab on a node's page, and its hash in the address. */
export const EVICTION_TAB = 'node-pressure-eviction';

/** Products that show the page, as `$store.getters.currentProduct.name` and the route's `product` spell them. */
export const HARVESTER_PRODUCT = 'harvester';
export const EXPLORER_PRODUCT = 'explorer';

/** A type that every user of a Harvester cluster may see, and no other cluster has. */
const HARVESTER_SETTING = 'harvesterhci.io.setting';

interface Place {
  readonly product: string;
  readonly group: string;
  /** Of the product's lists. */
  readonly routeName: string;
  readonly virtualType: Readonly<Record<string, unknown>>;
}

/**
 * Where the page is listed.
 *
 * Both reuse the product's own list route, so that a reload of the page's address loads the cluster exactly as every
 * other list of that product does; a route of our own would load the wrong store. In Harvester the entry carries no
 * condition: the Dashboard's route guard looks only at the first virtual type of a route, and a hidden one could take
 * Harvester's own lists with it. The page itself says when it cannot help.
 */
const PLACES: readonly Place[] = [
  {
    product:     HARVESTER_PRODUCT,
    group:       'advanced',
    routeName:   'harvester-c-cluster-resource',
    // Between Add-ons (-900) and Secrets (-999)
    virtualType: { weight: -950 },
  },
  {
    product:     EXPLORER_PRODUCT,
    group:       'cluster',
    routeName:   'c-cluster-product-resource',
    // Below Nodes (0), above Cluster Members (-1)
    virtualType: { weight: -0.5, ifHaveType: HARVESTER_SETTING },
  },
];

/**
 * Lists the page in Harvester's product under *Advanced* and in Explorer under *Cluster*. Called by the Dashboard
 * when its own products are in place.
 *
 * Works through `type-map` mutations rather than the plugin's DSL: the DSL would enter `harvester` among the products
 * that belong to this extension, and removing the extension would then remove Harvester's product with it.
 */
export function init(_plugin: IPlugin, store: Pick<Store<unknown>, 'commit'>): void {
  for (const { product, group, routeName, virtualType } of PLACES) {
    store.commit('type-map/virtualType', {
      product,
      obj: { name: PAGE, labelKey: 'nodePressure.title', group, namespaced: false, exact: false, icon: 'globe', route: { name: routeName, params: { product, resource: PAGE } }, ...virtualType },
    });
    store.commit('type-map/basicType', { product, group, types: [PAGE] });
    // The page brings its own heading
    store.commit('type-map/configureType', { product, match: PAGE, showListMasthead: false, isCreatable: false });
  }
}

/** A named route of the Dashboard with its parameters. */
export interface NamedLocation {
  readonly name: string;
  readonly params: Readonly<Record<string, string>>;
  readonly query?: Readonly<Record<string, string>>;
  readonly hash?: string;
}

/** One of our page's tabs, in the product in which the user is. */
export function pageLocation(product: string, cluster: string, tab: string, query: Readonly<Record<string, string>> = {}): NamedLocation | undefined {
  const place = PLACES.find((each) => each.product === product);

  return place && { name: place.routeName, params: { product, cluster, resource: PAGE }, query, hash: `#${ tab }` };
}

interface NodePage {
  readonly name: string;
  readonly resource: string;
  /** The tab that lists what runs on the node. */
  readonly workloads: string;
}

const NODE_PAGES: Readonly<Record<string, NodePage>> = {
  [HARVESTER_PRODUCT]: { name: 'harvester-c-cluster-resource-id', resource: 'harvesterhci.io.host', workloads: 'instance' },
  [EXPLORER_PRODUCT]:  { name: 'c-cluster-product-resource-id', resource: 'node', workloads: 'pods' },
};

/** The page of a node in the product in which the user is: Harvester's host page, or Explorer's node page. */
export function nodeLocation(product: string, cluster: string, id: string): NamedLocation | undefined {
  const page = NODE_PAGES[product];

  return page && { name: page.name, params: { product, cluster, resource: page.resource, id } };
}

/** What runs on a node: Harvester lists its VMs, Explorer its pods. */
export function workloadsLocation(product: string, cluster: string, id: string): NamedLocation | undefined {
  const page = nodeLocation(product, cluster, id);

  return page && { ...page, hash: `#${ NODE_PAGES[product]?.workloads }` };
}

const NAMESPACED_PAGES: Readonly<Record<string, string>> = {
  [HARVESTER_PRODUCT]: 'harvester-c-cluster-resource-namespace-id',
  [EXPLORER_PRODUCT]:  'c-cluster-product-resource-namespace-id',
};

/** The page of a VM in the product in which the user is. */
export function vmLocation(product: string, cluster: string, { namespace, name: id }: { readonly namespace: string; readonly name: string }): NamedLocation | undefined {
  const name = NAMESPACED_PAGES[product];

  return name === undefined ? undefined : { name, params: { product, cluster, resource: 'kubevirt.io.virtualmachine', namespace, id } };
}

/** The page of a pod or another namespaced object that only Explorer has a page for. */
export function explorerLocation(cluster: string, resource: string, { namespace, name: id }: { readonly namespace: string; readonly name: string }): NamedLocation {
  return { name: 'c-cluster-product-resource-namespace-id', params: { product: EXPLORER_PRODUCT, cluster, resource, namespace, id } };
}

/** The YAML of an object without a namespace, in Explorer: Harvester's product has no page for types that it does not know. */
export function yamlLocation(cluster: string, resource: string, id: string): NamedLocation {
  return { name: 'c-cluster-product-resource-id', params: { product: EXPLORER_PRODUCT, cluster, resource, id }, query: { mode: 'view', as: 'yaml' } };
}

/** Rancher's editor of a namespace's quota. It shows limits only where the namespace's project has some. */
export function quotaEditorLocation(product: string, cluster: string, namespace: string): (NamedLocation & { readonly query: Readonly<Record<string, string>>; readonly hash: string }) | undefined {
  const page = NODE_PAGES[product];

  return page && { name: page.name, params: { product, cluster, resource: 'namespace', id: namespace }, query: { mode: 'edit' }, hash: '#container-resource-quotas' };
}

const NAMESPACE_LISTS: Readonly<Record<string, { readonly name: string; readonly resource: string }>> = {
  [HARVESTER_PRODUCT]: { name: 'harvester-c-cluster-resource', resource: 'namespace' },
  [EXPLORER_PRODUCT]:  { name: 'c-cluster-product-resource', resource: 'namespace' },
};

/** The list of namespaces in the product in which the user is. */
export function namespacesLocation(product: string, cluster: string): NamedLocation | undefined {
  const page = NAMESPACE_LISTS[product];

  return page && { name: page.name, params: { product, cluster, resource: page.resource } };
}

/**
 * Where the tab is shown: on Harvester's host page and on Explorer's node page, by the types in their addresses. The
 * location is `TabLocation.RESOURCE_DETAIL_PAGE`, spelled out: the enum would bring the shell's module with it.
 */
export const EVICTION_TAB_LOCATION = 'resource-detail-page';
export const EVICTION_TAB_PAGES: { readonly product: string[]; readonly resource: string[] } = {
  product: Object.keys(NODE_PAGES), resource: Object.values(NODE_PAGES).map(({ resource }) => resource),
};
