import { KubeletError } from '../../kubelet/errors';
import type { Quantity } from '../../kubelet/quantity';
import { attempt } from '../amounts';
import { parseWithNumbersAsTexts } from './json';
import { annotation, COMPENSATION, LIMITS_CPU, LIMITS_MEMORY, MIGRATING_NAME_PREFIX, MIGRATING_UID_PREFIX } from './keys';
import type { ObjectMeta, ResourceQuota } from './objects';
import { decodeQuantity, ZERO } from './quantities';

/** What one VM's migration adds to the quota, as recorded on it when the migration began. */
export interface Raise {
  readonly key: string;
  /** Whose it is: the VMI's UID, or before Harvester 1.4.2 the VM's name. */
  readonly owner: { readonly uid: string } | { readonly name: string };
  readonly cpu: Quantity;
  readonly memory: Quantity;
}

/** What all of them add. */
export interface RaiseTotal {
  readonly cpu: Quantity;
  readonly memory: Quantity;
}

/** The annotations that record raises, readable or not. */
export function migratingKeys({ annotations }: ObjectMeta = {}): string[] {
  return Object.keys(annotations ?? {}).filter((key) => key.startsWith(MIGRATING_UID_PREFIX) || key.startsWith(MIGRATING_NAME_PREFIX));
}

/** Whether any VM counts as migrating: one with nothing to add, or with something that cannot be read, does, too. */
export function hasMigratingVM({ metadata }: ResourceQuota): boolean {
  return migratingKeys(metadata).length > 0;
}

/** Whether the quota is already raised for this VM, by either generation of the annotation. */
export function isRaisedFor({ metadata }: ResourceQuota, { name = '', uid = '' }: ObjectMeta): boolean {
  const keys = migratingKeys(metadata);

  return keys.includes(MIGRATING_NAME_PREFIX + name) || keys.includes(MIGRATING_UID_PREFIX + uid);
}

/** Whose raise an annotation records. */
export function ownerOf(key: string): Raise['owner'] {
  return key.startsWith(MIGRATING_UID_PREFIX) ? { uid: key.slice(MIGRATING_UID_PREFIX.length) } : { name: key.slice(MIGRATING_NAME_PREFIX.length) };
}

/** The raise that one annotation records. @throws KubeletError naming it if it is none */
export function raiseIn(metadata: ObjectMeta | undefined, key: string): Raise {
  const amounts = decodeAmounts(metadata, key);

  return { key, owner: ownerOf(key), cpu: amounts.get(LIMITS_CPU) ?? ZERO, memory: amounts.get(LIMITS_MEMORY) ?? ZERO };
}

/**
 * Every raise recorded on the quota. Follows pkg/util/resourcequota/utils.go of Harvester.
 * @throws KubeletError naming the first annotation that is none; Harvester then neither raises nor restores the quota
 */
export function migratingRaises({ metadata }: ResourceQuota): Raise[] {
  return migratingKeys(metadata).map((key) => raiseIn(metadata, key));
}

/** The sum of all raises. @throws KubeletError like {@link migratingRaises} */
export function totalRaise(quota: ResourceQuota): RaiseTotal {
  return migratingRaises(quota).reduce<RaiseTotal>((total, raise) => ({ cpu: total.cpu.add(raise.cpu), memory: total.memory.add(raise.memory) }), { cpu: ZERO, memory: ZERO });
}

/** The memory added for migrations that the raise alone did not let through. @throws KubeletError if it cannot be read */
export function compensationOf({ metadata }: ResourceQuota): Quantity {
  return annotation(metadata, COMPENSATION) ? decodeAmounts(metadata, COMPENSATION).get(LIMITS_MEMORY) ?? ZERO : ZERO;
}

/** A JSON ResourceList. Every entry has to be a quantity, whatever its name. */
function decodeAmounts(metadata: ObjectMeta | undefined, key: string): ReadonlyMap<string, Quantity> {
  const { value, error } = attempt(() => {
    const list = parseWithNumbersAsTexts(annotation(metadata, key) as string);

    if (typeof list !== 'object' || Array.isArray(list)) {
      throw new KubeletError('no object');
    }

    return new Map(Object.entries(list ?? {}).map(([name, amount]) => [name, decodeQuantity(amount)]));
  });

  if (!value) {
    throw new KubeletError(`${ key }: ${ error }`);
  }

  return value;
}
