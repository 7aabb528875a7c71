import { namespaceWith, quotaWith, RATIO } from '../../../harvester/migration/__tests__/builders';
import type { Condition, ObjectMeta, VirtualMachineInstance, VirtualMachineInstanceMigration, VirtualMachineInstanceSpec, VmPod } from '../../../harvester/migration/objects';
import type { Node } from '../../../harvester/node';
import { type MigrationCluster, migrationCluster } from '../cluster';
import type { MigrationSnapshot } from '../snapshot';

export const NOW = Date.parse('2026-11-25T12:00:00Z');

/** 4 Gi and 2 vCPUs at ratio 1.5 (harvester#7161): limit and request of the launcher's main container, bytes. */
export const LIMIT = 4737464313n;
export const REQUEST = 3305109497n;
/** What no raise covers. */
export const CONSOLE_BYTES = 60_000_000n;

export const BASE = { limitsCpu: '8', limitsMemory: '16Gi' };
export const HARD = { 'limits.cpu': '8', 'limits.memory': '16Gi' };

export interface VmParts {
  readonly spec?: VirtualMachineInstanceSpec;
  readonly metadata?: ObjectMeta;
  readonly conditions?: readonly Condition[];
  readonly node?: string;
  readonly phase?: string;
}

const MIGRATABLE: readonly Condition[] = [{ type: 'Ready', status: 'True' }, { type: 'LiveMigratable', status: 'True' }];

/** A VM of 4 Gi and 2 vCPUs that runs on node-1. */
export function vmi(name = 'vm1', { spec, metadata, conditions = MIGRATABLE, node = 'node-1', phase = 'Running' }: VmParts = {}): VirtualMachineInstance {
  return {
    metadata: { name, namespace: 'ns', uid: `uid-${ name }`, ...metadata },
    spec:     { domain: { resources: { limits: { cpu: '2', memory: '4Gi' }, requests: { cpu: '200m', memory: '2730Mi' } } }, evictionStrategy: 'LiveMigrateIfPossible', ...spec },
    status:   { phase, nodeName: node, conditions },
  };
}

/** Its launcher. */
export function launcherOf({ metadata, status }: VirtualMachineInstance, spec: Partial<VmPod['spec']> = {}, pod: Partial<VmPod> = {}): VmPod {
  const { name = '', namespace = '', uid = '' } = metadata ?? {};

  return {
    metadata: { name: `virt-launcher-${ name }`, namespace, labels: { 'kubevirt.io': 'virt-launcher', 'kubevirt.io/created-by': uid } },
    spec:     { nodeName: status?.nodeName, containers: [
      { name: 'compute', resources: { limits: { cpu: '2', memory: String(LIMIT) }, requests: { cpu: '200m', memory: String(REQUEST) } } },
      { name: 'guest-console-log', resources: { limits: { cpu: '15m', memory: '60M' }, requests: { cpu: '5m', memory: '35M' } } },
    ], ...spec },
    status:   { phase: 'Running' },
    ...pod,
  };
}

/** The target pod of a migration. */
export function targetPod(vm: VirtualMachineInstance, migration: VirtualMachineInstanceMigration, status: VmPod['status'] = { phase: 'Running' }, metadata: Partial<VmPod['metadata']> = {}): VmPod {
  const pod = launcherOf(vm);

  return { ...pod, metadata: { ...pod.metadata, name: `${ pod.metadata.name }-target`, labels: { ...pod.metadata.labels, 'kubevirt.io/migrationJobUID': migration.metadata?.uid ?? '' }, ...metadata }, spec: { ...pod.spec, nodeName: 'node-2' }, status };
}

export function vmim(vm: string, status: VirtualMachineInstanceMigration['status'] = { phase: 'Pending' }, metadata: ObjectMeta = {}): VirtualMachineInstanceMigration {
  return { metadata: { name: `${ vm }-m`, namespace: 'ns', uid: `muid-${ vm }`, ...metadata }, spec: { vmiName: vm }, status };
}

/** @param requested Rancher's sum of what its pods request, null: none */
export function node(name: string, requested: string | null = '{}', parts: Partial<Node['metadata']> = {}): Node {
  return {
    metadata: { name, labels: {}, annotations: requested === null ? {} : { 'management.cattle.io/pod-requests': requested }, ...parts },
    spec:     {},
    status:   { conditions: [{ type: 'Ready', status: 'True' }], allocatable: { cpu: '16', memory: '64Gi', pods: '110' } },
  };
}

export const NODES: readonly Node[] = [node('node-1'), node('node-2')];

/** One namespace with Rancher's quota of 8 CPUs and 16 Gi, and VMs with their launchers. */
export function clusterOf(vms: readonly VirtualMachineInstance[], parts: Partial<MigrationSnapshot> = {}): MigrationCluster {
  return migrationCluster({
    namespaces:     [namespaceWith(BASE)],
    resourceQuotas: [quotaWith(HARD)],
    instances:      vms,
    migrations:     [],
    pods:           vms.map((vm) => launcherOf(vm)),
    nodes:          NODES,
    ratioSetting:   RATIO,
    ...parts,
  });
}

/** The quota with so much of its memory used. */
export function used(memory: bigint, annotations: Record<string, string> = {}, metadata: ObjectMeta = {}): Partial<MigrationSnapshot> {
  return { resourceQuotas: [quotaWith(HARD, { 'limits.memory': String(memory) }, annotations, metadata)] };
}
