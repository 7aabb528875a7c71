import { admitHeldPods } from '../../../pkg/node-pressure/kubelet/admission/restart';
import type { Container, Pod, ResourceList } from '../../../pkg/node-pressure/kubelet/pod';
import { parseQuantity } from '../../../pkg/node-pressure/kubelet/quantity';
import type { NodeConditionType } from '../../../pkg/node-pressure/kubelet/signals';
import { text, textList, textMap } from '../fields';
import { records } from '../figures';
import type { Input, Operation, Output } from '../protocol';

function list(value: unknown): ResourceList | undefined {
  return textMap(value) ?? undefined;
}

/** An init container stands before a sidecar. */
function initContainers({ initRequests, sidecarRequests }: Input): Container[] {
  return [
    ...initRequests ? [{ name: 'init', resources: { requests: list(initRequests) } }] : [],
    ...sidecarRequests ? [{ name: 'sidecar', restartPolicy: 'Always', resources: { requests: list(sidecarRequests) } }] : [],
  ];
}

/** The pod as the kubelet holds it. A mirror is given for its static pod, which has no time of creation. */
function pod(input: Input): Pod {
  const isStatic = Boolean(input.static) || Boolean(input.mirror);
  const requests = list(input.requests);
  const allocated = input.allocated ? [{ name: 'c', allocatedResources: { ...requests, ...list(input.allocated) } }] : [];

  return {
    metadata: {
      name:              text(input.name),
      creationTimestamp: input.mirror ? undefined : text(input.created),
      annotations:       { 'kubernetes.io/config.source': isStatic ? 'file' : 'api' },
    },
    spec: {
      containers:     [{ name: 'c', resources: { requests, limits: list(input.limits) } }],
      initContainers: initContainers(input),
      priority:       input.priority as number | undefined,
      overhead:       list(input.overhead),
      tolerations:    records(input.tolerations),
    },
    status: { phase: text(input.phase), containerStatuses: allocated },
  };
}

function restart(input: Input): Output {
  const allocatable = Object.fromEntries(Object.entries(textMap(input.allocatable) ?? {}).map(([name, quantity]) => [name, parseQuantity(quantity)]));
  const { admitted, rejected, preempted } = admitHeldPods(records(input.pods).map(pod), allocatable, textList(input.pressure) as NodeConditionType[]);

  return {
    admitted:  admitted.map(({ metadata: { name } }) => name),
    rejected:  rejected.map(({ pod: { metadata: { name } }, reason }) => ({ name, reason })),
    preempted: preempted.map(({ metadata: { name } }) => name),
  };
}

export const ops: Record<string, Operation> = { 'admission.restart': restart };
