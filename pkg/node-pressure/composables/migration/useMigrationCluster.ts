import { computed, onBeforeUnmount, shallowRef, watch, type ComputedRef, type Ref, type ShallowRef } from 'vue';
import { migrationCluster, type MigrationCluster } from '../../planner/migration/cluster';
import type { ReadFailure } from '../../planner/reading';
import type { Host } from '../useHost';
import { useMigrationObjects, type MigrationObjects } from './useMigrationObjects';
import { useVmPods } from './useVmPods';

/** Changes that arrive within this time are worked out together. */
const BATCH_MILLISECONDS = 100;

/** Everything that decides on migrations, sorted, and what is missing of it. */
export interface MigrationState extends Pick<MigrationObjects, 'isLoading' | 'failure' | 'projects' | 'projectsFailure' | 'load'> {
  /** Undefined until everything that is readable was read from the store. */
  readonly cluster: Readonly<ShallowRef<MigrationCluster | undefined>>;
  readonly missing: ComputedRef<readonly ReadFailure[]>;
  /** By namespace: changes when what is known of it, or of the cluster, does. */
  keyOf(namespace: string): string;
  /** Namespaces whose VMs' pods are still to be read. */
  readonly pendingPods: ComputedRef<number>;
}

/**
 * Reads while `active`, and forgets everything when unmounted. Call in `setup`.
 * @param node pods are read only of namespaces with VMs on this node; of all if absent
 */
export function useMigrationCluster(host: Host, active: Readonly<Ref<boolean>>, node?: string): MigrationState {
  const objects = useMigrationObjects(host, active, node);
  const pods = useVmPods(host.clusterId.value, host.request, objects.podVersions, active);
  const cluster = shallowRef<MigrationCluster>();
  const keys = shallowRef<{ readonly cluster: string; of(namespace: string): string }>();
  let timer: ReturnType<typeof setTimeout> | undefined;

  function sort(): void {
    const [versions, readAt] = [objects.versions.value, pods.readAt.value];

    timer = undefined;
    keys.value = { cluster: versions.cluster, of: (namespace) => `${ versions.byNamespace.get(namespace) }|${ readAt.get(namespace) }` };
    cluster.value = migrationCluster({ ...objects.snapshot(), pods: pods.pods.value, podsRead: new Set(readAt.keys()) });
  }

  watch([objects.isLoading, objects.failure, objects.versions, pods.readAt], () => {
    if (!objects.isLoading.value && !objects.failure.value) {
      timer ??= setTimeout(sort, cluster.value ? BATCH_MILLISECONDS : 0);
    }
  }, { immediate: true });
  onBeforeUnmount(() => clearTimeout(timer));

  return {
    ...objects,
    cluster,
    missing:     computed(() => [...objects.missing.value, ...(pods.failure.value ? [pods.failure.value] : [])]),
    keyOf:       (namespace) => `${ keys.value?.cluster }|${ keys.value?.of(namespace) }`,
    pendingPods: pods.pending,
  };
}
