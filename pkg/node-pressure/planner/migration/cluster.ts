import type { Estimate } from '../../harvester/migration/delta';
import { isKubeVirtReady, type ParallelLimits, parallelLimits } from '../../harvester/migration/kubevirt';
import { launcherRatio } from '../../harvester/migration/ratio';
import type { Namespace, ResourceQuota, VirtualMachine, VirtualMachineInstance, VirtualMachineInstanceMigration, VmPod } from '../../harvester/migration/objects';
import { overheadConstants } from '../../harvester/migration/overheadConstants';
import { CREATED_BY, KUBEVIRT_LABEL, LAUNCHER, type LauncherEstimate } from '../../harvester/migration/targetPods';
import type { Node } from '../../harvester/node';
import { isFinal, isRunning } from '../../harvester/migration/phases';
import { nodeRoom, type NodeRoom } from './nodeRoom';
import type { MigrationSnapshot } from './snapshot';

/** Label of a target pod: the UID of the migration that it is for. */
const MIGRATION_JOB = 'kubevirt.io/migrationJobUID';

/** What belongs to one namespace. */
export interface NamespaceObjects {
  readonly namespace: Namespace;
  readonly resourceQuotas: readonly ResourceQuota[];
  readonly virtualMachines: ReadonlyMap<string, VirtualMachine>;
  readonly instances: readonly VirtualMachineInstance[];
  readonly migrations: readonly VirtualMachineInstanceMigration[];
  /** Whether its pods were read. */
  readonly podsRead: boolean;
}

/** A snapshot with what is asked of it again and again worked out once. Nothing of it is parsed yet. */
export interface MigrationCluster {
  readonly snapshot: MigrationSnapshot;
  /** Namespaces with VMs or with a quota, by name. */
  readonly namespaceNames: readonly string[];
  readonly nodes: ReadonlyMap<string, Node>;
  readonly limits: ParallelLimits;
  readonly isKubeVirtReady?: boolean;
  /** How Harvester estimates what it raises quotas by. */
  readonly estimate: Estimate;
  /** How KubeVirt sizes launchers. */
  readonly launcherEstimate: LauncherEstimate;
  /** Whether Harvester compensates. */
  readonly canCompensate: boolean;
  /** Migrations that hold one of the places that KubeVirt's limits leave: in all, and by the node that they leave. */
  readonly running: number;
  readonly outbound: ReadonlyMap<string, number>;
  of(namespace: string): NamespaceObjects;
  roomOn(node: Node): NodeRoom | undefined;
  /** Launchers of a VMI that have not ended. */
  launchersOf(vmi: VirtualMachineInstance): readonly VmPod[];
}

type Groups<T> = ReadonlyMap<string, readonly T[]>;

function grouped<T>(objects: readonly T[], keyOf: (object: T) => string | undefined): Groups<T> {
  const groups = new Map<string, T[]>();

  for (const object of objects) {
    const key = keyOf(object) ?? '';
    const group = groups.get(key);

    if (group) {
      group.push(object);
    } else {
      groups.set(key, [object]);
    }
  }

  return groups;
}

function namespaceOf({ metadata }: { readonly metadata?: { readonly namespace?: string } }): string | undefined {
  return metadata?.namespace;
}

/** Harvester compensates since 1.9. A version that cannot be read counts as a current one. */
function compensates(version: string | undefined): boolean {
  const [, major, minor] = /^v?(\d+)\.(\d+)/.exec(version ?? '') ?? [];

  return major === undefined || Number(major) > 1 || Number(minor) >= 9;
}

function isActiveLauncher({ metadata: { labels }, status }: VmPod): boolean {
  return labels?.[KUBEVIRT_LABEL] === LAUNCHER && status?.phase !== 'Succeeded' && status?.phase !== 'Failed';
}

/** The target pod of a migration, as KubeVirt labels it. */
export function targetPodOf({ metadata }: VirtualMachineInstanceMigration, launchers: readonly VmPod[]): VmPod | undefined {
  return launchers.find(({ metadata: { labels } }) => labels?.[MIGRATION_JOB] !== undefined && labels[MIGRATION_JOB] === metadata?.uid);
}

/** Works something out once for each node, when it is first asked for. */
function remembered<T>(compute: (node: Node) => T): (node: Node) => T {
  const known = new Map<Node, T>();

  return (node) => {
    if (!known.has(node)) {
      known.set(node, compute(node));
    }

    return known.get(node) as T;
  };
}

/** @param snapshot what was read of the cluster; it is only sorted into groups */
export function migrationCluster(snapshot: MigrationSnapshot): MigrationCluster {
  const namespaces = new Map(snapshot.namespaces.map((namespace) => [namespace.metadata?.name, namespace]));
  const [quotas, machines, instances, migrations] = [
    grouped(snapshot.resourceQuotas, namespaceOf), grouped(snapshot.virtualMachines ?? [], namespaceOf), grouped(snapshot.instances, namespaceOf), grouped(snapshot.migrations, namespaceOf),
  ];
  const launchers = grouped(snapshot.pods.filter(isActiveLauncher), ({ metadata: { labels } }) => labels?.[CREATED_BY]);
  const launchersOf = ({ metadata }: VirtualMachineInstance): readonly VmPod[] => (metadata?.uid && launchers.get(metadata.uid)) || [];
  const constants = overheadConstants(snapshot.kubevirt?.status?.observedKubeVirtVersion);
  const outbound = new Map<string, number>();
  let running = 0;

  for (const migration of snapshot.migrations.filter((one) => !isFinal(one))) {
    const vmi = instances.get(namespaceOf(migration) ?? '')?.find(({ metadata }) => metadata?.name === migration.spec?.vmiName);

    // Also one without a pod yet that runs by its phase. Follows findRunningMigrations of KubeVirt's controller
    if (!isRunning(migration) && !(vmi && targetPodOf(migration, launchersOf(vmi)))) {
      continue;
    }
    running += 1;
    // The node that an earlier migration left counts, too: outboundMigrationsOnNode there
    for (const node of new Set([vmi?.status?.nodeName, vmi?.status?.migrationState?.sourceNode])) {
      if (node) {
        outbound.set(node, (outbound.get(node) ?? 0) + 1);
      }
    }
  }

  return {
    snapshot,
    namespaceNames:   [...new Set([...instances.keys(), ...quotas.keys()])].sort(),
    nodes:            new Map((snapshot.nodes ?? []).map((node) => [node.metadata.name, node])),
    limits:           parallelLimits(snapshot.kubevirt),
    isKubeVirtReady:  isKubeVirtReady(snapshot.kubevirt),
    estimate:         { setting: snapshot.ratioSetting, constants },
    launcherEstimate: { ratio: launcherRatio(snapshot.kubevirt, snapshot.ratioSetting), constants },
    canCompensate:    compensates(snapshot.harvesterVersion),
    running,
    outbound,
    launchersOf,
    roomOn:           remembered((node) => nodeRoom(node, snapshot.requested)),
    of:               (name) => ({
      namespace:       namespaces.get(name) ?? { metadata: { name } },
      resourceQuotas:  quotas.get(name) ?? [],
      virtualMachines: new Map((machines.get(name) ?? []).map((vm) => [vm.metadata?.name ?? '', vm])),
      instances:       instances.get(name) ?? [],
      migrations:      migrations.get(name) ?? [],
      podsRead:        snapshot.podsRead?.has(name) ?? true,
    }),
  };
}
