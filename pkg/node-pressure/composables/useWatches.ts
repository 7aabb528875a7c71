import { computed, shallowReactive, type ComputedRef } from 'vue';
import { useStore } from 'vuex';

/** A type in one of the Dashboard's stores, or one object of it: `harvester/node`, `harvester/node/node-1`. */
export type Watched = string;

/** Why the Dashboard has given up a watch that it could begin with no list that it got; other reasons are for good. */
const TOO_OLD = 'TOO_OLD';

/** What the Dashboard's stores were asked to watch. They keep it for as long as they live. */
const asked = shallowReactive(new Set<Watched>());

/** Takes note that a store watches a type, or one object of it. */
export function noteWatch(store: string, type: string, id?: string): void {
  asked.add([store, type, ...(id === undefined ? [] : [id])].join('/'));
}

/** The types that a store was asked to watch, but for those of which it watches single objects only. Reactive. */
export function watchedTypes(store: string): string[] {
  return [...asked].map((watched) => watched.split('/')).flatMap(([of, type, ...id]) => (of === store && type !== undefined && id.length === 0 ? [type] : []));
}

/** The watches of the Dashboard's stores that our pages depend on. */
export interface Watches {
  /** Those that run now. */
  readonly running: ComputedRef<ReadonlySet<Watched>>;
  /** Those that the store has given up, or is about to. */
  readonly failed: ComputedRef<ReadonlySet<Watched>>;
  /** Whether the store still knows the type: the stores are emptied when the cluster is left. */
  isKnown(watched: Watched): boolean;
  /** Asks for a watch from now on, also where the store has given up. */
  start(watched: Watched): void;
  /** Reads anew what is watched; rejects as the store does. */
  read(watched: Watched): Promise<void>;
}

interface Parts {
  readonly store: string;
  /** As the store's actions and getters take them. */
  readonly params: { readonly type: string; readonly id?: string };
}

function parts(watched: Watched): Parts {
  const [store = '', type = '', ...id] = watched.split('/');

  return { store, params: { type, ...(id.length > 0 && { id: id.join('/') }) } };
}

/** Reads the Dashboard's stores, which come and go with its products; call in `setup`. */
export function useWatches(): Watches {
  const { getters, dispatch } = useStore();
  const isRunning = (watched: Watched): boolean => {
    const { store, params } = parts(watched);

    return getters[`${ store }/watchStarted`]?.(params) === true;
  };
  const isFailed = (watched: Watched): boolean => {
    const { store, params } = parts(watched);

    return getters[`${ store }/inError`]?.(params) === TOO_OLD;
  };

  return {
    running: computed(() => new Set([...asked].filter(isRunning))),
    failed:  computed(() => new Set([...asked].filter(isFailed))),
    isKnown(watched) {
      const { store, params } = parts(watched);

      return Boolean(getters[`${ store }/schemaFor`]?.(params.type));
    },
    start(watched) {
      const { store, params } = parts(watched);

      // Not from the version of a list: Steve may only have lists that are older than what the API server remembers
      dispatch(`${ store }/watch`, { ...params, revision: '', force: true });
    },
    async read(watched) {
      const { store, params } = parts(watched);

      await dispatch(`${ store }/${ params.id === undefined ? 'findAll' : 'find' }`, { ...params, opt: { force: true, watch: false } });
    },
  };
}
