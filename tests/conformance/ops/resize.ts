import type { Pod, ResourceRequirements } from '../../../pkg/node-pressure/kubelet/pod';
import { computePodResizeAction, type ResizableContainer } from '../../../pkg/node-pressure/kubelet/resize/action';
import { validateMemoryDecrease } from '../../../pkg/node-pressure/kubelet/resize/memoryDecrease';
import { type ResizeTarget, validateResizeOnNode } from '../../../pkg/node-pressure/kubelet/resize/nodeCapacity';
import { withDefaultRequests } from '../../../pkg/node-pressure/kubelet/resize/prepare';
import { validatePodResize } from '../../../pkg/node-pressure/kubelet/resize/validate';
import { text, textMap } from '../fields';
import { amount, records } from '../figures';
import type { Input, Operation, Output } from '../protocol';

/** The oracle's version of Kubernetes, 1.36. */
const MINOR = 36;

function requirements(value: unknown): ResourceRequirements {
  return (value ?? {}) as ResourceRequirements;
}

function resizable(input: Input): ResizableContainer {
  const policies = Object.entries(textMap(input.resizePolicy) ?? {}).sort(([a], [b]) => (a < b ? -1 : 1));

  return {
    container: {
      name:         text(input.name),
      resources:    requirements(input.desired),
      resizePolicy: policies.map(([resourceName, restartPolicy]) => ({ resourceName, restartPolicy })),
    },
    actuated:  requirements(input.actuated),
    isRunning: input.state === 'running',
  };
}

function action(input: Input): Output {
  const { keepContainer, containersToKill, containersToStart, containersToUpdate, updatePodResources } = computePodResizeAction(records(input.containers).map(resizable));

  return {
    keepContainer,
    containersToKill:   containersToKill.map(({ name }) => name),
    killMessages:       containersToKill.map(({ message }) => message),
    containersToStart,
    containersToUpdate: Object.fromEntries(Object.entries(containersToUpdate).filter(([, names]) => names.length > 0)),
    updatePodResources,
  };
}

function validateDecrease(input: Input): Output {
  const desiredPod = amount(input.desiredPodMemory);
  const limit = (value: unknown): bigint | undefined => amount((value as Input | undefined)?.limit);

  if (desiredPod === 0n) {
    return { unsupported: true };
  }

  return {
    error: validateMemoryDecrease(
      { current: amount(input.currentPodMemory), desired: desiredPod },
      new Map([['c', { current: limit(input.current), desired: limit(input.desired) }]]),
      { pod: amount(input.podUsage), containers: [{ name: 'c', bytes: amount(input.containerUsage) }] },
      'p_default(uid)',
    ) ?? '',
  };
}

/** The old pod was given its defaults when it was stored. */
function validate(input: Input): Output {
  const [oldPod, newPod] = [withDefaultRequests(input.oldPod as Pod), input.newPod as Pod];
  const errors = validatePodResize(newPod, oldPod, MINOR);
  const node = input.node as ResizeTarget | undefined;
  const refused = errors.length === 0 && node ? validateResizeOnNode(newPod, oldPod, node.metadata.name === oldPod.spec.nodeName ? node : undefined) : undefined;

  return { errors: refused === undefined ? errors : [...errors, refused] };
}

export const ops: Record<string, Operation> = {
  'resize.action':           action,
  'resize.validateDecrease': validateDecrease,
  'resize.validate':         validate,
};
