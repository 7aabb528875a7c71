/**
 * Whether a kubelet grants a resize. Follows pkg/kubelet/allocation of 1.34 to 1.36 and `canResizePod` of
 * pkg/kubelet/kubelet.go in 1.33.
 */

import { insufficientMessage, insufficientResources, requestAmounts, type Amounts, amountOf } from '../admission/fit';
import { admitUnderPressure } from '../eviction/conditions';
import { getResourceRequestQuantity } from '../eviction/request';
import type { Container, Pod } from '../pod';
import { isSidecar, quantityOf } from '../podResources';
import { isCriticalPod, isStaticPod } from '../priority';
import { getPodQOS } from '../qos';
import { newQuantity } from '../quantity';
import type { NodeConditionType } from '../signals';
import { containerSwapBehavior, type SwapBehavior } from '../swap';

/** The kubelet and its node. */
export interface ResizeNode {
  /** The 36 of 1.36; from 33 on. */
  readonly minor: number;
  readonly cpuManagerPolicy: string;
  readonly memoryManagerPolicy: string;
  readonly swapBehavior: SwapBehavior;
  /** `node.status.allocatable`. */
  readonly allocatable: Amounts;
  /** Capacity less system and kube reservation; 1.34 and 1.35 compare with it. */
  readonly allocatableWithoutEviction: Amounts;
  /** What the other pods of the node take (see `usedAmounts`). */
  readonly used: Amounts;
  readonly pressure: readonly NodeConditionType[];
}

/** `Infeasible` is final until the pod or the kubelet changes, `Deferred` is tried again; as in the condition PodResizePending. */
export type ResizeVerdict =
  | { readonly isGranted: true; /** Room must be made first by stopping other pods. */ readonly preempts: boolean }
  | { readonly isGranted: false; readonly reason: 'Infeasible' | 'Deferred'; readonly message: string };

const ZERO = newQuantity(0n, 'DecimalSI');

function infeasible(message: string | undefined): ResizeVerdict | undefined {
  return message === undefined ? undefined : { isGranted: false, reason: 'Infeasible', message };
}

function allContainers(pod: Pod): Container[] {
  return [...pod.spec.containers, ...pod.spec.initContainers ?? []];
}

function isRequestChanged(desired: Container, allocated: Container | undefined, name: string): boolean {
  const before = quantityOf(allocated?.resources?.requests, name) ?? ZERO;

  return (quantityOf(desired.resources?.requests, name) ?? ZERO).cmp(before) !== 0;
}

function find(pod: Pod, name: string): Container | undefined {
  return allContainers(pod).find((container) => container.name === name);
}

/** `disallowResizeForSwappableContainers` */
function swapProblem(desired: Pod, allocated: Pod, { swapBehavior }: ResizeNode): string | undefined {
  const isInTheWay = allContainers(desired).some((container) => {
    const before = find(allocated, container.name);
    const restarts = before?.resizePolicy?.find(({ resourceName }) => resourceName === 'memory')?.restartPolicy === 'RestartContainer';

    return before !== undefined && !restarts && isRequestChanged(container, before, 'memory') &&
      [containerSwapBehavior(swapBehavior, desired, container), containerSwapBehavior(swapBehavior, allocated, before)].includes('LimitedSwap');
  });

  return isInTheWay ? 'In-place resize of containers with swap is not supported.' : undefined;
}

/** `guaranteedPodResourceResizeRequired`; 1.33 refuses whatever changes. */
function isPinnedResourceChanged(desired: Pod, allocated: Pod, name: string, minor: number): boolean {
  const initContainers = (desired.spec.initContainers ?? []).filter((container) => minor >= 36 || isSidecar(container));

  return minor <= 33 || [...desired.spec.containers, ...initContainers].some((container) => isRequestChanged(container, find(allocated, container.name), name));
}

function managerProblem(desired: Pod, allocated: Pod, { minor, cpuManagerPolicy, memoryManagerPolicy }: ResizeNode): string | undefined {
  const problem = (manager: string, policy: string): string => (
    `Resize is infeasible for Guaranteed Pods alongside ${ manager } Manager ${ minor <= 33 ? 'static policy' : `policy "${ policy }"` }`
  );

  if (getPodQOS(desired) !== 'Guaranteed') {
    return undefined;
  }
  if (cpuManagerPolicy === 'static' && isPinnedResourceChanged(desired, allocated, 'cpu', minor)) {
    return problem('CPU', 'static');
  }

  return memoryManagerPolicy === 'Static' && isPinnedResourceChanged(desired, allocated, 'memory', minor) ? problem('Memory', 'Static') : undefined;
}

/** Up to 1.35 the kubelet tells what no restart of others could make room for; later the API server refuses it. */
function capacityProblem(desired: Pod, { minor, allocatable, allocatableWithoutEviction }: ResizeNode): string | undefined {
  const available = minor <= 33 ? allocatable : allocatableWithoutEviction;
  const [problem] = (minor >= 36 ? [] : ['memory', 'cpu']).flatMap((name) => {
    const requested = amountOf(name, getResourceRequestQuantity(desired, name));
    const capacity = available.get(name) ?? 0n;

    return requested > capacity ? [`Node didn't have enough capacity: ${ name }, requested: ${ requested }, capacity: ${ capacity }`] : [];
  });

  return problem;
}

function staticProblem(desired: Pod, { minor }: ResizeNode): string | undefined {
  return minor <= 35 && isStaticPod(desired) ? 'In-place resize of static-pods is not supported' : undefined;
}

/** `canAdmitPod`: the pod as it shall be, asked as if it were new beside the others. */
function admit(desired: Pod, { allocatable, used, pressure }: ResizeNode): ResizeVerdict {
  const underPressure = admitUnderPressure(pressure, desired);

  if (!underPressure.admit) {
    return { isGranted: false, reason: 'Deferred', message: underPressure.message };
  }

  const [missing] = insufficientResources(requestAmounts(desired, allocatable), used, allocatable);

  return missing && !isCriticalPod(desired) ? { isGranted: false, reason: 'Deferred', message: insufficientMessage(missing) } : { isGranted: true, preempts: missing !== undefined };
}

/**
 * What becomes of a resize that the API server has accepted.
 *
 * @param desired the pod as its spec says
 * @param allocated the same pod with what it has been granted before (`updatePodFromAllocation`)
 * @throws KubeletError if a quantity cannot be parsed
 */
export function resizeVerdict(desired: Pod, allocated: Pod, node: ResizeNode): ResizeVerdict {
  return infeasible(staticProblem(desired, node)) ??
    infeasible(swapProblem(desired, allocated, node)) ??
    infeasible(managerProblem(desired, allocated, node)) ??
    infeasible(capacityProblem(desired, node)) ??
    admit(desired, node);
}
