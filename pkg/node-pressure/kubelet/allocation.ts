/** The resources that the kubelet has granted to a pod, which a resize under way makes differ from the spec. */

import { isPodLevelResourcesSet } from './podResources';
import type { Container, ContainerStatus, Pod, ResourceRequirements } from './pod';

/** The kubelet's checkpoint of one pod: by container name, and for `spec.resources`. */
export interface PodAllocation {
  readonly containers: Readonly<Record<string, ResourceRequirements>>;
  readonly pod?: ResourceRequirements;
}

/**
 * `UpdatePodFromAllocation`: the pod with the allocated resources in place of the desired ones.
 * Containers without an allocation keep their spec. Follows pkg/kubelet/allocation/allocation_manager.go.
 */
export function updatePodFromAllocation(pod: Pod, allocation: PodAllocation): Pod {
  const allocated = (container: Container): Container => (
    Object.hasOwn(allocation.containers, container.name) ? { ...container, resources: allocation.containers[container.name] } : container
  );
  const { spec } = pod;

  return {
    ...pod,
    spec: {
      ...spec,
      containers: spec.containers.map(allocated),
      ...(spec.initContainers && { initContainers: spec.initContainers.map(allocated) }),
      ...(allocation.pod && { resources: allocation.pod }),
    },
  };
}

/**
 * A status written by a kubelet with in-place resize has `resources`, and then no `allocatedResources` means none.
 * Undefined where no kubelet has written an allocation.
 */
function allocationOf({ resources, allocatedResources }: Omit<ContainerStatus, 'name'>, spec: ResourceRequirements | undefined): ResourceRequirements | undefined {
  return resources || allocatedResources ? { requests: allocatedResources ?? {}, limits: resources ? resources.limits ?? {} : spec?.limits } : undefined;
}

/**
 * The allocation as a pod's status shows it, the only view of the kubelet's checkpoint from outside.
 * Requests are exact. Limits are those of the running containers, which lag behind the allocation while a resize is being carried out.
 */
export function allocationFromStatus(pod: Pod): PodAllocation {
  const statuses = [...pod.status?.containerStatuses ?? [], ...pod.status?.initContainerStatuses ?? []];
  const containers = [...pod.spec.containers, ...pod.spec.initContainers ?? []].flatMap((container) => {
    const status = statuses.find(({ name }) => name === container.name);
    const allocation = status && allocationOf(status, container.resources);

    return allocation ? [[container.name, allocation] as const] : [];
  });
  const podLevel = isPodLevelResourcesSet(pod) && pod.status ? allocationOf(pod.status, pod.spec.resources) : undefined;

  return { containers: Object.fromEntries(containers), ...(podLevel && { pod: podLevel }) };
}
