import { attempt } from '../../harvester/amounts';
import { deltaOf, type Estimate } from '../../harvester/migration/delta';
import { defaultQuota, isAutoScalingDisabled } from '../../harvester/migration/keys';
import { baseLimits, limitOf } from '../../harvester/migration/namespaceLimits';
import type { Namespace, ResourceQuota, VirtualMachineInstance } from '../../harvester/migration/objects';
import { hasQuantity, quantityIn } from '../../harvester/migration/quantities';
import { compensationOf, totalRaise } from '../../harvester/migration/raises';
import { limitsNothing } from '../../harvester/migration/resync';
import { type Amounts, amountOf, QUOTA_RESOURCES, type QuotaResource } from './need';

/** What is left of one limit of one quota, in the unit of {@link Amounts}. */
export interface Room {
  readonly quota: string;
  readonly resource: QuotaResource;
  /** Negative when more is used, or about to be, than the limit allows. */
  readonly left: bigint;
  /** Whether Harvester raises the limit by a migration's own delta, so that only the rest has to fit. */
  readonly raised: boolean;
  /** Whether a first compensation would still come: use alone exceeds the limit, and none is there yet. */
  readonly compensates: boolean;
}

/** A namespace's quotas, and what changes them. */
export interface QuotaSnapshot extends Estimate {
  readonly namespace: Namespace;
  /** Those that count launcher pods: whose scopes match them. */
  readonly resourceQuotas: readonly ResourceQuota[];
  /** What migrations that began but have no target pod yet will ask for. */
  readonly pending: Amounts;
  /** Whether Harvester compensates (since 1.9). */
  readonly canCompensate: boolean;
}

/** Other names of the same limits. */
const ALIASES: Partial<Record<QuotaResource, string>> = { 'requests.cpu': 'cpu', 'requests.memory': 'memory', pods: 'count/pods' };

/** What Harvester keeps the limits of Rancher's quota at. */
interface Base {
  readonly quota: ResourceQuota;
  readonly limits: Partial<Record<QuotaResource, bigint>>;
  readonly compensation: bigint;
}

/** Undefined where Harvester raises nothing, or cannot: switched off, no base, or an annotation that cannot be read. */
function baseOf({ namespace, resourceQuotas }: QuotaSnapshot): Base | undefined {
  const quota = defaultQuota(resourceQuotas);

  if (!quota || isAutoScalingDisabled(quota) || limitsNothing(quota)) {
    return undefined;
  }

  return attempt(() => {
    const limits = baseLimits(namespace);
    const [cpu, memory] = [limitOf(limits, 'limitsCpu'), limitOf(limits, 'limitsMemory')];
    const [raise, compensation] = [totalRaise(quota), compensationOf(quota)];

    return {
      quota,
      limits: {
        ...(!cpu.isZero() && { 'limits.cpu': cpu.add(raise.cpu).milliValue() }),
        ...(!memory.isZero() && { 'limits.memory': memory.add(raise.memory).add(compensation).value() }),
      },
      compensation: compensation.value(),
    };
  }).value;
}

function limitIn(quota: ResourceQuota, resource: QuotaResource): bigint | undefined {
  const name = [resource, ALIASES[resource]].find((key) => key && hasQuantity(quota.spec?.hard, key));

  return name ? amountOf(resource, quantityIn(quota.spec?.hard, name)) : undefined;
}

function usedIn(quota: ResourceQuota, resource: QuotaResource): bigint {
  const name = [resource, ALIASES[resource]].find((key) => key && hasQuantity(quota.status?.used, key));

  return name ? amountOf(resource, quantityIn(quota.status?.used, name)) : 0n;
}

/**
 * What is left of every limit, once Harvester has brought its quota up to date and pending migrations have their pods.
 * @throws KubeletError if an amount of a quota cannot be parsed
 */
export function roomOf(snapshot: QuotaSnapshot): Room[] {
  const base = baseOf(snapshot);

  return snapshot.resourceQuotas.flatMap((quota) => QUOTA_RESOURCES.flatMap((resource) => {
    const kept = base?.quota === quota ? base.limits[resource] : undefined;
    const limit = kept ?? limitIn(quota, resource);

    if (limit === undefined) {
      return [];
    }

    const used = usedIn(quota, resource);
    const compensates = kept !== undefined && resource === 'limits.memory' && snapshot.canCompensate && base?.compensation === 0n && used > limit;

    return [{ quota: quota.metadata?.name ?? '', resource, left: limit - used - snapshot.pending[resource], raised: kept !== undefined, compensates }];
  }));
}

/** What Harvester would add to its quota for a migration of this VM. @throws KubeletError as deltaOf */
export function raiseFor(snapshot: QuotaSnapshot, vmi: VirtualMachineInstance): Partial<Record<QuotaResource, bigint>> {
  const base = baseOf(snapshot);
  const delta = base && deltaOf(base.quota, vmi, snapshot);

  return {
    ...(delta?.cpu && base?.limits['limits.cpu'] !== undefined && { 'limits.cpu': delta.cpu.milliValue() }),
    ...(delta?.memory && base?.limits['limits.memory'] !== undefined && { 'limits.memory': delta.memory.value() }),
  };
}
