import { defaultQuota } from '../../harvester/migration/keys';
import { isRaisedFor } from '../../harvester/migration/raises';
import type { VmPod } from '../../harvester/migration/objects';
import { countsPod } from '../../harvester/migration/quotaScopes';
import { podUsage, type QuotaAmounts, unspecified } from '../../harvester/migration/quotaUsage';
import { type LauncherEstimate, type RunningVm, targetPods, type TargetPods } from '../../harvester/migration/targetPods';
import { limitedBy, type Quotas, raiseFor, type Room } from './room';

/** A VM's migration against the quotas of its namespace. */
export interface Candidate {
  readonly pods: TargetPods;
  /** What the pods take in all. */
  readonly need: QuotaAmounts;
  /** What they take of each quota, by its name: those that its scopes match. */
  readonly needs: ReadonlyMap<string, QuotaAmounts>;
  /** What the launcher alone takes of each: the pods of hot-plugged volumes follow once it runs. */
  readonly launcherNeeds: ReadonlyMap<string, QuotaAmounts>;
  /** What Harvester adds to its own quota for it, unless it has done so already. */
  readonly raise: QuotaAmounts;
  readonly isRaised: boolean;
  /** Limits for which a pod names no value although the quota demands it. */
  readonly unspecified: readonly { readonly quota: string; readonly resource: string }[];
}

function sumOf(list: readonly QuotaAmounts[]): QuotaAmounts {
  const [first, second] = list;

  // Nearly always there is one
  if (first && !second) {
    return first;
  }

  const names = new Set(list.flatMap(Object.keys));

  return Object.fromEntries([...names].map((name) => [name, list.reduce((sum, amounts) => sum + (amounts[name] ?? 0n), 0n)]));
}

/** Limits of a quota for which one of the pods that it counts names no value. */
function lacking(limited: readonly string[], pods: readonly VmPod[]): string[] {
  return [...new Set(pods.flatMap((pod) => unspecified(limited, pod)))];
}

/** @throws KubeletError if an amount of the VM, its pod or a quota cannot be parsed */
export function candidateOf(vm: RunningVm, quotas: Quotas, estimate: LauncherEstimate): Candidate {
  const pods = targetPods(vm, estimate);
  const usages = new Map(pods.map((pod) => [pod, podUsage(pod)]));
  const usageOf = (some: readonly VmPod[]): QuotaAmounts => sumOf(some.map((pod) => usages.get(pod) as QuotaAmounts));
  const own = defaultQuota(quotas.resourceQuotas);
  const isRaised = !!own && isRaisedFor(own, vm.vmi.metadata ?? {});
  const views = quotas.resourceQuotas.map((quota) => ({ name: quota.metadata?.name ?? '', limited: limitedBy(quota, quotas), counted: pods.filter((pod) => countsPod(quota, pod)) }));

  return {
    pods,
    need:          usageOf(pods),
    needs:         new Map(views.map(({ name, counted }) => [name, usageOf(counted)])),
    launcherNeeds: new Map(views.map(({ name, counted }) => [name, usageOf(counted.filter((pod) => pod === pods[0]))])),
    raise:         isRaised ? {} : raiseFor(quotas, vm.vmi),
    isRaised,
    unspecified:   views.flatMap(({ name, limited, counted }) => lacking(limited, counted).map((resource) => ({ quota: name, resource }))),
  };
}

/**
 * What of the need has to fit into what is left, less than nothing where the raise exceeds it. Undefined: the pods take
 * nothing of it, so that even an exhausted limit does not matter.
 */
export function demand({ needs, raise }: Candidate, { quota, resource, isRaised }: Room): bigint | undefined {
  const need = needs.get(quota)?.[resource] ?? 0n;

  return need === 0n ? undefined : need - (isRaised ? raise[resource] ?? 0n : 0n);
}

/** What is left once pending migrations have their pods. */
export function afterPending(rooms: readonly Room[], pending: readonly Candidate[]): Room[] {
  return rooms.map((room) => ({ ...room, left: pending.reduce((left, candidate) => left - (demand(candidate, room) ?? 0n), room.left) }));
}
