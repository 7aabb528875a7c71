import type { ObjectMeta, ResourceQuota } from './objects';

/** Annotation of a namespace: the quota that Rancher set for it, as JSON. Follows Rancher's field.cattle.io keys. */
export const NAMESPACE_QUOTA = 'field.cattle.io/resourceQuota';

/** Label of the one ResourceQuota per namespace that Rancher makes and Harvester raises. */
const DEFAULT_QUOTA = 'resourcequota.management.cattle.io/default-resource-quota';

/** Annotations of a ResourceQuota. Follows pkg/util/constants.go of Harvester. */
export const MIGRATING_UID_PREFIX = 'harvesterhci.io/migratingUID-';
/** The same before Harvester 1.4.2: by the VM's name. */
export const MIGRATING_NAME_PREFIX = 'harvesterhci.io/migrating-';
export const COMPENSATION = 'harvesterhci.io/migratingCompensation';
const RESYNC_NEEDED = 'harvesterhci.io/migratingScalingResyncNeeded';
const SKIP_AUTO_SCALING = 'harvesterhci.io/skipResourceQuotaAutoScaling';

/** Annotation of a VM: memory of its limit that the guest does not get. */
export const RESERVED_MEMORY = 'harvesterhci.io/reservedMemory';
/** Annotation of a VM: its CPU and memory can grow while it runs, and limits are what they can grow to. */
export const HOTPLUG = 'harvesterhci.io/enableCPUAndMemoryHotplug';
/** Label of a pod: the VM that it runs. */
export const VM_NAME = 'harvesterhci.io/vmName';

/** Names of what the quotas limit. */
export const LIMITS_CPU = 'limits.cpu';
export const LIMITS_MEMORY = 'limits.memory';

const TRUE = 'true';

/** An annotation, undefined if it is not there. */
export function annotation(metadata: ObjectMeta | undefined, key: string): string | undefined {
  const annotations = metadata?.annotations;

  return annotations && Object.hasOwn(annotations, key) ? annotations[key] : undefined;
}

/** Whether Harvester's controllers look after the quota at all. */
export function isDefaultQuota({ metadata }: ResourceQuota): boolean {
  return metadata?.labels?.[DEFAULT_QUOTA] === TRUE;
}

/** The quota that Harvester raises: the first with Rancher's label. */
export function defaultQuota(quotas: readonly ResourceQuota[]): ResourceQuota | undefined {
  return quotas.find(isDefaultQuota);
}

/** Whether an admin switched the raising of this quota off; what was added before is still removed. */
export function isAutoScalingDisabled({ metadata }: ResourceQuota): boolean {
  return annotation(metadata, SKIP_AUTO_SCALING) === TRUE;
}

/** Whether annotations changed and the quota's limits have yet to follow. */
export function isResyncNeeded({ metadata }: ResourceQuota): boolean {
  return annotation(metadata, RESYNC_NEEDED) === TRUE;
}
