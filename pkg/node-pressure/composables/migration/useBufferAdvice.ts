import { computed, type ComputedRef, type Ref } from 'vue';
import { attempt } from '../../harvester/amounts';
import type { Namespace } from '../../harvester/migration/objects';
import { isManagedByRancher, projectOf } from '../../harvester/migration/project';
import { bufferAdvice } from '../../planner/migration/advice';
import type { BufferAdvice } from '../../planner/migration/adviceReport';
import { useHost } from '../useHost';
import type { MigrationState } from './useMigrationCluster';
import type { QuotaRights } from './useQuotaRights';

/** What to change, and the namespace as it was when that was worked out. */
export interface NamespaceAdvice {
  readonly advice: BufferAdvice;
  readonly namespace: Namespace;
}

/** The advice for so many VMs at once; undefined where nothing is limited or an amount cannot be read. Call in `setup`. */
export function useBufferAdvice({ cluster, projects, projectsFailure }: Pick<MigrationState, 'cluster' | 'projects' | 'projectsFailure'>, name: () => string, vms: Readonly<Ref<number>>, rights: () => QuotaRights): ComputedRef<NamespaceAdvice | undefined> {
  const { clusterId } = useHost();

  return computed(() => {
    const current = cluster.value;
    const objects = current?.of(name());

    if (!current || !objects || objects.resourceQuotas.length === 0 || objects.instances.length === 0) {
      return undefined;
    }
    const { namespace } = objects;
    const project = projectOf(namespace, clusterId.value, projects.value ?? [])?.spec?.resourceQuota;
    const advice = attempt(() => bufferAdvice(current, name(), Math.max(1, Math.trunc(vms.value) || 1), {
      rancher:  isManagedByRancher(namespace, clusterId.value),
      ...(project && { project: { limit: project.limit ?? null, usedLimit: project.usedLimit ?? null } }),
      ...(projectsFailure.value?.kind === 'forbidden' && { projectVerb: projectsFailure.value.verb }),
      mayWrite: rights().writeNamespace,
    })).value;

    return advice && { advice, namespace };
  });
}
