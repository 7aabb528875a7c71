import { computed, onBeforeUnmount, shallowReactive, watch, type ComputedRef, type Ref } from 'vue';
import { useStore } from 'vuex';
import type { ClusterAccess } from '../steve/request';
import { EVERYTHING, isAllowed, isUnwatchable, rightOf } from '../steve/rights';
import { LOCAL_CLUSTER, MANAGEMENT, resourceIn, useHost } from './useHost';
import { watchedTypes } from './useWatches';

/**
 * The rights without which changes of what the page shows are not heard of, as Kubernetes names them: Steve accepts every
 * watch, and tells nothing where it is not allowed. Asked for while `active`, once for each type. Call in `setup`.
 */
export function useUnwatched(active: Readonly<Ref<boolean>>): ComputedRef<readonly string[]> {
  const { getters, dispatch } = useStore();
  const { clusterId: { value: clusterId } } = useHost();
  const life = new AbortController();
  const missing = shallowReactive(new Set<string>());

  function follow(store: string, cluster: string): void {
    const access: ClusterAccess = { request: (options) => dispatch(`${ store }/request`, options), clusterId: cluster };
    const reviewed = new Set<string>();
    let everything: Promise<boolean | undefined> | undefined;

    watch(() => (active.value ? watchedTypes(store) : []), (types) => types.forEach(async(type) => {
      const { group = '', resource } = resourceIn(getters, store, type);

      if (resource === undefined || reviewed.has(type)) {
        return;
      }
      reviewed.add(type);
      everything ??= isAllowed(access, 'watch', EVERYTHING, life.signal);
      if (!await everything && await isUnwatchable(access, { group, resource }, life.signal)) {
        missing.add(rightOf('watch', { group, resource }));
      }
    }), { immediate: true });
  }

  follow(getters['currentProduct'].inStore, clusterId);
  follow(MANAGEMENT, LOCAL_CLUSTER);
  onBeforeUnmount(() => life.abort());

  return computed(() => [...missing].sort());
}
