import { isRejectedByQuota } from '../../harvester/migration/compensation';
import type { VirtualMachineInstance, VirtualMachineInstanceMigration, VmPod } from '../../harvester/migration/objects';
import { phaseOf } from '../../harvester/migration/phases';
import { hasHotplugVolumes } from '../../harvester/migration/targetPods';
import { timeOf } from '../../harvester/migration/times';
import type { Message, MessageParams } from '../display';
import { ageOf } from '../reading';
import { type MigrationCluster, targetPodOf } from './cluster';
import type { WaitCode } from './liveReport';

/** KubeVirt's patience with a target pod that is not running, and annotations of a migration that change it. */
const UNSCHEDULABLE = { annotation: 'kubevirt.io/migrationUnschedulablePodTimeoutSeconds', seconds: 300 };
const PENDING = { annotation: 'kubevirt.io/migrationPendingPodTimeoutSeconds', seconds: 900 };

/** A migration, and what it is seen with. */
export interface Subject {
  readonly cluster: MigrationCluster;
  readonly migration: VirtualMachineInstanceMigration;
  readonly vmi?: VirtualMachineInstance;
  readonly nowMilliseconds: number;
}

function wait(code: WaitCode, params: MessageParams = {}): Message<WaitCode> {
  return { code, params };
}

/** How long ago something was; undefined where its time is not known. */
export function since(written: string | null | undefined, nowMilliseconds: number): number | undefined {
  const time = timeOf(written);

  return time === undefined ? undefined : ageOf({ readAtMilliseconds: time }, nowMilliseconds);
}

function has({ status }: VirtualMachineInstanceMigration, type: string): boolean {
  return !!status?.conditions?.some((condition) => condition.type === type && condition.status === 'True');
}

/** Before there is a target pod. Follows handleTargetPodCreation in KubeVirt's migration controller. */
function pendingWait({ cluster, migration, vmi, nowMilliseconds }: Subject): Message<WaitCode> {
  const launchers = vmi ? cluster.launchersOf(vmi) : [];
  const node = vmi?.status?.nodeName ?? '';
  const { perCluster, perNode } = cluster.limits;

  if (has(migration, 'migrationBlockedByBackup')) {
    return wait('backup');
  }
  if (has(migration, 'migrationBlockedByUtilityVolumes')) {
    return wait('utilityVolumes');
  }
  if (targetPodOf(migration, launchers)) {
    return wait('attachment');
  }
  if (isRejectedByQuota(migration)) {
    const condition = migration.status?.conditions?.find(({ type }) => type === 'migrationRejectedByResourceQuota');

    return wait('quota', { sinceMilliseconds: since(condition?.lastProbeTime, nowMilliseconds) });
  }
  if (launchers.length > 1) {
    return wait('otherPods', { count: launchers.length });
  }
  if (cluster.running >= perCluster) {
    return wait('clusterLimit', { limit: perCluster });
  }

  return (cluster.outbound.get(node) ?? 0) >= perNode ? wait('nodeLimit', { limit: perNode, node }) : wait('controller');
}

function unschedulable({ status }: VmPod): { readonly message?: string } | undefined {
  return status?.conditions?.find(({ type, status: isTrue, reason }) => type === 'PodScheduled' && isTrue === 'False' && reason === 'Unschedulable');
}

function podWait({ vmi }: Subject, pod: VmPod | undefined): Message<WaitCode> {
  const stuck = pod && unschedulable(pod);
  const isReady = pod?.status?.conditions?.some(({ type, status }) => type === 'Ready' && status === 'True');

  if (stuck) {
    return wait('scheduling', { message: stuck.message });
  }

  return isReady && vmi && hasHotplugVolumes(vmi) ? wait('attachment') : wait('starting');
}

/** What a migration that is not over waits for. */
export function waitOf(subject: Subject, pod: VmPod | undefined): Message<WaitCode> {
  const { migration, vmi } = subject;

  if (migration.metadata?.deletionTimestamp || has(migration, 'migrationAbortRequested')) {
    return wait('aborting');
  }

  switch (phaseOf(migration)) {
  case 'Pending': return pendingWait(subject);
  case 'Scheduling': return podWait(subject, pod);
  case 'Scheduled':
  case 'PreparingTarget': return wait('target');
  case 'TargetReady':
  case 'Running': return wait(vmi?.status?.migrationState?.completed ? 'resize' : 'memory');
  default: return wait('controller');
  }
}

/** When KubeVirt deletes a target pod that is not running yet. Follows handlePendingPodTimeout there. */
export function givesUpIn({ migration, nowMilliseconds }: Subject, pod: VmPod | undefined): number | undefined {
  const age = since(pod?.metadata.creationTimestamp, nowMilliseconds);

  if (!pod || age === undefined || pod.status?.phase !== 'Pending' || pod.metadata.deletionTimestamp) {
    return undefined;
  }

  const { annotation, seconds } = unschedulable(pod) ? UNSCHEDULABLE : PENDING;
  const written = migration.metadata?.annotations?.[annotation] ?? '';
  const patience = /^\d+$/.test(written) ? Number(written) : seconds;

  return Math.max(0, patience * 1000 - age);
}
