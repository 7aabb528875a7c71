/**
 * What an allocated resize does to a pod's containers.
 * Follows `computePodResizeAction` and `doPodResizeAction` of pkg/kubelet/kuberuntime/kuberuntime_manager.go.
 */

import type { Container, ResourceRequirements } from '../pod';
import { containerValues, type ResourceValues, sameValues } from './values';

/** One container or init container, in the order of the pod's spec. */
export interface ResizableContainer {
  /** With the resources it shall have. */
  readonly container: Container;
  /** The resources it has: those last applied to it (in a status: `containerStatuses[].resources`). */
  readonly actuated?: ResourceRequirements;
  /** Others are left alone: they start with the new resources. */
  readonly isRunning: boolean;
}

/** `spec.resources` as desired and as actuated; given from 1.36 on, where they can be resized. */
export interface PodLevelResize {
  readonly desired?: ResourceRequirements;
  readonly actuated?: ResourceRequirements;
}

export interface PodResizeAction {
  /** By container name: false for those that are stopped to start again. */
  readonly keepContainer: Readonly<Record<string, boolean>>;
  readonly containersToKill: readonly { readonly name: string; readonly message: string }[];
  readonly containersToStart: readonly string[];
  /** Names in the order of their updates: the latest decrease first, then the increases. */
  readonly containersToUpdate: Readonly<Record<'memory' | 'cpu', readonly string[]>>;
  /** The pod's own cgroup must follow a container that starts again. */
  readonly updatePodResources: boolean;
  readonly updatePodLevelResources: boolean;
}

interface Change {
  readonly resource: 'memory' | 'cpu';
  readonly isDecrease: boolean;
}

function change(resource: Change['resource'], desired: bigint, actuated: bigint): Change[] {
  return desired === actuated ? [] : [{ resource, isDecrease: desired < actuated }];
}

/** At most one change per resource: that of the limit, else that of the request. */
function changes(desired: ResourceValues, actuated: ResourceValues): Change[] {
  const [memory] = [...change('memory', desired.memoryLimit, actuated.memoryLimit), ...change('memory', desired.memoryRequest, actuated.memoryRequest)];
  const [cpu] = [...change('cpu', desired.cpuLimit, actuated.cpuLimit), ...change('cpu', desired.cpuRequest, actuated.cpuRequest)];

  return [memory, cpu].filter((each) => each !== undefined);
}

/** The implicit policy is NotRequired; the first entry for a resource counts. */
function requiresRestart(container: Container, resource: string): boolean {
  return container.resizePolicy?.find(({ resourceName }) => resourceName === resource)?.restartPolicy === 'RestartContainer';
}

/** What the kubelet does. @throws KubeletError if a quantity cannot be parsed. */
export function computePodResizeAction(containers: readonly ResizableContainer[], podLevel: PodLevelResize = {}): PodResizeAction {
  const restarts: string[] = [];
  const updates: Record<Change['resource'], string[]> = { memory: [], cpu: [] };

  for (const { container, actuated, isRunning } of containers) {
    const pending = isRunning ? changes(containerValues(container.resources, podLevel.desired), containerValues(actuated, podLevel.actuated)) : [];

    if (pending.some(({ resource }) => requiresRestart(container, resource))) {
      restarts.push(container.name);
      continue;
    }
    // Decreases make room for increases
    for (const { resource, isDecrease } of pending) {
      updates[resource] = isDecrease ? [container.name, ...updates[resource]] : [...updates[resource], container.name];
    }
  }

  return {
    keepContainer:           Object.fromEntries(containers.map(({ container: { name } }) => [name, !restarts.includes(name)])),
    containersToKill:        restarts.map((name) => ({ name, message: `Container ${ name } resize requires restart` })),
    containersToStart:       restarts,
    containersToUpdate:      updates,
    updatePodResources:      restarts.length > 0,
    updatePodLevelResources: !sameValues(containerValues(podLevel.desired), containerValues(podLevel.actuated)),
  };
}

/** A limit or request of the pod's cgroup before and after, in the units of the cgroup (bytes, CFS quota, shares). */
export interface CgroupChange {
  readonly from: bigint;
  readonly to: bigint;
}

/** One write: to the pod's cgroup, or to a container through the runtime. */
export type ResizeStep =
  | { readonly resource: 'memory' | 'cpu'; readonly target: 'pod-limit' | 'pod-request' }
  | { readonly resource: 'memory' | 'cpu'; readonly target: 'container'; readonly name: string };

const UNCHANGED: CgroupChange = { from: 0n, to: 0n };

/**
 * The order of the writes: memory before cpu; the pod's cgroup grows before its containers and shrinks after them, so
 * that requests never exceed limits. Memory requests are not written to cgroups.
 */
export function resizeSteps(action: PodResizeAction, pod: { readonly memoryLimit: CgroupChange; readonly cpuLimit: CgroupChange; readonly cpuRequest: CgroupChange }): ResizeStep[] {
  return ([['memory', pod.memoryLimit, UNCHANGED], ['cpu', pod.cpuLimit, pod.cpuRequest]] as const).flatMap(([resource, limit, request]): ResizeStep[] => {
    const names = action.containersToUpdate[resource];
    const step = (target: 'pod-limit' | 'pod-request', isDue: boolean): ResizeStep[] => (isDue ? [{ resource, target }] : []);

    if (names.length === 0 && !action.updatePodResources && !action.updatePodLevelResources) {
      return [];
    }

    return [
      ...step('pod-limit', limit.to > limit.from),
      ...step('pod-request', request.to > request.from),
      ...names.map((name) => ({ resource, target: 'container' as const, name })),
      ...step('pod-request', request.to < request.from),
      ...step('pod-limit', limit.to < limit.from),
    ];
  });
}
