import { attempt } from '../../harvester/amounts';
import { deltaOf, type Estimate } from '../../harvester/migration/delta';
import { defaultQuota, isAutoScalingDisabled, LIMITS_CPU, LIMITS_MEMORY } from '../../harvester/migration/keys';
import { baseLimits, limitOf } from '../../harvester/migration/namespaceLimits';
import type { Namespace, ResourceQuota, VirtualMachineInstance } from '../../harvester/migration/objects';
import { hasQuantity, quantityIn } from '../../harvester/migration/quantities';
import { amountOf, isOfPods, type QuotaAmounts } from '../../harvester/migration/quotaUsage';
import { compensationOf, totalRaise } from '../../harvester/migration/raises';
import { limitsNothing } from '../../harvester/migration/resync';
import type { LimitReport } from './report';

/** What is left of one limit of one quota. */
export interface Room extends LimitReport {
  /** Whether Harvester would compensate: use alone exceeds the limit, and no compensation is there yet. */
  readonly compensates: boolean;
}

/** A namespace's quotas, and what decides on what Harvester makes of them. */
export interface QuotasQuestion {
  readonly namespace: Namespace;
  readonly resourceQuotas: readonly ResourceQuota[];
  readonly estimate: Estimate;
  /** Whether Harvester compensates (since 1.9). */
  readonly canCompensate: boolean;
}

/** What Harvester keeps one limit of Rancher's quota at. */
interface Kept {
  readonly base: bigint;
  readonly raised: bigint;
  readonly compensation: bigint;
}

interface Managed {
  readonly quota: ResourceQuota;
  readonly limits: ReadonlyMap<string, Kept>;
}

/** A namespace's quotas, with that worked out once. */
export interface Quotas extends QuotasQuestion {
  /** @throws KubeletError if an amount of the quota cannot be parsed */
  managed(): Managed | undefined;
}

export function quotasOf(question: QuotasQuestion): Quotas {
  let known: { readonly managed: Managed | undefined } | undefined;

  return { ...question, managed: () => (known ??= { managed: managedBy(question) }).managed };
}

/** Undefined where Harvester raises nothing, or cannot: switched off, no base, or an annotation that cannot be read. */
function managedBy({ namespace, resourceQuotas }: QuotasQuestion): Managed | undefined {
  const quota = defaultQuota(resourceQuotas);

  if (!quota || isAutoScalingDisabled(quota) || limitsNothing(quota)) {
    return undefined;
  }

  return attempt(() => {
    const limits = baseLimits(namespace);
    const [cpu, memory] = [limitOf(limits, 'limitsCpu'), limitOf(limits, 'limitsMemory')];
    const [raise, compensation] = [totalRaise(quota), compensationOf(quota)];
    const kept: [string, Kept][] = [
      [LIMITS_CPU, { base: cpu.milliValue(), raised: cpu.add(raise.cpu).milliValue() - cpu.milliValue(), compensation: 0n }],
      [LIMITS_MEMORY, { base: memory.value(), raised: memory.add(raise.memory).value() - memory.value(), compensation: compensation.value() }],
    ];

    return { quota, limits: new Map(kept.filter(([name]) => !(name === LIMITS_CPU ? cpu : memory).isZero())) };
  }).value;
}

/** What of pods a quota limits, once Harvester has brought it up to date: limits of the base that it lacks are added. */
export function limitedBy(quota: ResourceQuota, quotas: Quotas): string[] {
  const managed = quotas.managed();
  const added = managed?.quota === quota ? managed.limits.keys() : [];

  return [...new Set([...Object.keys(quota.spec?.hard ?? {}).filter(isOfPods), ...added])];
}

/**
 * Every limit that counts pods, as it will be once Harvester has brought its quota up to date; what is left of it does
 * not consider what pending migrations will ask for.
 * @throws KubeletError if an amount of a quota cannot be parsed
 */
export function roomsOf(quotas: Quotas): Room[] {
  const managed = quotas.managed();

  return quotas.resourceQuotas.flatMap((quota) => {
    const kept = managed?.quota === quota ? managed.limits : new Map<string, Kept>();

    return limitedBy(quota, quotas).map((resource): Room => {
      const limit = kept.get(resource);
      const hard = hasQuantity(quota.spec?.hard, resource) ? amountOf(resource, quantityIn(quota.spec.hard, resource)) : undefined;
      const used = amountOf(resource, quantityIn(quota.status?.used, resource));
      // Without the one there is the other
      const wanted = limit ? limit.base + limit.raised + limit.compensation : hard as bigint;

      return {
        quota:        quota.metadata?.name ?? '',
        resource,
        hard,
        used,
        wanted,
        left:         wanted - used,
        base:         limit?.base,
        raised:       limit?.raised ?? 0n,
        compensation: limit?.compensation ?? 0n,
        isRaised:     limit !== undefined,
        compensates:  limit?.compensation === 0n && resource === LIMITS_MEMORY && quotas.canCompensate && used > wanted,
      };
    });
  });
}

/** What Harvester would add to its quota for a migration of this VM. @throws KubeletError as deltaOf */
export function raiseFor(quotas: Quotas, vmi: VirtualMachineInstance): QuotaAmounts {
  const managed = quotas.managed();
  const delta = managed && deltaOf(managed.quota, vmi, quotas.estimate);

  return {
    ...(delta?.cpu && managed?.limits.has(LIMITS_CPU) && { [LIMITS_CPU]: delta.cpu.milliValue() }),
    ...(delta?.memory && managed?.limits.has(LIMITS_MEMORY) && { [LIMITS_MEMORY]: delta.memory.value() }),
  };
}
