/**
 * Whether the API server accepts a resize of a pod. Follows `ValidatePodResize` of
 * pkg/apis/core/validation/validation.go, 1.33 to 1.36, behind the defaults and the preparation of the server.
 * Of the rules for pods as such it knows those about resources; what a resize cannot change is valid already.
 */

import type { Container, Pod, ResourceList, ResourceRequirements } from '../pod';
import { isSidecar, quantityOf } from '../podResources';
import { isMirrorPod } from '../priority';
import { computePodQOS, getPodQOS } from '../qos';
import { sameFixedResources, samePolicies, sameResources } from './equality';
import { forbidden, invalid } from './fieldError';
import { prepareResize, withDefaultRequests } from './prepare';
import { resourceProblems } from './requirements';

const ONLY_CPU_AND_MEMORY = 'only cpu and memory resources are mutable';

function initContainersOf(pod: Pod): readonly Container[] {
  return pod.spec.initContainers ?? [];
}

function hasPodLevelResources({ spec: { resources } }: Pod): boolean {
  return Object.keys({ ...resources?.requests, ...resources?.limits }).length > 0;
}

/** What cannot be resized at all; it is the only error then. */
function unresizable(newPod: Pod, oldPod: Pod, minor: number): string | undefined {
  if (minor <= 34 && (hasPodLevelResources(oldPod) || hasPodLevelResources(newPod))) {
    return forbidden('[]', 'pods with pod-level resources cannot be resized');
  }
  if (isMirrorPod(oldPod)) {
    return forbidden('[]', 'static pods cannot be resized');
  }

  return oldPod.spec.os?.name === 'windows' ? forbidden('[]', 'windows pods cannot be resized') : undefined;
}

/** `isPodResizeRequestSupported`: a kubelet that can resize shows the resources of the first running container. */
function isNodeCapable(pod: Pod): boolean {
  const running = pod.status?.containerStatuses?.find(({ state }) => state?.running);

  return running === undefined || running.resources !== undefined;
}

function orderProblems(newContainers: readonly Container[], oldContainers: readonly Container[], field: 'containers' | 'initContainers'): string[] {
  if (newContainers.length !== oldContainers.length) {
    return [forbidden(`spec.${ field }`, `${ field } may not be added or removed on resize`)];
  }

  return oldContainers.flatMap(({ name }, index) => (
    newContainers[index]?.name === name ? [] : [forbidden(`spec.${ field }[${ index }].name`, `${ field } may not be renamed or reordered on resize`)]
  ));
}

function isRemoved(newList: ResourceList = {}, oldList: ResourceList = {}): boolean {
  return Object.keys(oldList).some((name) => !Object.hasOwn(newList, name));
}

function removals(newResources: ResourceRequirements | undefined, oldResources: ResourceRequirements | undefined, path: string, what: string): string[] {
  return (['requests', 'limits'] as const)
    .filter((kind) => isRemoved(newResources?.[kind], oldResources?.[kind]))
    .map((kind) => forbidden(`${ path }.${ kind }`, `${ what } ${ kind } cannot be removed`));
}

/** 1.33 lowers and adds memory limits only by a restart. */
function lowerings(newContainer: Container, oldContainer: Container, path: string): string[] {
  const policy = newContainer.resizePolicy?.find(({ resourceName }) => resourceName === 'memory')?.restartPolicy;
  const limit = quantityOf(newContainer.resources?.limits, 'memory');
  const oldLimit = quantityOf(oldContainer.resources?.limits, 'memory');

  if ((policy && policy !== 'NotRequired') || !limit || (oldLimit && limit.cmp(oldLimit) >= 0)) {
    return [];
  }

  return [forbidden(`${ path }.limits[memory]`, `memory limits cannot be ${ oldLimit ? 'decreased' : 'added' } unless resizePolicy is RestartContainer`)];
}

function removalProblems(newContainer: Container, oldContainer: Container, path: string, minor: number): string[] {
  return [
    ...removals(newContainer.resources, oldContainer.resources, path, 'resource'),
    ...(minor <= 33 ? lowerings(newContainer, oldContainer, path) : []),
  ];
}

/** Whether anything but cpu and memory differs. Claims count as a difference wherever there are any, as upstream. */
function isFixedPartChanged(newContainer: Container, oldContainer: Container, minor: number): boolean {
  const { resources: old } = oldContainer;
  // Up to 1.34 a list that was not there before takes on anything
  const looked = (kind: 'requests' | 'limits'): ResourceRequirements => (minor <= 34 && !old?.[kind] ? {} : { [kind]: newContainer.resources?.[kind] });

  return !samePolicies(newContainer, oldContainer) || Boolean(old?.claims?.length) || !sameFixedResources({ ...looked('requests'), ...looked('limits') }, old);
}

function initContainerProblems(newContainer: Container, oldContainer: Container, index: number, minor: number): string[] {
  const isChanged = !samePolicies(newContainer, oldContainer) || !sameResources(newContainer.resources, oldContainer.resources);

  if (!isSidecar(oldContainer) && minor <= 35) {
    return isChanged ? [forbidden('spec', 'resources for non-sidecar init containers are immutable')] : [];
  }

  const path = minor >= 36 ? `spec.initContainers[${ index }]` : 'spec';
  const whose = minor >= 36 ? 'init or sidecar' : 'sidecar';
  const restarts = isChanged && !isSidecar(oldContainer) ? newContainer.resizePolicy?.filter(({ restartPolicy }) => restartPolicy === 'RestartContainer') ?? [] : [];

  return [
    ...(isFixedPartChanged(newContainer, oldContainer, minor) ? [forbidden(path, `only cpu and memory resources for ${ whose } containers are mutable`)] : []),
    ...restarts.map(() => forbidden(path, 'non-sidecar init containers with a resize policy of RestartContainer cannot be resized')),
  ];
}

/** `validatePodLevelResourcesResize` */
function podLevelProblems(newPod: Pod, oldPod: Pod): string[] {
  const { resources } = newPod.spec;
  const { resources: oldResources } = oldPod.spec;

  if (oldResources && !resources) {
    return [forbidden('spec.resources', 'pod-level resources cannot be removed')];
  }

  return [
    ...removals(resources, oldResources, 'spec.resources', 'pod-level resource'),
    ...(sameFixedResources(resources, oldResources) ? [] : [forbidden('spec', `${ ONLY_CPU_AND_MEMORY } at pod-level`)]),
  ];
}

function containerProblems(newPod: Pod, oldPod: Pod, minor: number): string[] {
  // There are as many of both: their order has been checked
  const pairs = (field: (pod: Pod) => readonly Container[]) => field(oldPod).map((old, index) => [field(newPod)[index] as Container, old, index] as const);
  const initPairs = pairs(initContainersOf);
  const mainPairs = pairs((pod) => pod.spec.containers);

  return [
    ...initPairs.filter(([, old]) => minor >= 36 || isSidecar(old)).flatMap(([added, old, index]) => removalProblems(added, old, `spec.initContainers[${ index }].resources`, minor)),
    ...mainPairs.flatMap(([added, old, index]) => removalProblems(added, old, `spec.containers[${ index }].resources`, minor)),
    ...mainPairs.filter(([added, old]) => isFixedPartChanged(added, old, minor)).map(() => forbidden('spec', ONLY_CPU_AND_MEMORY)),
    ...initPairs.flatMap(([added, old, index]) => initContainerProblems(added, old, index, minor)),
  ];
}

/**
 * The API server's errors about a PATCH or PUT of `/resize`, in its words; none if it accepts.
 *
 * @param sent the pod as the client sends it, whole
 * @param oldPod the pod as it is stored
 * @param minor the 36 of a 1.36 API server; from 33 on
 * @throws KubeletError if a quantity cannot be parsed (the server refuses such a pod earlier)
 */
export function validatePodResize(sent: Pod, oldPod: Pod, minor: number): string[] {
  const newPod = prepareResize(withDefaultRequests(sent), oldPod, minor);
  const only = unresizable(newPod, oldPod, minor);

  if (only !== undefined) {
    return [only];
  }

  const qosOptions = { skipPodLevelResources: minor <= 33 };
  const errors = [
    ...resourceProblems(newPod, oldPod, minor),
    ...(getPodQOS(oldPod, qosOptions) === computePodQOS(newPod, qosOptions) ? [] : [invalid('spec', newPod.status?.qosClass ?? '', 'Pod QOS Class may not change as a result of resizing')]),
    ...(isNodeCapable(oldPod) ? [] : [forbidden('spec', 'Pod running on node without support for resize')]),
  ];

  if (hasPodLevelResources(oldPod) || hasPodLevelResources(newPod)) {
    if (minor <= 35) {
      return [...errors, forbidden('[]', 'resize of pods with pod-level resources is forbidden when InPlacePodLevelResourcesVerticalScalingEnabled feature gate is disabled')];
    }
    errors.push(...podLevelProblems(newPod, oldPod));
  }

  const order = [
    ...orderProblems(newPod.spec.containers, oldPod.spec.containers, 'containers'),
    ...orderProblems(initContainersOf(newPod), initContainersOf(oldPod), 'initContainers'),
  ];

  errors.push(...(order.length > 0 ? order : containerProblems(newPod, oldPod, minor)));
  // Empty pod-level resources are none to every other rule, but still a change
  const isEmptyAdded = !hasPodLevelResources(newPod) && Boolean(newPod.spec.resources) !== Boolean(oldPod.spec.resources);

  return errors.length === 0 && isEmptyAdded ? [forbidden('spec', ONLY_CPU_AND_MEMORY)] : errors;
}
