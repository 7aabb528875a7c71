import { trimSpace } from '../../kubelet/go/strings';
import { KubeletError } from '../../kubelet/errors';
import type { ResourceList } from '../../kubelet/pod';
import { parseOnce } from '../../kubelet/podResources';
import { newQuantity, type Quantity } from '../../kubelet/quantity';

/** No amount of anything, as an absent quantity counts in Go. */
export const ZERO: Quantity = newQuantity(0n, 'DecimalSI');

const KILO = 1000n;

/**
 * A quantity as the API decodes it: a text or a number, with spaces around it ignored; null is zero.
 * Follows Quantity.UnmarshalJSON. @throws KubeletError for anything else.
 */
export function decodeQuantity(value: unknown): Quantity {
  if (value === null || value === undefined) {
    return ZERO;
  }
  if (typeof value !== 'string' && typeof value !== 'number') {
    throw new KubeletError(`no quantity: ${ JSON.stringify(value) }`);
  }

  return parseOnce(trimSpace(String(value)));
}

/** One amount of a list, zero where the list or the entry is missing. @throws KubeletError if it is no quantity. */
export function quantityIn(list: ResourceList | null | undefined, name: string): Quantity {
  return hasQuantity(list, name) ? decodeQuantity(list[name]) : ZERO;
}

/** Whether the list names the resource at all, with whatever amount. */
export function hasQuantity(list: ResourceList | null | undefined, name: string): list is ResourceList {
  return !!list && Object.hasOwn(list, name);
}

/** Whole thousands of a quantity, rounded away from zero: Quantity.ScaledValue(Kilo). */
export function kiloOf(quantity: Quantity): bigint {
  const value = quantity.value();
  const rest = value % KILO;

  return value / KILO + (rest > 0n ? 1n : 0n) - (rest < 0n ? 1n : 0n);
}

/** Bytes as a quantity. */
export function bytes(value: bigint): Quantity {
  return newQuantity(value, 'BinarySI');
}
