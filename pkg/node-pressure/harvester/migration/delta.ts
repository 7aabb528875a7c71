import type { Quantity } from '../../kubelet/quantity';
import { attempt } from '../amounts';
import { defaultQuota, isAutoScalingDisabled, LIMITS_CPU, LIMITS_MEMORY } from './keys';
import { memoryOverhead } from './memoryOverhead';
import { baseLimits, limitOf } from './namespaceLimits';
import type { Namespace, ResourceQuota, Setting, VirtualMachineInstance, VirtualMachineInstanceMigration } from './objects';
import type { OverheadConstants } from './overheadConstants';
import { hasQuantity, quantityIn } from './quantities';
import { isRaisedFor } from './raises';
import { raiseRatio } from './ratio';
import { limitsNothing } from './resync';

/** How Harvester estimates: `setting` is additional-guest-memory-overhead-ratio. */
export interface Estimate {
  readonly setting?: Setting | null;
  /** GOARCH of Harvester's controller. */
  readonly arch?: string;
  readonly constants?: OverheadConstants;
}

/** A migration, and what Harvester knows when it looks at it. */
export interface MigrationQuestion extends Estimate {
  readonly namespace: Namespace;
  /** Those of the namespace, in the order of Harvester's cache, of which it takes the first that is Rancher's. */
  readonly resourceQuotas: readonly ResourceQuota[];
  readonly vmi: VirtualMachineInstance;
  readonly vmim: VirtualMachineInstanceMigration;
}

/** What a migration adds; a resource that the quota or the VM does not limit is left out. */
export interface MigrationDelta {
  readonly cpu?: Quantity;
  readonly memory?: Quantity;
}

/** The VM's limit and overhead: what Harvester takes a target pod to need. @throws KubeletError as memoryOverhead */
export function memoryNeed(vmi: VirtualMachineInstance, { setting, ...options }: Estimate): Quantity {
  return quantityIn(vmi.spec?.domain?.resources?.limits, 'memory').add(memoryOverhead(vmi, { ...options, ratio: raiseRatio(setting) }));
}

/** Whether Harvester's migration controller looks after the migration's quota now. */
export function isPending({ status }: VirtualMachineInstanceMigration): boolean {
  const aborted = status?.conditions?.some(({ type, status: isTrue }) => type === 'migrationAbortRequested' && isTrue === 'True');

  return status?.phase === 'Pending' && !aborted;
}

/**
 * What a migration of this VM would add to this quota; undefined where neither limits anything, and empty, which still
 * counts as migrating, where they limit different things. Follows CalculateScaleResourceQuotaWithVMI in Harvester's
 * pkg/util/resourcequota/calculator.go.
 * @throws KubeletError if an amount of the quota or the VM cannot be parsed
 */
export function deltaOf(quota: ResourceQuota, vmi: VirtualMachineInstance, estimate: Estimate): MigrationDelta | undefined {
  const limits = vmi.spec?.domain?.resources?.limits;
  const [cpu, memory] = [quantityIn(limits, 'cpu'), quantityIn(limits, 'memory')];

  if (limitsNothing(quota) || (cpu.isZero() && memory.isZero())) {
    return undefined;
  }

  return {
    ...(hasQuantity(quota.spec?.hard, LIMITS_CPU) && !cpu.isZero() && { cpu }),
    ...(hasQuantity(quota.spec?.hard, LIMITS_MEMORY) && !memory.isZero() && { memory: memoryNeed(vmi, estimate) }),
  };
}

/** Whether the namespace's annotation limits CPU or memory, so that Harvester raises its quota. */
function isBaseLimited(namespace: Namespace): boolean {
  const limits = baseLimits(namespace);
  const [cpu, memory] = [limitOf(limits, 'limitsCpu'), limitOf(limits, 'limitsMemory')];

  return !cpu.isZero() || !memory.isZero();
}

/**
 * What Harvester adds to the namespace's quota now that it sees this migration; undefined where it adds nothing: not
 * pending, no quota of Rancher's, auto-scaling switched off, no base or one that cannot be read, or already added.
 * Follows scaleResourceQuota in Harvester's pkg/controller/master/migration/vmim_controller.go.
 * @throws KubeletError if an amount of the quota or the VM cannot be parsed
 */
export function migrationDelta(question: MigrationQuestion): MigrationDelta | undefined {
  const quota = defaultQuota(question.resourceQuotas);
  const { vmi, vmim, namespace } = question;

  if (!isPending(vmim) || !quota || isAutoScalingDisabled(quota) || !attempt(() => isBaseLimited(namespace)).value || isRaisedFor(quota, vmi.metadata ?? {})) {
    return undefined;
  }

  return deltaOf(quota, vmi, question);
}
