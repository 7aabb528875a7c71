/** What a pod's use is measured against when pods are ranked. */

import type { Pod } from '../pod';
import { isPodLevelResourcesSet, podRequest, quantityOf } from '../podResources';
import { newQuantity, parseQuantity, type Quantity } from '../quantity';

const ZERO_BYTES = newQuantity(0n, 'BinarySI');
const ZERO_COUNT = newQuantity(0n, 'DecimalSI');

/** Distinct quantity texts remembered by {@link wholeNumberOf}; a cluster's pods share a few hundred. */
const MAX_REMEMBERED = 10_000;
const remembered = new Map<string, number>();

/**
 * `GetResourceRequestQuantity` (pkg/api/v1/resource/helpers.go): a pod's request of one resource. With pod-level
 * resources set, container requests are not looked at, for no resource. Overhead is added only to a request that is not zero.
 * @throws KubeletError if a quantity of the pod cannot be parsed
 */
export function getResourceRequestQuantity(pod: Pod, resource: string): Quantity {
  const zero = resource === 'memory' || resource === 'ephemeral-storage' ? ZERO_BYTES : ZERO_COUNT;
  const request = podRequest(pod, resource, { skipContainerLevelResources: isPodLevelResourcesSet(pod), excludeOverhead: true });
  const overhead = request && !request.isZero() ? quantityOf(pod.spec.overhead, resource) : undefined;

  return (request ? zero.add(request) : zero).add(overhead ?? zero);
}

/**
 * The same as a number, for sorting: NaN where a double cannot hold it (a fraction, or beyond 2^53).
 * A pod of plain containers takes a short cut that parses no text twice.
 * @throws KubeletError if a quantity of the pod cannot be parsed
 */
export function resourceRequestNumber(pod: Pod, resource: string): number {
  const { containers, initContainers, resources, overhead } = pod.spec;

  if (initContainers?.length || resources || overhead) {
    return wholeNumber(getResourceRequestQuantity(pod, resource));
  }

  let sum = 0;

  for (const container of containers) {
    const requests = container.resources?.requests;

    if (requests && Object.hasOwn(requests, resource)) {
      sum = safeOrNaN(sum + wholeNumberOf(requests[resource] as string));
    }
  }

  return sum;
}

/** A sum or difference of numbers that were exact, or NaN if it is not exact any more; NaN stays NaN. */
export function safeOrNaN(result: number): number {
  return Number.isSafeInteger(result) ? result : NaN;
}

function wholeNumberOf(text: string): number {
  let number = remembered.get(text);

  if (number === undefined) {
    number = wholeNumber(parseQuantity(text));
    if (remembered.size >= MAX_REMEMBERED) {
      remembered.clear();
    }
    remembered.set(text, number);
  }

  return number;
}

/** A quantity as a number if it is whole and a double holds it exactly, else NaN. */
export function wholeNumber(quantity: Quantity): number {
  const value = quantity.value();

  return quantity.cmp(newQuantity(value, quantity.format)) === 0 ? safeOrNaN(Number(value)) : NaN;
}
