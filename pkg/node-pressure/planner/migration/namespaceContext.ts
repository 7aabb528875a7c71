import { attempt } from '../../harvester/amounts';
import type { VirtualMachineInstance, VirtualMachineInstanceMigration, VmPod } from '../../harvester/migration/objects';
import { isFinal, isRunning } from '../../harvester/migration/phases';
import type { RunningVm } from '../../harvester/migration/targetPods';
import { afterPending, type Candidate, candidateOf } from './candidate';
import { type MigrationCluster, type NamespaceObjects, targetPodOf } from './cluster';
import { type Quotas, quotasOf, type Room, roomsOf } from './room';

/** What the reports on one namespace and its VMs are made from. */
export interface NamespaceContext {
  readonly cluster: MigrationCluster;
  readonly namespace: string;
  readonly objects: NamespaceObjects;
  readonly quotas: Quotas;
  /** What is left once pending migrations have their pods; empty where `error` says why. */
  readonly rooms: readonly Room[];
  /** The same for one VM: its own migration may be a pending one. */
  roomsFor(vm: VmContext): readonly Room[];
  /** An amount of a quota that is none. */
  readonly error?: string;
  readonly vms: readonly VmContext[];
}

/** One VM with its pods, and what its migration would take. */
export interface VmContext extends RunningVm {
  /** Pods of it that have not ended. */
  readonly launchers: readonly VmPod[];
  /** Its migration that is not over. */
  readonly migration?: VirtualMachineInstanceMigration;
  /** Whether that has its pod: quotas and nodes have let it begin. */
  readonly isUnderWay: boolean;
  readonly candidate?: Candidate;
  /** Why there is no candidate: an amount that is none. */
  readonly error?: string;
}

export function nameOf({ metadata }: VirtualMachineInstance): string {
  return metadata?.name ?? '';
}

function vmContext(vmi: VirtualMachineInstance, cluster: MigrationCluster, objects: NamespaceObjects, quotas: Quotas): VmContext {
  const launchers = cluster.launchersOf(vmi);
  const launcher = launchers.find(({ spec }) => spec.nodeName === vmi.status?.nodeName);
  const migration = objects.migrations.find((one) => one.spec?.vmiName === vmi.metadata?.name && !isFinal(one));
  const { value: candidate, error } = attempt(() => (launcher || !objects.podsRead ? candidateOf({ vmi, launcher }, quotas, cluster.launcherEstimate) : undefined));

  const isUnderWay = !!migration && (isRunning(migration) || !!targetPodOf(migration, launchers));

  return { vmi, launchers, launcher, migration, isUnderWay, candidate, error };
}

export function namespaceContext(cluster: MigrationCluster, namespace: string): NamespaceContext {
  const objects = cluster.of(namespace);
  const quotas = quotasOf({ namespace: objects.namespace, resourceQuotas: objects.resourceQuotas, estimate: cluster.estimate, canCompensate: cluster.canCompensate });
  const vms = objects.instances.map((vmi) => vmContext(vmi, cluster, objects, quotas));
  const pending = vms.filter(({ migration, isUnderWay }) => migration && !isUnderWay).flatMap(({ candidate }) => candidate ?? []);
  const { value: all = [], error } = attempt(() => roomsOf(quotas));
  const rooms = afterPending(all, pending);
  const roomsFor = ({ candidate }: VmContext): readonly Room[] => (candidate && pending.includes(candidate) ? afterPending(all, pending.filter((one) => one !== candidate)) : rooms);

  return { cluster, namespace, objects, quotas, rooms, roomsFor, error, vms };
}
