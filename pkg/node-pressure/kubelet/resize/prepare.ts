/**
 * What the API server makes of a pod sent to `/resize` before it validates it: defaults for what is not given
 * (`SetDefaults_Pod`), and the old pod in everything else (`dropNonResizeUpdates` of pkg/registry/core/pod/strategy.go).
 */

import type { Container, Pod, ResourceList, ResourceRequirements } from '../pod';
import { isSupportedPodLevelResource, podLimit, podRequest } from '../podResources';
import type { Quantity } from '../quantity';
import { isHugePageResourceName } from '../resourceNames';

/** Requests that are not given are the limits. */
function defaultContainer(container: Container): Container {
  const { resources } = container;

  return resources?.limits ? { ...container, resources: { ...resources, requests: { ...resources.limits, ...resources.requests } } } : container;
}

const OF_CONTAINERS = { skipPodLevelResources: true, excludeOverhead: true };

function sums(names: readonly string[], sum: (name: string) => Quantity | undefined): ResourceList {
  return Object.fromEntries(names.flatMap((name) => {
    const quantity = sum(name);

    return quantity ? [[name, `${ quantity }`]] : [];
  }));
}

/** Huge pages that only containers limit are the pod's limit, too (`defaultHugePagePodLimits`). */
function defaultPodLimits(pod: Pod, { requests, limits }: ResourceRequirements): ResourceList {
  const pages = [...pod.spec.containers, ...pod.spec.initContainers ?? []]
    .flatMap(({ resources }) => Object.keys(resources?.limits ?? {}))
    .filter((name) => isHugePageResourceName(name) && !Object.hasOwn(requests ?? {}, name));

  return Object.keys({ ...requests, ...limits }).length === 0 ? {} : { ...sums(pages, (name) => podLimit(pod, name, OF_CONTAINERS)), ...limits };
}

/** A missing pod-level request is the containers' sum, or else the pod's limit (`defaultPodRequests`). */
function defaultPodLevel(pod: Pod, resources: ResourceRequirements): ResourceRequirements {
  const limits = defaultPodLimits(pod, resources);
  const supported = Object.entries(limits).filter(([name]) => isSupportedPodLevelResource(name));

  if (Object.keys(limits).length === 0) {
    return resources;
  }

  return { ...resources, limits, requests: { ...Object.fromEntries(supported), ...sums(['cpu', 'memory'], (name) => podRequest(pod, name, OF_CONTAINERS)), ...resources.requests } };
}

/** `SetDefaults_Pod`, the part about resources. */
export function withDefaultRequests(pod: Pod): Pod {
  const { spec } = pod;
  const defaulted: Pod = {
    ...pod,
    spec: {
      ...spec,
      containers: spec.containers.map(defaultContainer),
      ...(spec.initContainers && { initContainers: spec.initContainers.map(defaultContainer) }),
    },
  };
  const { resources } = spec;

  return resources ? { ...defaulted, spec: { ...defaulted.spec, resources: defaultPodLevel(defaulted, resources) } } : defaulted;
}

/** The old containers with new resources and policies; a renamed one is for the validation to refuse. */
function mergeContainers(added: readonly Container[], old: readonly Container[]): readonly Container[] {
  return added.some(({ name }, index) => old[index]?.name !== name) ? added : old.map((container, index) => ({ ...container, resources: added[index]?.resources, resizePolicy: added[index]?.resizePolicy }));
}

/**
 * The pod that a resize would make: the old one, with the resources and resize policies of the new one.
 * @param minor the 36 of 1.36; up to 35 pod-level resources are not taken over
 */
export function prepareResize(newPod: Pod, oldPod: Pod, minor: number): Pod {
  const { spec } = newPod;
  const initContainers = spec.initContainers ?? [];
  const oldInitContainers = oldPod.spec.initContainers ?? [];

  if (spec.containers.length !== oldPod.spec.containers.length || initContainers.length !== oldInitContainers.length) {
    // 1.33 does not know pod-level resources
    return minor <= 33 ? { ...newPod, spec: { ...spec, resources: oldPod.spec.resources } } : newPod;
  }

  return {
    ...oldPod,
    spec: {
      ...oldPod.spec,
      resources:      minor >= 36 ? spec.resources : oldPod.spec.resources,
      containers:     mergeContainers(spec.containers, oldPod.spec.containers),
      initContainers: mergeContainers(initContainers, oldInitContainers),
    },
  };
}
