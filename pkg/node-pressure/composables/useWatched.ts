import { computed, ref, watch, type ComputedRef, type Ref } from 'vue';
import type { Host } from './useHost';

/**
 * The objects of a type that the Dashboard's store watches, loaded when `active` is true for the first time. Undefined
 * until then, and where they cannot be listed. Call in `setup`.
 */
export function useWatched<T>(host: Pick<Host, 'all' | 'canList' | 'watchAll'>, type: string, active: Readonly<Ref<boolean>>): ComputedRef<readonly T[] | undefined> {
  const isLoaded = ref(false);
  let isAsked = false;

  watch(active, async(isActive) => {
    if (!isActive || isAsked || !host.canList(type)) {
      return;
    }
    isAsked = true;

    try {
      await host.watchAll(type);
      isLoaded.value = true;
    } catch {
      // Asked again when the tab is shown again; until then it is "not known"
      isAsked = false;
    }
  }, { immediate: true });

  return computed(() => (isLoaded.value ? host.all<T>(type) : undefined));
}
