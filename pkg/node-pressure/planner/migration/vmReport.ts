import { annotation, HOTPLUG } from '../../harvester/migration/keys';
import { migrationRefusals } from '../../harvester/migration/migratable';
import { quantityIn } from '../../harvester/migration/quantities';
import { overheadDifference } from '../../harvester/migration/targetPods';
import type { Message } from '../display';
import { amountParam } from './amountParam';
import { type Fit, fitOf, type Obstacle } from './fit';
import { nameOf, type NamespaceContext, type VmContext } from './namespaceContext';
import type { Target, VmNoteCode, VmReasonCode, VmReport } from './report';
import { targetsOf } from './targets';

type Reason = Message<VmReasonCode>;

const FITS: Fit = { obstacles: [], byRaise: false, byCompensation: false };

/** A limit that stops a migration, as a message. */
export function obstacleMessage({ kind, quota, resource, missing }: Obstacle): Message<Obstacle['kind']> {
  return { code: kind, params: { quota, resource, ...amountParam('missing', resource, missing) } };
}

function reason(code: VmReasonCode, params: Reason['params'] = {}): Reason {
  return { code, params };
}

/** What keeps the VM from migrating beside quotas and nodes. */
function ownReasons({ cluster, objects, error }: NamespaceContext, vm: VmContext): Reason[] {
  const refusals = migrationRefusals(vm.vmi, { nodes: cluster.snapshot.nodes?.length, isKubeVirtReady: cluster.isKubeVirtReady });
  const isMigrating = refusals.some(({ code }) => code === 'migrating');
  const unreadable = vm.error ?? error;

  return [
    ...refusals,
    ...(vm.migration && !isMigrating ? [reason('migrating', { state: vm.migration.status?.phase ?? '' })] : []),
    ...(vm.launchers.length > 1 && !vm.migration && !isMigrating ? [reason('manyPods', { count: vm.launchers.length })] : []),
    ...(objects.podsRead && !vm.launcher ? [reason('noLauncher')] : []),
    ...(unreadable === undefined ? [] : [reason('unreadable', { message: unreadable })]),
  ];
}

/** Whether no other node takes the VM; where some lack nothing but room, the first of them is named. */
export function nodeReasons(targets: readonly Target[]): Message<'noRoom' | 'noNode'>[] {
  if (targets.some((target) => !target.reason)) {
    return [];
  }

  const full = targets.filter((target) => target.reason?.code === 'room');
  const [best] = full;

  return [best ? { code: 'noRoom', params: { ...best.reason?.params, node: best.node, count: full.length } } : { code: 'noNode', params: { count: targets.length } }];
}

function notesOf({ cluster, objects, rooms }: NamespaceContext, vm: VmContext, { byRaise, byCompensation }: Fit): Message<VmNoteCode>[] {
  const { vmi } = vm;
  const limits = vmi.spec?.domain?.resources?.limits;
  // Of a VM with an amount that is none there is no candidate
  const lacks = (name: 'cpu' | 'memory'): boolean => !!vm.candidate && quantityIn(limits, name).isZero();
  const isRaised = (resource: string): boolean => rooms.some((room) => room.isRaised && room.resource === resource);
  const [noCpu, noMemory] = [isRaised('limits.cpu') && lacks('cpu'), isRaised('limits.memory') && lacks('memory')];
  const machine = objects.virtualMachines.get(nameOf(vmi));
  const difference = vm.candidate && overheadDifference(vm, cluster.launcherEstimate);
  const resizes = vmi.status?.conditions?.some(({ type, status }) => ['HotVCPUChange', 'HotMemoryChange', 'MigrationRequired'].includes(type) && status === 'True');
  const notes: readonly (readonly [applies: unknown, code: VmNoteCode, params?: Message['params']])[] = [
    [byRaise, 'byRaise'],
    [byCompensation, 'byCompensation'],
    [difference, 'overheadDiffers', { ...difference }],
    [annotation(machine?.metadata, HOTPLUG)?.toLowerCase() === 'true', 'hotplugMigrates'],
    [resizes, 'resizePending'],
    [noCpu && noMemory, 'noLimits'],
    [noCpu && !noMemory, 'noCpuLimit'],
    [noMemory && !noCpu, 'noMemoryLimit'],
  ];

  return notes.filter(([applies]) => applies).map(([, code, params = {}]) => ({ code, params }));
}

/** Whether a VM can migrate now, and all that keeps it from it. */
export function vmReport(context: NamespaceContext, vm: VmContext): VmReport {
  const { cluster, namespace } = context;
  const { vmi, candidate } = vm;
  const fit = candidate && !vm.isUnderWay ? fitOf(candidate, context.roomsFor(vm), cluster.canCompensate) : FITS;
  const targets = candidate ? targetsOf(cluster, vmi, candidate.pods[0], cluster.roomOn) : [];
  const nodes = candidate && cluster.snapshot.nodes && !vm.isUnderWay ? nodeReasons(targets) : [];
  const reasons = [
    ...ownReasons(context, vm),
    ...nodes.filter(({ code }) => code === 'noNode'),
    ...fit.obstacles.map(obstacleMessage),
    ...(vm.isUnderWay ? [] : candidate?.unspecified ?? []).map((one) => reason('unspecified', { ...one })),
    ...nodes.filter(({ code }) => code === 'noRoom'),
  ];

  return {
    namespace,
    name:       nameOf(vmi),
    node:       vmi.status?.nodeName,
    canMigrate: reasons.length === 0,
    reasons,
    notes:      notesOf(context, vm, fit),
    ...(candidate && { need: candidate.need }),
    raise:      candidate?.raise ?? {},
    targets,
  };
}
