import { computed, type ComputedRef } from 'vue';
import { useStore } from 'vuex';
import type { Cluster } from '../harvester/cluster';
import type { Request } from '../steve/request';
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
  /** Whether the user may list a type: schemas that a user has no right to are not there. */
  canList(type: string): boolean;
  /** What the user may do with a type and its objects; undefined for a type that they may not see, or that is not there. */
  methodsOf(type: string): Methods | undefined;
  /** Takes note that the page depends on an object that the Dashboard may watch. */
  follow(type: string, id: string): void;
  /** Loads one object into the Dashboard's store; rejects as the store does. */
  find(type: string, id: string): Promise<void>;
  /** Loads a type into the Dashboard's store and watches it; rejects as the store does. */
  watchAll(type: string): Promise<void>;
  /** The store that is about Rancher itself. */
  readonly management: Pick<Host, 'all' | 'canList' | 'watchAll'>;
  /** One request outside the store. */
  readonly request: Request;
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

  return {
    product:          computed(() => product.value.name),
    clusterId:        computed(() => String(store.getters['clusterId'])),
    cluster:          computed(() => store.getters['currentCluster'] as Cluster | undefined),
    all:              (type) => store.getters[`${ inStore() }/all`](type),
    byId:             (type, id) => store.getters[`${ inStore() }/byId`](type, id),
    managementObject: (type, id) => (store.getters['management/schemaFor'](type) ? store.getters['management/byId'](type, id) : undefined),
    canList:          (type) => Boolean(store.getters[`${ inStore() }/schemaFor`](type)),
    methodsOf:        (type) => {
      const schema = store.getters[`${ inStore() }/schemaFor`](type) as Schema | undefined;
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
    watchAll:         async(type) => {
      noteWatch(inStore(), type);
      await store.dispatch(`${ inStore() }/findAll`, { type });
    },
    management: {
      all:      (type) => store.getters['management/all'](type),
      canList:  (type) => Boolean(store.getters['management/schemaFor'](type)),
      watchAll: async(type) => {
        noteWatch('management', type);
        await store.dispatch('management/findAll', { type });
      },
    },
    request: (options) => store.dispatch(`${ inStore() }/request`, options),
  };
}
