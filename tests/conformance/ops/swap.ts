import { KubeletError } from '../../../pkg/node-pressure/kubelet/errors';
import type { Container, Pod, ResourceList } from '../../../pkg/node-pressure/kubelet/pod';
import { quantityOf } from '../../../pkg/node-pressure/kubelet/podResources';
import { containerSwapBehavior, limitedSwapBytes } from '../../../pkg/node-pressure/kubelet/swap';
import { text } from '../fields';
import { amount } from '../figures';
import type { Operation } from '../protocol';

export const ops: Record<string, Operation> = {
  'swap.limited': ({ request, nodeMemory, nodeSwap }) => {
    const nodeMemoryBytes = amount(nodeMemory) ?? 0n;

    if (nodeMemoryBytes === 0n) {
      throw new KubeletError('total node memory is 0');
    }

    const requests: ResourceList = text(request) ? { memory: text(request) } : {};
    const container: Container = { name: 'container', resources: { requests } };
    const pod: Pod = { metadata: { name: 'pod' }, spec: { containers: [container] } };
    const requestBytes = quantityOf(requests, 'memory')?.value() ?? 0n;
    const behavior = containerSwapBehavior('LimitedSwap', pod, container);

    return { limit: String(behavior === 'NoSwap' ? 0n : limitedSwapBytes(requestBytes, nodeMemoryBytes, amount(nodeSwap) ?? 0n)) };
  },
};
