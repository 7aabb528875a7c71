import type { Pod } from '../../kubelet/pod';

/** A pod to be named: by its own name, and where it runs a VM by the VM's. */
export interface PodRef {
  readonly namespace: string;
  readonly name: string;
  readonly vm?: string;
}

/** KubeVirt's mark of the pods that run VMs. */
const LAUNCHER = 'virt-launcher';

/** The VM that a pod runs. Follows KubeVirt's labels of virt-launcher pods. */
function vmOf({ metadata: { labels = {}, annotations = {} } }: Pod): string | undefined {
  return labels['kubevirt.io'] === LAUNCHER ? labels['vm.kubevirt.io/name'] ?? annotations['kubevirt.io/domain'] : undefined;
}

export function podRef(pod: Pod): PodRef {
  const vm = vmOf(pod);

  return { namespace: pod.metadata.namespace ?? '', name: pod.metadata.name, ...(vm !== undefined && { vm }) };
}
