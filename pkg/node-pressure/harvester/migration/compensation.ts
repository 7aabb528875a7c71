import type { Quantity } from '../../kubelet/quantity';
import { attempt } from '../amounts';
import { type Estimate, isPending, memoryNeed, type MigrationQuestion } from './delta';
import { defaultQuota, isAutoScalingDisabled, isResyncNeeded, LIMITS_MEMORY } from './keys';
import { baseLimits, limitOf } from './namespaceLimits';
import type { ResourceQuota, VirtualMachineInstance, VirtualMachineInstanceMigration } from './objects';
import { MI } from './overheadConstants';
import { bytes, quantityIn } from './quantities';
import { isRaisedFor } from './raises';

/** Harvester adds this to what is missing. */
const EXTRA = bytes(128n * MI);

/** Whether the quota turned the migration's target pod away. The first condition of its type counts. */
export function isRejectedByQuota({ status }: VirtualMachineInstanceMigration): boolean {
  return status?.conditions?.find(({ type }) => type === 'migrationRejectedByResourceQuota')?.status === 'True';
}

/**
 * The compensation that lets this VM migrate, undefined where use and need do not exceed the quota. Use counts as the
 * quota's status has it, and the hard limit with any earlier compensation, which the new one replaces.
 * Follows CalculateCompensationResourceQuotaWithVMI in Harvester's pkg/util/resourcequota/calculator.go.
 * @throws KubeletError if an amount of the quota or the VM cannot be parsed
 */
export function compensationFor(quota: ResourceQuota, vmi: VirtualMachineInstance, estimate: Estimate): Quantity | undefined {
  const hard = quantityIn(quota.spec?.hard, LIMITS_MEMORY);

  if (hard.isZero() || quantityIn(vmi.spec?.domain?.resources?.limits, 'memory').isZero()) {
    return undefined;
  }

  const wanted = quantityIn(quota.status?.used, LIMITS_MEMORY).add(memoryNeed(vmi, estimate));

  return wanted.cmp(hard) > 0 ? wanted.sub(hard).add(EXTRA) : undefined;
}

/**
 * The compensation that Harvester writes when it sees this migration; undefined where it writes none. Only memory is
 * compensated, only for a migration that was turned away, and only after the quota has its raise.
 * Follows compensatePendingMigration in Harvester's pkg/controller/master/migration/vmim_controller.go (since 1.9).
 * @throws KubeletError if an amount of the quota or the VM cannot be parsed
 */
export function migrationCompensation(question: MigrationQuestion): Quantity | undefined {
  const quota = defaultQuota(question.resourceQuotas);
  const { vmi, vmim, namespace } = question;

  if (!isPending(vmim) || !isRejectedByQuota(vmim) || !quota || isAutoScalingDisabled(quota) || attempt(() => limitOf(baseLimits(namespace), 'limitsMemory')).value?.isZero() !== false) {
    return undefined;
  }

  return isRaisedFor(quota, vmi.metadata ?? {}) && !isResyncNeeded(quota) ? compensationFor(quota, vmi, question) : undefined;
}
