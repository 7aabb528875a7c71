import { defaultQuota, isAutoScalingDisabled, isResyncNeeded } from '../../harvester/migration/keys';
import { hasMigratingVM } from '../../harvester/migration/raises';
import { resync, type ResyncOutcome } from '../../harvester/migration/resync';
import { isRejectedByQuota } from '../../harvester/migration/compensation';
import { isPending } from '../../harvester/migration/delta';
import type { ResourceQuota, VirtualMachineInstanceMigration } from '../../harvester/migration/objects';
import { hasQuantity, quantityIn } from '../../harvester/migration/quantities';
import { type Count, countAtOnce } from './count';
import { type Candidate, type Fit, fitOf } from './fit';
import { migrationNeed, type RunningVm } from './need';
import { type QuotaSnapshot, raiseFor, type Room, roomOf } from './room';

/**
 * What an admin should know of a namespace, worst first:
 * `malformed` – an annotation cannot be read, so that Harvester neither raises nor restores the quota;
 * `stuck` – the quota turns a pending migration away;
 * `drift` – the quota's limits are not what base and raises say, and nothing is on its way to change them;
 * `overQuota` – more is used than a limit allows;
 * `blocked` – at least one VM cannot migrate;
 * `inFlight` – migrations have raised the quota;
 * `autoScalingOff` – an annotation keeps Harvester from raising it;
 * `fitsByAutoScaling` – every VM can migrate, some only because the quota is raised;
 * `fits` – every VM can migrate without;
 * `noQuota` – nothing is limited.
 */
export const HEADROOM_STATES = ['malformed', 'stuck', 'drift', 'overQuota', 'blocked', 'inFlight', 'autoScalingOff', 'fitsByAutoScaling', 'fits', 'noQuota'] as const;
export type HeadroomState = typeof HEADROOM_STATES[number];

export interface VmHeadroom extends Fit {
  readonly vm: RunningVm;
  readonly candidate: Candidate;
}

export interface NamespaceHeadroom {
  /** At least one, worst first. */
  readonly states: readonly HeadroomState[];
  readonly rooms: readonly Room[];
  /** In the order given. */
  readonly vms: readonly VmHeadroom[];
  /** How many could migrate one after another: what one takes is back before the next begins. */
  readonly oneByOne: number;
  readonly atOnce: Count;
  /** Why an annotation cannot be read. */
  readonly error?: string;
}

const MALFORMED: readonly ResyncOutcome[] = ['malformedNamespace', 'malformedBase', 'malformedRaise', 'malformedCompensation'];

/** Whether the controller would change the quota although nobody asked it to. */
function drifts(quota: ResourceQuota, hard: ReturnType<typeof resync>['hard']): boolean {
  const differs = (name: string, wanted: typeof hard.cpu): boolean => !!wanted && (!hasQuantity(quota.spec?.hard, name) || quantityIn(quota.spec.hard, name).cmp(wanted) !== 0);

  return !isResyncNeeded(quota) && (differs('limits.cpu', hard.cpu) || differs('limits.memory', hard.memory));
}

/**
 * Whether a namespace's VMs can migrate within its quotas. VMs whose quota part fits may still be kept by something
 * else; `vms` should be those that are allowed to migrate otherwise.
 * @throws KubeletError if an amount of a quota, a pod or a VM cannot be parsed
 */
export function namespaceHeadroom(snapshot: QuotaSnapshot, running: readonly RunningVm[], migrations: readonly VirtualMachineInstanceMigration[]): NamespaceHeadroom {
  const rooms = roomOf(snapshot);
  const vms = running.map((vm) => {
    const candidate = { need: migrationNeed(vm, snapshot), raise: raiseFor(snapshot, vm.vmi) };

    return { vm, candidate, ...fitOf(candidate, rooms) };
  });
  const quota = defaultQuota(snapshot.resourceQuotas);
  const after = quota && resync(snapshot.namespace, quota);
  const isBlocked = vms.some(({ obstacles }) => obstacles.length > 0);
  const applies: Record<HeadroomState, boolean> = {
    malformed:         !!after && MALFORMED.includes(after.outcome),
    stuck:             migrations.some((migration) => isPending(migration) && isRejectedByQuota(migration)),
    drift:             !!quota && after?.outcome === 'computed' && drifts(quota, after.hard),
    overQuota:         rooms.some(({ left }) => left < 0n),
    blocked:           isBlocked,
    inFlight:          !!quota && hasMigratingVM(quota),
    autoScalingOff:    !!quota && isAutoScalingDisabled(quota),
    fitsByAutoScaling: rooms.length > 0 && !isBlocked && vms.some(({ byRaise }) => byRaise),
    fits:              rooms.length > 0 && !isBlocked && vms.every(({ byRaise }) => !byRaise),
    noQuota:           rooms.length === 0,
  };

  return {
    states:   HEADROOM_STATES.filter((state) => applies[state]),
    rooms,
    vms,
    oneByOne: vms.filter(({ obstacles }) => obstacles.length === 0).length,
    atOnce:   countAtOnce(vms.map(({ candidate }) => candidate), rooms),
    ...(after?.error !== undefined && { error: after.error }),
  };
}
