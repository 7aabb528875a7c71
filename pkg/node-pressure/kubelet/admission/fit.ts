/**
 * Whether a pod fits beside others. Follows pkg/scheduler/framework/plugins/noderesources/fit.go and
 * pkg/scheduler/framework/types.go, which the kubelet asks through pkg/kubelet/lifecycle/predicate.go.
 */

import type { Pod } from '../pod';
import { podRequest, podRequests, type Quantities } from '../podResources';
import { wrapInt64 } from '../quantityInteger';
import { isExtendedResourceName, isScalarResourceName } from '../resourceNames';
import type { Quantity } from '../quantity';

/** Resource name to int64 amount: milli for cpu, whole units for everything else, `pods` among it. */
export type Amounts = ReadonlyMap<string, bigint>;

/** `InsufficientResourceError`. */
export interface InsufficientResource {
  readonly name: string;
  readonly requested: bigint;
  readonly used: bigint;
  readonly capacity: bigint;
}

/** Compared in this order, then the others; the first that does not fit is the reason of a rejection. */
const FIRST = ['pods', 'cpu', 'memory', 'ephemeral-storage'] as const;

/** The int64 that the kubelet compares for a resource. */
export function amountOf(name: string, quantity: Quantity): bigint {
  return name === 'cpu' ? quantity.milliValue() : quantity.value();
}

function isCounted(name: string): boolean {
  return name === 'cpu' || name === 'memory' || name === 'ephemeral-storage' || isScalarResourceName(name);
}

function amounts(quantities: Readonly<Quantities>, pods: bigint): Map<string, bigint> {
  const counted = Object.entries(quantities).filter(([name]) => isCounted(name));

  return new Map([['pods', pods], ...counted.map(([name, quantity]) => [name, amountOf(name, quantity)] as const)]);
}

/** `NewResource` of `node.status.allocatable`; without `pods` it has room for none. */
export function allocatableAmounts(allocatable: Readonly<Quantities>): Amounts {
  return amounts(allocatable, new Map(Object.entries(allocatable)).get('pods')?.value() ?? 0n);
}

/**
 * `computePodResourceRequest`: what a pod must find free. Extended resources that the node does not list are nothing to
 * the kubelet (`removeMissingExtendedResources`); other resources that it does not list are missing.
 */
export function requestAmounts(pod: Pod, allocatable: Amounts): Amounts {
  const requests = Object.entries(podRequests(pod)).flatMap(([name, quantity]) => {
    const isKnown = !isExtendedResourceName(name) || allocatable.has(name);
    const request = isKnown ? quantity : podRequest(pod, name, { skipContainerLevelResources: true });

    return request && request.sign() > 0 ? [[name, request] as const] : [];
  });

  return amounts(Object.fromEntries(requests), 1n);
}

/** `PodInfo.CalculateResource`: what an admitted pod takes; where a resize is under way, its larger end. */
export function usedAmounts(pod: Pod): Amounts {
  return amounts(podRequests(pod, { useStatusResources: true, inPlacePodLevelResources: true }), 1n);
}

/** `Fits`: what is missing for a pod, empty if nothing. Several resources beyond the first four come by name (random in Go). */
export function insufficientResources(request: Amounts, used: Amounts, allocatable: Amounts): InsufficientResource[] {
  const others = [...request.keys()].filter((name) => !(FIRST as readonly string[]).includes(name)).sort();

  return [...FIRST, ...others].map((name) => ({
    name,
    requested: request.get(name) ?? 0n,
    used:      used.get(name) ?? 0n,
    capacity:  allocatable.get(name) ?? 0n,
  })).filter(({ requested, used: taken, capacity }) => requested > 0n && requested > wrapInt64(capacity - taken));
}

/** `InsufficientResourceError.Error`. */
export function insufficientMessage({ name, requested, used, capacity }: InsufficientResource): string {
  return `Node didn't have enough resource: ${ name }, requested: ${ requested }, used: ${ used }, capacity: ${ capacity }`;
}
