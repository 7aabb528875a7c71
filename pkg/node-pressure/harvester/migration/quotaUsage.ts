import type { Container, Pod } from '../../kubelet/pod';
import { isPodLevelResourcesSet, podLimits, podRequests } from '../../kubelet/podResources';
import type { Quantity } from '../../kubelet/quantity';
import { hasQuantity } from './quantities';

/** Amounts by a ResourceQuota's names of them: thousandths of a CPU, bytes, pieces. */
export type QuotaAmounts = Readonly<Record<string, bigint>>;

/** A quota of one of these makes every container of a pod name a value for it. */
const COMPUTE: readonly string[] = ['cpu', 'memory', 'requests.cpu', 'requests.memory', 'limits.cpu', 'limits.memory'];

const OF_PODS: readonly string[] = ['pods', 'count/pods', ...COMPUTE, 'ephemeral-storage', 'requests.ephemeral-storage', 'limits.ephemeral-storage'];

/** Huge pages, and what only a device plugin or its like gives, such as `requests.devices.kubevirt.io/kvm`. */
const HUGE_PAGES = /^(requests\.)?hugepages-/;
const EXTENDED = /^requests\.(?!.*kubernetes\.io\/).*\//;

/** Whether a quota of this counts pods. Follows podEvaluator.MatchingResources in pkg/quota/v1/evaluator/core/pods.go. */
export function isOfPods(resource: string): boolean {
  return OF_PODS.includes(resource) || HUGE_PAGES.test(resource) || EXTENDED.test(resource);
}

/** A quantity in the unit of {@link QuotaAmounts}. */
export function amountOf(resource: string, quantity: Quantity): bigint {
  return resource === 'cpu' || resource.endsWith('.cpu') ? quantity.milliValue() : quantity.value();
}

/**
 * What a pod that is about to be created takes of quotas. Follows PodUsageFunc and podComputeUsageHelper there.
 * @throws KubeletError if one of its amounts cannot be parsed
 */
export function podUsage(pod: Pod): QuotaAmounts {
  const counted = (amounts: Record<string, Quantity>, ...prefixes: string[]): [string, bigint][] => Object.entries(amounts)
    .flatMap(([resource, quantity]) => prefixes.map((prefix) => prefix + resource).filter(isOfPods).map((name): [string, bigint] => [name, amountOf(name, quantity)]));

  return Object.fromEntries([['pods', 1n], ['count/pods', 1n], ...counted(podRequests(pod), '', 'requests.'), ...counted(podLimits(pod), 'limits.')]);
}

function specifies({ resources }: Container, resource: string): boolean {
  const name = resource.replace(/^(requests|limits)\./, '');

  return hasQuantity(resource.startsWith('limits.') ? resources?.limits : resources?.requests, name);
}

/**
 * Those of a quota's limits for which a container of the pod names no value, so that the API server refuses the pod. Follows
 * podEvaluator.Constraints; what a LimitRange would fill in is taken to be there already.
 */
export function unspecified(resources: readonly string[], pod: Pod): string[] {
  const containers = [...pod.spec.containers, ...pod.spec.initContainers ?? []];

  return isPodLevelResourcesSet(pod) ? [] : resources.filter((resource) => COMPUTE.includes(resource) && !containers.every((container) => specifies(container, resource)));
}
