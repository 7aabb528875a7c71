import { isRejectedByQuota } from '../../harvester/migration/compensation';
import { isPending } from '../../harvester/migration/delta';
import { defaultQuota, isAutoScalingDisabled, isResyncNeeded } from '../../harvester/migration/keys';
import { migratingKeys } from '../../harvester/migration/raises';
import { timeOf } from '../../harvester/migration/times';
import type { Message, MessageParams } from '../display';
import { ageOf } from '../reading';
import type { Tone } from '../nodeState';
import { amountParam } from './amountParam';
import type { NamespaceContext } from './namespaceContext';
import { NAMESPACE_STATES, type NamespaceState, type NamespaceStateCode, type VmReasonCode, type VmReport } from './report';

const TONES: Readonly<Record<NamespaceStateCode, Tone>> = {
  malformed: 'error', stuck: 'error', drift: 'warning', overQuota: 'warning', blocked: 'warning', resyncDue: 'info',
  inFlight: 'info', autoScalingOff: 'info', fitsByAutoScaling: 'success', fits: 'success', noQuota: 'info',
};

/** Whether a reason is a limit that is too low. */
export function isLimit(code: VmReasonCode): boolean {
  return code === 'quota' || code === 'deadZone' || code === 'secondCompensation';
}

/** The first thing for which quotas keep a VM from migrating. */
function quotaReason({ reasons }: VmReport): VmReport['reasons'][number] | undefined {
  return reasons.find(({ code }) => isLimit(code) || code === 'unspecified');
}

type Found = MessageParams | undefined;

/** The migration that has been turned away for longest. */
function stuck({ objects }: NamespaceContext, nowMilliseconds: number): Found {
  const rejected = objects.migrations.filter((migration) => isPending(migration) && isRejectedByQuota(migration)).map((migration) => {
    const condition = migration.status?.conditions?.find(({ type }) => type === 'migrationRejectedByResourceQuota');

    return { name: migration.spec?.vmiName, since: timeOf(condition?.lastProbeTime) };
  });
  const [first] = [...rejected].sort((a, b) => (a.since ?? Infinity) - (b.since ?? Infinity) || 0);
  const since = first?.since === undefined ? undefined : ageOf({ readAtMilliseconds: first.since }, nowMilliseconds);

  return first && { name: first.name, count: rejected.length, sinceMilliseconds: since };
}

/** The first limit that is not what base, raises and compensation say. */
function drift({ rooms }: NamespaceContext): Found {
  const off = rooms.find(({ isRaised, hard, wanted }) => isRaised && hard !== wanted);

  return off && { resource: off.resource, ...(off.hard !== undefined && amountParam('hard', off.resource, off.hard)), ...amountParam('wanted', off.resource, off.wanted) };
}

function overQuota({ rooms }: NamespaceContext): Found {
  const over = rooms.find(({ used, wanted }) => used > wanted);

  return over && { quota: over.quota, resource: over.resource, ...amountParam('missing', over.resource, over.used - over.wanted) };
}

/** Whether the VMs fit, and how: those of which that is known. */
function fitting({ rooms, error }: NamespaceContext, vms: readonly VmReport[]): Partial<Record<NamespaceStateCode, Found>> {
  const known = vms.filter(({ need }) => need);
  const blocked = known.flatMap((vm) => quotaReason(vm) ?? []);
  const raised = known.filter(({ notes }) => notes.some(({ code }) => code === 'byRaise' || code === 'byCompensation'));
  const total = known.length;

  if (rooms.length === 0) {
    return error === undefined ? { noQuota: { total } } : {};
  }
  if (blocked[0]) {
    return { blocked: { ...blocked[0].params, reason: blocked[0].code, count: blocked.length, total } };
  }

  return raised.length > 0 ? { fitsByAutoScaling: { count: raised.length, total } } : { fits: { total } };
}

function malformed({ error }: NamespaceContext, alarms: readonly Message[]): Found {
  const found = alarms.find(({ code }) => code.startsWith('malformed'));

  return error === undefined ? found?.params : { message: error };
}

/** Everything that is true of a namespace, worst first. @param alarms those of the namespace */
export function statesOf(context: NamespaceContext, vms: readonly VmReport[], alarms: readonly Message[], nowMilliseconds: number): [NamespaceState, ...NamespaceState[]] {
  const quota = defaultQuota(context.objects.resourceQuotas);
  const raises = migratingKeys(quota?.metadata).length;
  const isDue = !!quota && isResyncNeeded(quota);
  const found: Partial<Record<NamespaceStateCode, Found>> = {
    malformed:      malformed(context, alarms),
    stuck:          stuck(context, nowMilliseconds),
    overQuota:      overQuota(context),
    [isDue ? 'resyncDue' : 'drift']: drift(context),
    inFlight:       raises > 0 ? { count: raises } : undefined,
    autoScalingOff: quota && isAutoScalingDisabled(quota) ? {} : undefined,
    ...fitting(context, vms),
  };

  return NAMESPACE_STATES.flatMap((code, rank) => {
    const params = found[code];

    return params ? [{ code, params, tone: TONES[code], rank }] : [];
  }) as [NamespaceState, ...NamespaceState[]];
}
