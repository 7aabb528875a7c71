import type { ResourceQuota, VirtualMachineInstance, VirtualMachineInstanceMigration } from '../harvester/migration/objects';
import type { ReadFailure } from '../planner/reading';
import { read, type ReadPlan } from './read';
import { type ClusterAccess, clusterPath } from './request';
import { objectsOf, requireObject } from './shape';

/** What decides whether a raise belongs to a migration, as it is now: watches of different types may lag behind each other. */
export interface RaiseObjects {
  readonly resourceQuotas: readonly ResourceQuota[];
  readonly instances: readonly VirtualMachineInstance[];
  readonly migrations: readonly VirtualMachineInstanceMigration[];
}

const KUBEVIRT = 'apis/kubevirt.io/v1';

function listPlan<T>(clusterId: string, group: string, namespace: string, resource: string): ReadPlan<readonly T[]> {
  return {
    url:   `${ clusterPath(clusterId) }/${ group }/namespaces/${ encodeURIComponent(namespace) }/${ resource }`,
    verb:  `list ${ resource }${ group === KUBEVIRT ? '.kubevirt.io' : '' }`,
    parse: (body) => objectsOf(requireObject(body, `list of ${ resource }`)['items']) as readonly T[],
  };
}

/** Reads one namespace's, or says why not. Undefined once `signal` is aborted. */
export async function readRaiseObjects({ request, clusterId }: ClusterAccess, namespace: string, signal: AbortSignal): Promise<RaiseObjects | ReadFailure | undefined> {
  // Quotas last: what is removed from them must not have come after the migrations were read
  const [instances, migrations] = await Promise.all([
    read(request, listPlan<VirtualMachineInstance>(clusterId, KUBEVIRT, namespace, 'virtualmachineinstances'), signal),
    read(request, listPlan<VirtualMachineInstanceMigration>(clusterId, KUBEVIRT, namespace, 'virtualmachineinstancemigrations'), signal),
  ]);
  const resourceQuotas = await read(request, listPlan<ResourceQuota>(clusterId, 'api/v1', namespace, 'resourcequotas'), signal);

  if (!instances || !migrations || !resourceQuotas) {
    return undefined;
  }
  const failure = [instances, migrations, resourceQuotas].find((outcome) => outcome.failure)?.failure;

  return failure ?? { resourceQuotas: resourceQuotas.value ?? [], instances: instances.value ?? [], migrations: migrations.value ?? [] };
}
