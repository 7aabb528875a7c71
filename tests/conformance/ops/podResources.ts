import type { Pod } from '../../../pkg/node-pressure/kubelet/pod';
import { podLimits, podRequests, type Quantities } from '../../../pkg/node-pressure/kubelet/podResources';
import { isCriticalPod } from '../../../pkg/node-pressure/kubelet/priority';
import { getContainerOOMScoreAdjust, getPodQOS } from '../../../pkg/node-pressure/kubelet/qos';
import { flag } from '../fields';
import { amount } from '../figures';
import type { Operation, Output } from '../protocol';

function printed(quantities: Quantities): Output {
  return Object.fromEntries(Object.entries(quantities).map(([name, quantity]) => [name, quantity.toString()]));
}

export const ops: Record<string, Operation> = {
  'pod.resources': (input) => {
    const pod = input.pod as Pod;
    const options = {
      useStatusResources:          flag(input.useStatusResources),
      inPlacePodLevelResources:    flag(input.inPlacePodLevelResources),
      excludeOverhead:             flag(input.excludeOverhead),
      skipPodLevelResources:       flag(input.skipPodLevelResources),
      skipContainerLevelResources: flag(input.skipContainerLevelResources),
    };
    const containers = [...pod.spec.containers, ...pod.spec.initContainers ?? []];

    return {
      requests:    printed(podRequests(pod, options)),
      limits:      printed(podLimits(pod, options)),
      qosClass:    getPodQOS(pod),
      critical:    isCriticalPod(pod),
      oomScoreAdj: containers.map((container) => getContainerOOMScoreAdjust(pod, container, amount(input.capacity) ?? 0n)),
    };
  },
};
