import { annotation } from './keys';
import type { VirtualMachineInstance } from './objects';

/** Annotations of a VMI that Harvester sets while it migrates. */
const MIGRATION_UID = 'harvesterhci.io/migrationUID';
const MIGRATION_STATE = 'harvesterhci.io/migrationState';

export const HOSTNAME = 'kubernetes.io/hostname';

/**
 * Why Harvester refuses to migrate a VM: it does not run, is not ready, or is being deleted; it migrates already; it is
 * bound to a node by name; it has devices of its node; KubeVirt says that it cannot; there is no other node; KubeVirt
 * itself is not ready.
 */
export type MigrationRefusalCode = 'notRunning' | 'notReady' | 'deleting' | 'migrating' | 'hostnameSelector' | 'hostDevices' | 'gpus' | 'notLiveMigratable' | 'singleNode' | 'kubevirtNotReady';

export interface MigrationRefusal {
  readonly code: MigrationRefusalCode;
  readonly params: Readonly<Record<string, string | number>>;
}

/** What a VM's migration depends on beside the VM. */
export interface Circumstances {
  /** Nodes of the cluster; undefined where it is not known. */
  readonly nodes?: number;
  /** Undefined where it is not known: then it counts as ready. */
  readonly isKubeVirtReady?: boolean;
}

/** KubeVirt's word on whether a VM can migrate. Undefined: not a word against it; the first condition of its type counts. */
export function notLiveMigratable({ status }: VirtualMachineInstance): { readonly reason: string; readonly message: string } | undefined {
  const condition = status?.conditions?.find(({ type }) => type === 'LiveMigratable');

  return condition?.status === 'False' ? { reason: condition.reason ?? '', message: condition.message ?? '' } : undefined;
}

function isReady({ status }: VirtualMachineInstance): boolean {
  return !!status?.conditions?.some(({ type, status: isTrue }) => type === 'Ready' && isTrue === 'True');
}

/**
 * Everything for which Harvester refuses to migrate a VM, in the order of its checks; empty where it does not. Follows
 * ValidateVMMigratable in pkg/util/virtualmachineinstance/virtualmachineinstance.go, canMigrate in pkg/api/vm/formatter.go
 * and migrate in pkg/api/vm/handler.go of Harvester.
 */
export function migrationRefusals(vmi: VirtualMachineInstance, { nodes, isKubeVirtReady = true }: Circumstances): MigrationRefusal[] {
  const { metadata, spec, status } = vmi;
  const { hostDevices, gpus } = spec?.domain?.devices ?? {};
  const hostname = spec?.nodeSelector?.[HOSTNAME];
  const state = annotation(metadata, MIGRATION_STATE) || annotation(metadata, MIGRATION_UID);
  const isRunning = status?.phase === 'Running';
  const refused = notLiveMigratable(vmi);
  const checks: readonly (readonly [applies: unknown, code: MigrationRefusalCode, params?: MigrationRefusal['params']])[] = [
    [!isRunning, 'notRunning', { phase: status?.phase ?? '' }],
    [isRunning && !isReady(vmi), 'notReady'],
    [metadata?.deletionTimestamp, 'deleting'],
    [state, 'migrating', { state: state ?? '' }],
    [hostname, 'hostnameSelector', { node: hostname ?? '' }],
    [hostDevices?.length, 'hostDevices', { count: hostDevices?.length ?? 0 }],
    [gpus?.length, 'gpus', { count: gpus?.length ?? 0 }],
    [refused, 'notLiveMigratable', { ...refused }],
    [nodes !== undefined && nodes < 2, 'singleNode'],
    [!isKubeVirtReady, 'kubevirtNotReady'],
  ];

  return checks.filter(([applies]) => applies).map(([, code, params = {}]) => ({ code, params }));
}
