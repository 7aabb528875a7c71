/** Equality as the API server sees it (`equality.Semantic`): quantities by amount, nothing and empty alike. */

import type { Container, ContainerResizePolicy, ResourceList, ResourceRequirements } from '../pod';
import { quantityOf } from '../podResources';

const RESIZABLE = ['cpu', 'memory'];

function sameAmount(a: ResourceList | undefined, b: ResourceList | undefined, name: string): boolean {
  const [one, other] = [quantityOf(a, name), quantityOf(b, name)];

  return one && other ? one.cmp(other) === 0 : one === other;
}

function sameLists(a: ResourceList | undefined, b: ResourceList | undefined, isLookedAt: (name: string) => boolean): boolean {
  return Object.keys({ ...a, ...b }).filter(isLookedAt).every((name) => sameAmount(a, b, name));
}

function sameRequirements(a: ResourceRequirements | undefined, b: ResourceRequirements | undefined, isLookedAt: (name: string) => boolean): boolean {
  return sameLists(a?.requests, b?.requests, isLookedAt) && sameLists(a?.limits, b?.limits, isLookedAt);
}

/** Whether all resources are the same. */
export function sameResources(a: ResourceRequirements | undefined, b: ResourceRequirements | undefined): boolean {
  return sameRequirements(a, b, () => true);
}

/** Whether all but cpu and memory is the same. */
export function sameFixedResources(a: ResourceRequirements | undefined, b: ResourceRequirements | undefined): boolean {
  return sameRequirements(a, b, (name) => !RESIZABLE.includes(name));
}

/** Whether resize policies are the same, in the same order. */
export function samePolicies(a: Container, b: Container): boolean {
  const text = (policies: readonly ContainerResizePolicy[] = []): string => JSON.stringify(policies.map(({ resourceName, restartPolicy }) => [resourceName, restartPolicy]));

  return text(a.resizePolicy) === text(b.resizePolicy);
}
