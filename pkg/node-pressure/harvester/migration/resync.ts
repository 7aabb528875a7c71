import type { Quantity } from '../../kubelet/quantity';
import { attempt } from '../amounts';
import { annotation, isAutoScalingDisabled, isDefaultQuota, LIMITS_CPU, LIMITS_MEMORY, NAMESPACE_QUOTA } from './keys';
import { baseLimits, limitOf } from './namespaceLimits';
import type { Namespace, ResourceQuota } from './objects';
import { hasQuantity, quantityIn } from './quantities';
import { compensationOf, totalRaise } from './raises';

/**
 * What Harvester's ResourceQuota controller does with a quota:
 * `computed` – its limits become base + raises + compensation, where the base limits the resource;
 * `notManaged` – not the quota that Rancher made, or being deleted;
 * `disabled` – an annotation switches it off;
 * `noBase`, `noLimits` – the namespace or the quota limits neither CPU nor memory;
 * `malformedNamespace` – the namespace's annotation is no JSON of its kind: the controller fails again and again;
 * `malformedBase`, `malformedRaise`, `malformedCompensation` – an amount cannot be read: the quota is neither raised nor
 * restored any more, and nothing says so but Harvester's log.
 */
export type ResyncOutcome =
  | 'computed' | 'notManaged' | 'disabled' | 'noBase' | 'noLimits'
  | 'malformedNamespace' | 'malformedBase' | 'malformedRaise' | 'malformedCompensation';

/** The quota's own limits; an absent one does not limit. */
export interface Hard {
  readonly cpu?: Quantity;
  readonly memory?: Quantity;
}

export interface Resync {
  readonly outcome: ResyncOutcome;
  readonly hard: Hard;
  /** Why something is malformed. */
  readonly error?: string;
}

function present(quota: ResourceQuota): Hard {
  const { hard } = quota.spec ?? {};

  return {
    ...(hasQuantity(hard, LIMITS_CPU) && { cpu: quantityIn(hard, LIMITS_CPU) }),
    ...(hasQuantity(hard, LIMITS_MEMORY) && { memory: quantityIn(hard, LIMITS_MEMORY) }),
  };
}

/** Whether the quota limits neither CPU nor memory; a limit of 0 counts as none. */
export function limitsNothing({ spec }: ResourceQuota): boolean {
  return quantityIn(spec?.hard, LIMITS_CPU).isZero() && quantityIn(spec?.hard, LIMITS_MEMORY).isZero();
}

/**
 * The quota's limits after Harvester has looked at it again. A limit of the base that the quota lacks is added to it.
 * Follows OnResourceQuotaChanged in Harvester's pkg/controller/master/resourcequota/resourcequota_controller.go.
 * @throws KubeletError if an amount of the quota's own `hard` cannot be parsed
 */
export function resync(namespace: Namespace, quota: ResourceQuota): Resync {
  const hard = present(quota);
  const left = (outcome: ResyncOutcome, error?: string): Resync => ({ outcome, hard, ...(error !== undefined && { error }) });

  if (!isDefaultQuota(quota) || quota.metadata?.deletionTimestamp) {
    return left('notManaged');
  }
  if (isAutoScalingDisabled(quota)) {
    return left('disabled');
  }
  if (!annotation(namespace.metadata, NAMESPACE_QUOTA)) {
    return left('noBase');
  }

  const limits = attempt(() => baseLimits(namespace));

  if (limits.error !== undefined) {
    return left('malformedNamespace', limits.error);
  }
  if (limitsNothing(quota)) {
    return left('noLimits');
  }

  const base = attempt(() => ({ cpu: limitOf(limits.value, 'limitsCpu'), memory: limitOf(limits.value, 'limitsMemory') }));

  if (base.error !== undefined) {
    return left('malformedBase', base.error);
  }

  const raise = attempt(() => totalRaise(quota));

  if (raise.error !== undefined) {
    return left('malformedRaise', raise.error);
  }

  const compensation = attempt(() => compensationOf(quota));

  if (compensation.error !== undefined) {
    return left('malformedCompensation', compensation.error);
  }

  return {
    outcome: base.value.cpu.isZero() && base.value.memory.isZero() ? 'noBase' : 'computed',
    hard:    {
      ...hard,
      ...(!base.value.cpu.isZero() && { cpu: base.value.cpu.add(raise.value.cpu) }),
      ...(!base.value.memory.isZero() && { memory: base.value.memory.add(raise.value.memory).add(compensation.value) }),
    },
  };
}
