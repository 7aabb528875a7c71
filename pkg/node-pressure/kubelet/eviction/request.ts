/** What a pod's use is measured against when pods are ranked. */

import type { Container, Pod, ResourceList } from '../pod';
import { isPodLevelResourcesSet, isSidecar, podRequest, quantityOf } from '../podResources';
import { newQuantity, parseQuantity, type Quantity } from '../quantity';

const ZERO_BYTES = newQuantity(0n, 'BinarySI');
const ZERO_COUNT = newQuantity(0n, 'DecimalSI');

/** Distinct quantity texts remembered, so that none is parsed twice; a cluster's pods share a few hundred. */
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
 * The same as a number, for sorting, without a quantity for every pod: NaN where a double cannot hold the request (a
 * fraction, or beyond 2^53).
 * @throws KubeletError if a quantity of the pod cannot be parsed
 */
export function resourceRequestNumber(pod: Pod, resource: string): number {
  const { containers, initContainers, resources, overhead } = pod.spec;

  if (resources) {
    return wholeNumber(getResourceRequestQuantity(pod, resource));
  }

  let total = 0;

  for (const container of containers) {
    total = safeOrNaN(total + entryNumber(container.resources?.requests, resource));
  }
  if (initContainers) {
    total = withInitContainers(total, initContainers, resource);
  }

  return total === 0 ? 0 : safeOrNaN(total + entryNumber(overhead, resource));
}

/** Sidecars count beside the containers; other init containers, with the sidecars started before them, set a minimum. */
function withInitContainers(containers: number, initContainers: readonly Container[], resource: string): number {
  let total = containers;
  let sidecars = 0;
  let peak = 0;

  for (const container of initContainers) {
    const request = entryNumber(container.resources?.requests, resource);

    if (isSidecar(container)) {
      total = safeOrNaN(total + request);
      sidecars = safeOrNaN(sidecars + request);
    } else {
      peak = Math.max(peak, safeOrNaN(sidecars + request));
    }
  }

  return Math.max(total, peak);
}

/** A sum or difference of numbers that were exact, or NaN if it is not exact any more; NaN stays NaN. */
export function safeOrNaN(result: number): number {
  return Number.isSafeInteger(result) ? result : NaN;
}

function entryNumber(list: ResourceList | undefined, resource: string): number {
  const text = list?.[resource];

  // Also sorts out what an object inherits, faster than asking for its own properties
  if (typeof text !== 'string') {
    return 0;
  }

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

/** A quantity as a number if it is whole, not negative, and a double holds it exactly; else NaN. */
function wholeNumber(quantity: Quantity): number {
  const value = quantity.value();

  return quantity.sign() >= 0 && quantity.cmp(newQuantity(value, quantity.format)) === 0 ? safeOrNaN(Number(value)) : NaN;
}
