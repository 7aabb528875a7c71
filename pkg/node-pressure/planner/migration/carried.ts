import { attempt } from '../../harvester/amounts';
import { annotation, defaultQuota, LIMITS_CPU, LIMITS_MEMORY } from '../../harvester/migration/keys';
import { baseLimits, limitOf } from '../../harvester/migration/namespaceLimits';
import type { Namespace, ResourceQuota } from '../../harvester/migration/objects';
import { quotaCondition } from '../../harvester/migration/quotaCondition';
import { quantityIn } from '../../harvester/migration/quantities';

/** Whether the quota that Rancher made of a namespace's annotation limits CPU and memory as the annotation says. */
export function isCarried(namespace: Namespace, quotas: readonly ResourceQuota[]): boolean {
  const hard = defaultQuota(quotas)?.spec?.hard;

  return hard !== undefined && attempt(() => {
    const limits = baseLimits(namespace);

    return ([['limitsCpu', LIMITS_CPU], ['limitsMemory', LIMITS_MEMORY]] as const).every(([key, name]) => limitOf(limits, key).cmp(quantityIn(hard, name)) === 0);
  }).value === true;
}

/** Where Rancher keeps its conditions of a namespace. */
const STATUS = 'cattle.io/status';

/**
 * What Rancher makes of a quota that was just written into a namespace's annotation: true once its quota says the same,
 * false once Rancher has refused it, undefined before.
 * @param before the namespace before it was written: what Rancher said then does not count
 */
export function quotaVerdict(before: Namespace): (namespace: Namespace, quotas: readonly ResourceQuota[]) => boolean | undefined {
  const said = annotation(before.metadata, STATUS);

  return (namespace, quotas) => {
    if (isCarried(namespace, quotas)) {
      return true;
    }

    return annotation(namespace.metadata, STATUS) !== said && quotaCondition(namespace)?.isTrue === false ? false : undefined;
  };
}
