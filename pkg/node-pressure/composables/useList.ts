import { computed, ref, watch, type ComputedRef, type Ref } from 'vue';
import type { ReadFailure } from '../planner/reading';
import { classifyFailure } from '../steve/failure';
import type { Host } from './useHost';

/** Where the objects of a type come from: the store of the product, or that about Rancher itself. */
export type ListSource = Pick<Host, 'all' | 'canList' | 'watchAll'>;

/** The objects of one type, or why they are not there. */
export interface List<T> {
  /** Undefined until they are loaded, and where they cannot be. */
  readonly objects: ComputedRef<readonly T[] | undefined>;
  readonly failure: Readonly<Ref<ReadFailure | undefined>>;
  /** Tries again after a failure. */
  load(): Promise<void>;
}

/**
 * The objects of a type that the Dashboard's store watches, loaded when `active` is true for the first time. Call in
 * `setup`.
 * @param resource as rights name it: `resourcequotas`
 */
export function useList<T>(source: ListSource, type: string, resource: string, active: Readonly<Ref<boolean>>): List<T> {
  const isLoaded = ref(false);
  const failure = ref<ReadFailure>();
  const verb = `list ${ resource }`;
  let isAsked = false;

  async function load(): Promise<void> {
    isAsked = true;
    failure.value = undefined;

    if (!source.canList(type)) {
      failure.value = { kind: 'forbidden', verb, message: '' };

      return;
    }

    try {
      await source.watchAll(type);
      isLoaded.value = true;
    } catch (reason) {
      failure.value = classifyFailure(reason, verb);
    }
  }

  watch(active, (isActive) => {
    // What failed is tried again when the tab is shown again, but for what only an admin can mend
    if (isActive && (!isAsked || (failure.value && failure.value.kind !== 'forbidden'))) {
      load();
    }
  }, { immediate: true });

  return { objects: computed(() => (isLoaded.value ? source.all<T>(type) : undefined)), failure, load };
}
