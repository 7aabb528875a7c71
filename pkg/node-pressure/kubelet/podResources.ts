/**
 * What a pod asks for as a whole. Follows k8s.io/component-helpers/resource/helpers.go.
 * Every resource is computed by itself, so that a caller interested in one (eviction: memory) pays for one.
 */

import type { Container, ContainerStatus, Pod, ResourceList } from './pod';
import { newQuantity, parseQuantity, type Quantity } from './quantity';

/** Resource name to its amount. */
export type Quantities = Record<string, Quantity>;

/** `resource.PodResourcesOptions`, the parts a kubelet uses. All false by default. */
export interface PodResourcesOptions {
  /** Count what the status says is actuated or allocated where that is more than the spec (resizes under way). */
  readonly useStatusResources?: boolean;
  /** With useStatusResources: also for `spec.resources` (gate InPlacePodLevelResourcesVerticalScaling, on from 1.36). */
  readonly inPlacePodLevelResources?: boolean;
  /** Leave `spec.overhead` out. */
  readonly excludeOverhead?: boolean;
  /** Ignore `spec.resources` (gate PodLevelResources, on from 1.34). */
  readonly skipPodLevelResources?: boolean;
  /** Count `spec.resources` and overhead alone. */
  readonly skipContainerLevelResources?: boolean;
}

type Kind = 'requests' | 'limits';

const ZERO = newQuantity(0n, 'DecimalSI');

/** Distinct texts remembered by {@link parseOnce}; the objects of a cluster share a few hundred. */
const MAX_REMEMBERED = 10_000;
const remembered = new Map<string, Quantity>();

/** `parseQuantity`. Quantities never change, so objects that write the same can share one. @throws KubeletError as that */
export function parseOnce(text: string): Quantity {
  const known = remembered.get(text);

  if (known) {
    return known;
  }

  const quantity = parseQuantity(text);

  if (remembered.size >= MAX_REMEMBERED) {
    remembered.clear();
  }
  remembered.set(text, quantity);

  return quantity;
}

/** One entry of a list as the API gives it, undefined where it is not there. @throws KubeletError if it cannot be parsed. */
export function quantityOf(list: ResourceList | undefined, name: string): Quantity | undefined {
  const text = list && Object.hasOwn(list, name) ? list[name] : undefined;

  return text === undefined ? undefined : parseOnce(text);
}

/** `addResourceList` for one resource. */
function sum(a: Quantity | undefined, b: Quantity | undefined): Quantity | undefined {
  return a && b ? a.add(b) : a ?? b;
}

/** `maxResourceList` for one resource: the first of two equal ones is kept, with its text. */
function greater(a: Quantity | undefined, b: Quantity | undefined): Quantity | undefined {
  return a && b ? (b.cmp(a) > 0 ? b : a) : a ?? b;
}

/** Whether an init container is a sidecar (`IsRestartableInitContainer`). */
export function isSidecar(initContainer: Container): boolean {
  return initContainer.restartPolicy === 'Always';
}

/** `IsSupportedPodLevelResource`. */
export function isSupportedPodLevelResource(name: string): boolean {
  return name === 'cpu' || name === 'memory' || name.startsWith('hugepages-');
}

function namesSupported(list: ResourceList | undefined): boolean {
  return list !== undefined && Object.keys(list).some(isSupportedPodLevelResource);
}

/** `IsPodLevelRequestsSet`. */
export function isPodLevelRequestsSet(pod: Pod): boolean {
  return namesSupported(pod.spec.resources?.requests);
}

/** `IsPodLevelResourcesSet`. */
export function isPodLevelResourcesSet(pod: Pod): boolean {
  return namesSupported(pod.spec.resources?.requests) || namesSupported(pod.spec.resources?.limits);
}

/** `IsPodResizeInfeasible`: the first PodResizePending condition decides. */
export function isPodResizeInfeasible(pod: Pod): boolean {
  return pod.status?.conditions?.find(({ type }) => type === 'PodResizePending')?.reason === 'Infeasible';
}

function statusOf(pod: Pod, name: string): ContainerStatus | undefined {
  const matches = (status: ContainerStatus): boolean => status.name === name;

  return pod.status?.initContainerStatuses?.find(matches) ?? pod.status?.containerStatuses?.find(matches);
}

/** `determineEffectiveRequests` and `determineEffectiveLimits`: a resize under way counts with its larger end. */
function effective(pod: Pod, kind: Kind, name: string, spec: Quantity | undefined, status: Omit<ContainerStatus, 'name'>): Quantity | undefined {
  const desired = isPodResizeInfeasible(pod) ? undefined : spec;
  const larger = greater(desired, quantityOf(status.resources?.[kind], name));

  return kind === 'requests' ? greater(larger, quantityOf(status.allocatedResources, name)) : larger;
}

function containerQuantity(pod: Pod, container: Container, kind: Kind, name: string, useStatus: boolean | undefined): Quantity | undefined {
  const spec = quantityOf(container.resources?.[kind], name);
  const status = useStatus ? statusOf(pod, container.name) : undefined;

  return status?.resources ? effective(pod, kind, name, spec, status) : spec;
}

/** `AggregateContainerRequests` and `AggregateContainerLimits` for one resource. */
function containersQuantity(pod: Pod, kind: Kind, name: string, useStatus: boolean | undefined): Quantity | undefined {
  let total: Quantity | undefined;
  let sidecars: Quantity | undefined;
  let initPeak: Quantity | undefined;

  for (const container of pod.spec.containers) {
    total = sum(total, containerQuantity(pod, container, kind, name, useStatus));
  }
  for (const container of pod.spec.initContainers ?? []) {
    const quantity = containerQuantity(pod, container, kind, name, useStatus && isSidecar(container));

    if (isSidecar(container)) {
      total = sum(total, quantity);
      sidecars = sum(sidecars, quantity);
      initPeak = greater(initPeak, sidecars);
    } else {
      initPeak = greater(initPeak, sum(quantity, sidecars));
    }
  }

  return greater(total, initPeak);
}

function podLevelQuantity(pod: Pod, kind: Kind, name: string, options: PodResourcesOptions): Quantity | undefined {
  const spec = options.skipPodLevelResources || !isSupportedPodLevelResource(name) ? undefined : quantityOf(pod.spec.resources?.[kind], name);
  const useStatus = options.inPlacePodLevelResources && options.useStatusResources;
  // Upstream then has a nil list, which it takes for "no status"
  const lacksLimits = kind === 'limits' && !pod.status?.resources?.limits && isPodResizeInfeasible(pod);

  return spec && useStatus && pod.status?.resources && !lacksLimits ? effective(pod, kind, name, spec, pod.status) ?? ZERO : spec;
}

/**
 * What a pod requests of one resource: its pod-level request if set, else the larger of the containers' sum (with
 * sidecars) and the largest init container; plus overhead. Undefined where nothing names the resource.
 * @throws KubeletError if a quantity cannot be parsed.
 */
export function podRequest(pod: Pod, name: string, options: PodResourcesOptions = {}): Quantity | undefined {
  const containers = options.skipContainerLevelResources ? undefined : containersQuantity(pod, 'requests', name, options.useStatusResources);
  const request = podLevelQuantity(pod, 'requests', name, options) ?? containers;

  return options.excludeOverhead ? request : sum(request, quantityOf(pod.spec.overhead, name));
}

/** A pod's limit of one resource, as {@link podRequest}; overhead is added only to a limit that is not zero. */
export function podLimit(pod: Pod, name: string, options: PodResourcesOptions = {}): Quantity | undefined {
  const limit = podLevelQuantity(pod, 'limits', name, options) ?? containersQuantity(pod, 'limits', name, options.useStatusResources);

  return options.excludeOverhead || !limit || limit.isZero() ? limit : sum(limit, quantityOf(pod.spec.overhead, name));
}

/** Every resource that a pod's requests or limits may name. */
function resourceNames(pod: Pod, kind: Kind, useStatus: boolean | undefined): Set<string> {
  const found = new Set<string>();
  const look = (list: ResourceList | undefined): void => {
    for (const name of Object.keys(list ?? {})) {
      found.add(name);
    }
  };

  for (const containers of [pod.spec.containers, pod.spec.initContainers ?? []]) {
    containers.forEach(({ resources }) => look(resources?.[kind]));
  }
  for (const statuses of useStatus ? [pod.status?.containerStatuses ?? [], pod.status?.initContainerStatuses ?? []] : []) {
    statuses.forEach(({ resources, allocatedResources }) => [resources?.[kind], allocatedResources].forEach(look));
  }
  look(pod.spec.resources?.[kind]);
  look(pod.spec.overhead);

  return found;
}

function collect(wanted: Set<string>, quantity: (name: string) => Quantity | undefined): Quantities {
  const entries = [...wanted].map((name) => [name, quantity(name)] as const);

  return Object.fromEntries(entries.filter((entry): entry is [string, Quantity] => entry[1] !== undefined));
}

/** `PodRequests`: all of a pod's requests. @throws KubeletError if a quantity cannot be parsed. */
export function podRequests(pod: Pod, options: PodResourcesOptions = {}): Quantities {
  return collect(resourceNames(pod, 'requests', options.useStatusResources), (name) => podRequest(pod, name, options));
}

/** `PodLimits`: all of a pod's limits. @throws KubeletError if a quantity cannot be parsed. */
export function podLimits(pod: Pod, options: PodResourcesOptions = {}): Quantities {
  return collect(resourceNames(pod, 'limits', options.useStatusResources), (name) => podLimit(pod, name, options));
}
