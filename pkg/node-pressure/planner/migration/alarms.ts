import { attempt } from '../../harvester/amounts';
import { COMPENSATION, defaultQuota, annotation, isResyncNeeded } from '../../harvester/migration/keys';
import { isRejectedByQuota } from '../../harvester/migration/compensation';
import { namespaceLimits } from '../../harvester/migration/namespaceLimits';
import { overcommitOf } from '../../harvester/migration/overcommit';
import { quotaCondition } from '../../harvester/migration/quotaCondition';
import { isFinal } from '../../harvester/migration/phases';
import { migratingKeys, ownerOf, raiseIn } from '../../harvester/migration/raises';
import { resync } from '../../harvester/migration/resync';
import type { ResourceQuota } from '../../harvester/migration/objects';
import type { Message } from '../display';
import { amountParam } from './amountParam';
import type { NamespaceContext } from './namespaceContext';
import { isOrphaned, raiseReports, removalOf, removalOfRaise } from './raiseReports';
import type { Alarm, AlarmCode } from './report';
import type { MigrationSnapshot } from './snapshot';

function alarm(code: AlarmCode, params: Message['params'] = {}): Alarm {
  return { code, params };
}

/** Annotations that stop Harvester from raising and restoring. */
function malformed(context: NamespaceContext, quota: ResourceQuota, nowMilliseconds: number): Alarm[] {
  const { outcome, error } = resync(context.objects.namespace, quota);

  switch (outcome) {
  case 'malformedNamespace':
  case 'malformedBase': return [alarm(outcome, { message: error })];
  case 'malformedCompensation': return [{ ...alarm(outcome, { message: error }), repair: removalOf(quota, COMPENSATION) }];
  case 'malformedRaise': {
    const key = migratingKeys(quota.metadata).find((one) => attempt(() => raiseIn(quota.metadata, one)).error !== undefined) as string;
    const repair = isOrphaned(context, { owner: ownerOf(key) }, nowMilliseconds) ? { repair: removalOfRaise(quota, key) } : {};

    return [{ ...alarm(outcome, { message: error }), ...repair }];
  }
  default: return [];
  }
}

/** What migrations left behind. */
function orphans(context: NamespaceContext, quota: ResourceQuota, nowMilliseconds: number): Alarm[] {
  const raises = raiseReports(context, nowMilliseconds);
  const hasCompensation = annotation(quota.metadata, COMPENSATION) !== undefined;
  const isIdle = migratingKeys(quota.metadata).length === 0 && context.objects.migrations.every(isFinal);

  return [
    ...raises.filter((raise) => raise.isOrphaned).map(({ key, vm }) => ({ ...alarm('orphanedRaise', { key, vm }), repair: removalOfRaise(quota, key) })),
    ...(hasCompensation && isIdle ? [{ ...alarm('orphanedCompensation'), repair: removalOf(quota, COMPENSATION) }] : []),
  ];
}

/** Limits that somebody wrote over while a raise stands. */
function rewritten({ rooms }: NamespaceContext, quota: ResourceQuota): Alarm[] {
  const raised = isResyncNeeded(quota) ? [] : rooms.filter((room) => room.isRaised && room.raised + room.compensation > 0n);

  return raised.filter(({ hard, wanted }) => hard !== wanted).map(({ resource, hard = 0n, wanted }) => alarm('rewritten', { resource, ...amountParam('hard', resource, hard), ...amountParam('wanted', resource, wanted) }));
}

/** Also with its compensation a pending migration does not fit; right after it, one that does is still marked as rejected. */
function compensationLoop({ objects, rooms }: NamespaceContext, quota: ResourceQuota): Alarm[] {
  const isCompensated = rooms.some(({ compensation, left }) => compensation > 0n && left < 0n);
  const rejected = objects.migrations.find((migration) => !isFinal(migration) && isRejectedByQuota(migration));

  return isCompensated && !isResyncNeeded(quota) && rejected ? [alarm('compensationLoop', { vm: rejected.spec?.vmiName })] : [];
}

/** Objects over which Harvester's check before a VM starts crashes or fails. */
function crashes({ objects }: NamespaceContext, quota: ResourceQuota | undefined): Alarm[] {
  const limits = attempt(() => namespaceLimits(objects.namespace)).value;

  if (limits === null) {
    return [alarm('crashNullLimits')];
  }

  const isChecked = !!quota && !!limits && !!(limits.limitsCpu || limits.limitsMemory || limits.requestsStorage);
  const [first, ...others] = isChecked ? [...objects.virtualMachines.values()].filter(({ spec }) => !spec?.template?.spec?.domain?.resources?.limits) : [];

  return [
    ...(isChecked && Object.keys(limits.extended ?? {}).length > 0 ? [alarm('extendedLimits')] : []),
    ...(first ? [alarm('crashWithoutLimits', { vm: first.metadata?.name, count: others.length + 1 })] : []),
  ];
}

/** Everything alarming about a namespace's quota, with the way to mend it where there is one. */
export function alarmsOf(context: NamespaceContext, nowMilliseconds: number): Alarm[] {
  const quota = defaultQuota(context.objects.resourceQuotas);
  const condition = quotaCondition(context.objects.namespace);

  const found = (readable: ResourceQuota): Alarm[] => [
    ...malformed(context, readable, nowMilliseconds), ...orphans(context, readable, nowMilliseconds), ...rewritten(context, readable), ...compensationLoop(context, readable),
  ];

  return [
    ...(quota && context.error === undefined ? found(quota) : []),
    ...crashes(context, quota),
    ...(condition?.isTrue === false ? [alarm('exceedsProject', { message: condition.message })] : []),
  ];
}

/** What is alarming in the whole cluster: a setting over which Harvester crashes, or refuses every VM. */
export function clusterAlarms({ overcommitSetting }: MigrationSnapshot): Alarm[] {
  const { value: overcommit, error } = attempt(() => overcommitOf(overcommitSetting));

  if (error !== undefined) {
    return [alarm('overcommitMalformed', { message: error })];
  }

  return (['cpu', 'memory'] as const).filter((field) => overcommit?.[field] === 0n).map((field) => alarm('overcommitMissing', { field }));
}
