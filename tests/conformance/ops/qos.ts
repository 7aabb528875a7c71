import type { Container, Pod, ResourceList } from '../../../pkg/node-pressure/kubelet/pod';
import { getContainerOOMScoreAdjust, getPodQOS } from '../../../pkg/node-pressure/kubelet/qos';
import { text, textList } from '../fields';
import { amount } from '../figures';
import type { Input, Operation } from '../protocol';

function resourceList(texts: Record<string, unknown>): ResourceList {
  return Object.fromEntries(Object.entries(texts).filter(([, value]) => value !== undefined && value !== '').map(([name, value]) => [name, text(value)]));
}

function subject(input: Input): Container {
  return {
    name:      'container',
    resources: {
      requests: resourceList({ memory: input.memoryRequest, cpu: input.cpuRequest }),
      limits:   resourceList({ memory: input.memoryLimit, cpu: input.cpuLimit }),
    },
    ...input.kind === 'sidecar' ? { restartPolicy: 'Always' } : {},
  };
}

/** A pod as it would be without the API server's defaults; a sidecar stands beside at least one regular container. */
function podOf(input: Input, container: Container): Pod {
  const regular = textList(input.regularContainerRequests).map((memory): Container => ({ name: '', resources: { requests: resourceList({ memory }) } }));
  const isSidecar = input.kind === 'sidecar';
  const podLevel = text(input.podLevelMemoryRequest);

  return {
    metadata: { name: 'pod', ...input.static ? { annotations: { 'kubernetes.io/config.source': 'file' } } : {} },
    spec:     {
      containers:        isSidecar ? (regular.length > 0 ? regular : [{ name: '' }]) : [container, ...regular],
      initContainers:    isSidecar ? [container] : [],
      priority:          input.priority as number | undefined,
      priorityClassName: text(input.priorityClassName),
      ...podLevel ? { resources: { requests: { memory: podLevel } } } : {},
    },
  };
}

export const ops: Record<string, Operation> = {
  'qos.oomScoreAdj': (input) => {
    const container = subject(input);
    const pod = podOf(input, container);

    return { qosClass: getPodQOS(pod), oomScoreAdj: getContainerOOMScoreAdjust(pod, container, amount(input.capacity) ?? 0n) };
  },
};
