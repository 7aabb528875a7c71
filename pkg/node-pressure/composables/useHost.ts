import { computed, type ComputedRef } from 'vue';
import { useStore } from 'vuex';
import type { Cluster } from '../harvester/cluster';
import type { Request } from '../steve/request';
import { requireListable, type Resource } from '../steve/rights';
import { noteWatch } from './useWatches';

/** HTTP methods that the user's rights allow, in capitals; what they do not allow Steve gives out as `blocked-PUT`. */
export interface Methods {
  readonly collection: readonly string[];
  readonly resource: readonly string[];
}

/** A schema of Steve's, as far as we read it. */
interface Schema {
  readonly collectionMethods?: readonly string[];
  readonly resourceMethods?: readonly string[];
  /** Of the types that Kubernetes has; Steve has a few of its own. */
  readonly attributes?: Partial<Resource>;
}

/** The Dashboard around the page, as far as the page depends on it. */
export interface Host {
  /** Where the page is shown: `harvester` or `explorer`. */
  readonly product: ComputedRef<string>;
  readonly clusterId: ComputedRef<string>;
  readonly cluster: ComputedRef<Cluster | undefined>;
  /** The objects of a type that the Dashboard's store holds and watches. */
  all<T>(type: string): readonly T[];
  /** One object of a type that the Dashboard's store holds and watches. */
  byId<T>(type: string, id: string): T | undefined;
  /** One object of the store that is about Rancher itself, if it is loaded and readable. */
  managementObject<T>(type: string, id: string): T | undefined;
  /** Whether the user may list a type, or single objects of it; schemas that a user has no right to are not there. */
  canList(type: string): boolean;
  /** What the user may do with a type and its objects; undefined for a type that they may not see, or that is not there. */
  methodsOf(type: string): Methods | undefined;
  /** Takes note that the page depends on an object that the Dashboard may watch. */
  follow(type: string, id: string): void;
  /** Loads one object into the Dashboard's store; rejects as the store does. */
  find(type: string, id: string): Promise<void>;
  /** Loads a type into the Dashboard's store and watches it; rejects as the store does, and where there seems to be nothing for want of a right. */
  watchAll(type: string): Promise<void>;
  /** The store that is about Rancher itself. */
  readonly management: Pick<Host, 'all' | 'canList' | 'watchAll'>;
  /** One request outside the store. */
  readonly request: Request;
}

/** The Dashboard's store that is about Rancher itself, and the cluster whose objects are in it. */
export const MANAGEMENT = 'management';
export const LOCAL_CLUSTER = 'local';

type Getters = Readonly<Record<string, ((type: string) => unknown) | undefined>>;

function schemaIn(getters: Getters, store: string, type: string): Schema | undefined {
  return getters[`${ store }/schemaFor`]?.(type) as Schema | undefined;
}

/** What Kubernetes calls a type of Steve's; empty for a type that the user may not see, or that Kubernetes does not have. */
export function resourceIn(getters: Getters, store: string, type: string): Partial<Resource> {
  return schemaIn(getters, store, type)?.attributes ?? {};
}

/** Who may only patch objects of a type has a schema without a list. */
function isListed(getters: Getters, store: string, type: string): boolean {
  return schemaIn(getters, store, type)?.collectionMethods?.includes('GET') === true;
}

interface Product {
  readonly name: string;
  readonly inStore: string;
}

/** Reads the Dashboard's store; call in `setup`. */
export function useHost(): Host {
  const store = useStore();
  const product = computed(() => store.getters['currentProduct'] as Product);
  const inStore = (): string => product.value.inStore;
  const clusterId = computed(() => String(store.getters['clusterId']));

  async function watchAll(name: string, cluster: string, type: string): Promise<void> {
    const { getters, dispatch } = store;
    // What the Dashboard has loaded before, a watch may have filled with a few objects since
    const wasLoaded = getters[`${ name }/haveAll`]?.(type) === true;

    noteWatch(name, type);
    await dispatch(`${ name }/findAll`, { type });
    const { group = '', resource } = resourceIn(getters, name, type);

    if (resource !== undefined && (wasLoaded || getters[`${ name }/all`](type).length === 0)) {
      await requireListable({ request: (options) => dispatch(`${ name }/request`, options), clusterId: cluster }, { group, resource }, getters[`${ name }/urlFor`](type));
    }
  }

  return {
    product:          computed(() => product.value.name),
    clusterId,
    cluster:          computed(() => store.getters['currentCluster'] as Cluster | undefined),
    all:              (type) => store.getters[`${ inStore() }/all`](type),
    byId:             (type, id) => store.getters[`${ inStore() }/byId`](type, id),
    managementObject: (type, id) => (store.getters['management/schemaFor'](type) ? store.getters['management/byId'](type, id) : undefined),
    canList:          (type) => isListed(store.getters, inStore(), type),
    methodsOf:        (type) => {
      const schema = schemaIn(store.getters, inStore(), type);
      const upper = (methods: readonly string[] = []): string[] => methods.map((method) => method.toUpperCase());

      return schema && { collection: upper(schema.collectionMethods), resource: upper(schema.resourceMethods) };
    },
    follow(type, id) {
      noteWatch(inStore(), type);
      noteWatch(inStore(), type, id);
    },
    find:             async(type, id) => {
      await store.dispatch(`${ inStore() }/find`, { type, id });
    },
    watchAll:         (type) => watchAll(inStore(), clusterId.value, type),
    management: {
      all:      (type) => store.getters[`${ MANAGEMENT }/all`](type),
      canList:  (type) => isListed(store.getters, MANAGEMENT, type),
      watchAll: (type) => watchAll(MANAGEMENT, LOCAL_CLUSTER, type),
    },
    request: (options) => store.dispatch(`${ inStore() }/request`, options),
  };
}
