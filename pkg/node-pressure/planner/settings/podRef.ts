import type { Pod } from '../../kubelet/pod';

/** A pod to be named: by its own name, and where it runs a VM by the VM's. */
export interface PodRef {
  readonly namespace: string;
  readonly name: string;
  readonly vm?: string;
}

/** KubeVirt's mark of the pods that run VMs. */
const LAUNCHER = 'virt-launcher';
const INSTANCE = 'VirtualMachineInstance';

/**
 * The VM that a virt-launcher pod runs, by the first of these that it has: its owner, whose name is the VM's in full; the
 * annotation of its domain; KubeVirt's label, whose value is cut at 63 characters.
 */
function vmNameOf({ metadata: { labels = {}, annotations = {}, ownerReferences = [] } }: Pod): string | undefined {
  if (labels['kubevirt.io'] !== LAUNCHER) {
    return undefined;
  }

  return ownerReferences.find(({ kind }) => kind === INSTANCE)?.name ?? annotations['kubevirt.io/domain'] ?? labels['vm.kubevirt.io/name'];
}

export function podRef(pod: Pod): PodRef {
  const vm = vmNameOf(pod);

  return { namespace: pod.metadata.namespace ?? '', name: pod.metadata.name, ...(vm !== undefined && { vm }) };
}
