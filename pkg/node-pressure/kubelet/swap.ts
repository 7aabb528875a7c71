/** Swap that containers may use. Follows pkg/kubelet/kuberuntime/kuberuntime_container_linux.go. */

import { KubeletError } from './errors';
import { int64FromFloat } from './go/int64';
import { quantityOf } from './podResources';
import type { Container, Pod } from './pod';
import { isCriticalPod } from './priority';
import { getPodQOS, type QOSOptions } from './qos';
import { newQuantity } from './quantity';

/** `memorySwap.swapBehavior` of the kubelet configuration. */
export type SwapBehavior = 'NoSwap' | 'LimitedSwap';

const ZERO = newQuantity(0n, 'BinarySI');

/**
 * `calcSwapForBurstablePods`: the container's share of the node's swap, by its share of the node's memory.
 * Bytes in, bytes out. @throws KubeletError where the kubelet then gives no swap at all.
 */
export function limitedSwapBytes(requestBytes: bigint, nodeMemoryBytes: bigint, nodeSwapBytes: bigint): bigint {
  if (nodeMemoryBytes <= 0n) {
    throw new KubeletError('total node memory is 0');
  }
  if (requestBytes > nodeMemoryBytes) {
    throw new KubeletError(`container request ${ requestBytes } is larger than total node memory ${ nodeMemoryBytes }`);
  }

  return int64FromFloat(Number(requestBytes) / Number(nodeMemoryBytes) * Number(nodeSwapBytes));
}

/**
 * `GetContainerSwapBehavior` on a node with cgroup v2 and a swap controller: only containers of Burstable pods that
 * are not critical, and whose memory request differs from their limit, may swap.
 */
export function containerSwapBehavior(nodeBehavior: SwapBehavior, pod: Pod, container: Container, options: QOSOptions = {}): SwapBehavior {
  if (nodeBehavior === 'NoSwap' || isCriticalPod(pod) || getPodQOS(pod, options) !== 'Burstable') {
    return 'NoSwap';
  }

  const request = quantityOf(container.resources?.requests, 'memory') ?? ZERO;
  const limit = quantityOf(container.resources?.limits, 'memory') ?? ZERO;

  // Neither set is the case of two equal zeros
  return request.cmp(limit) === 0 ? 'NoSwap' : 'LimitedSwap';
}
