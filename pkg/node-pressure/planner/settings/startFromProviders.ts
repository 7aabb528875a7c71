/** What providers of Kubernetes reserve for nodes of a size. None of them was made for nodes that run VMs. */
import { withMemoryThreshold } from './startFrom';
import type { Settings } from './settings';

const MIB = 2 ** 20;
const GIB = 2 ** 30;

/** A Kubernetes' own threshold, which all of these keep. */
const MEMORY = '100Mi';

/** AKS reserves for every pod, and something on top, but never more than a share of the memory. */
const AKS = { perPodMib: 20, onTopMib: 50, share: 0.25 } as const;

/** The memory that AKS reserves from Kubernetes 1.29 on, MiB: https://learn.microsoft.com/azure/aks/node-resource-reservations */
export function aksReservedMib(memoryBytes: number, maxPods: number): number {
  return Math.floor(Math.min(AKS.perPodMib * maxPods + AKS.onTopMib, AKS.share * memoryBytes / MIB));
}

/** As AKS does. The disk signals stay as they are. */
export function aksSettings({ kubeReserved, ...rest }: Settings, smallestMemoryBytes: number, maxPods: number): Settings {
  return { ...withMemoryThreshold(rest, MEMORY), kubeReserved: { ...kubeReserved, memory: `${ aksReservedMib(smallestMemoryBytes, maxPods) }Mi` } };
}

const EKS = { perPodMib: 11, onTopMib: 255 } as const;

/** The memory that EKS' images reserve, MiB: amazon-eks-ami, nodeadm/internal/kubelet/config.go */
export function eksReservedMib(maxPods: number): number {
  return EKS.perPodMib * maxPods + EKS.onTopMib;
}

/** As EKS does, its thresholds for the node's own filesystem included. Signals that it does not speak of stay as they are. */
export function eksSettings({ kubeReserved, ...rest }: Settings, maxPods: number): Settings {
  const withMemory = withMemoryThreshold(rest, MEMORY);

  return {
    ...withMemory,
    evictionHard: { ...withMemory.evictionHard, 'nodefs.available': '10%', 'nodefs.inodesFree': '5%' },
    kubeReserved: { ...kubeReserved, memory: `${ eksReservedMib(maxPods) }Mi` },
  };
}

/** Shares of whole GiB above the first eight, which come to one. */
const OPENSHIFT = { fromGib: 8, upToGib: 128, share: 0.06, shareAbove: 0.02 } as const;

/**
 * The memory that OpenShift's automatic sizing reserves for the system, GiB: openshift/machine-config-operator,
 * templates/common/_base/files/kubelet-auto-sizing.yaml
 */
export function openShiftReservedGib(memoryBytes: number): number {
  const above = Math.max(0, Math.floor(memoryBytes / GIB) - OPENSHIFT.fromGib);
  const upTo = OPENSHIFT.upToGib - OPENSHIFT.fromGib;
  // Up to 120 GiB above the first eight; beyond that the script counts 112 of them at the first share
  const more = above <= upTo ? above * OPENSHIFT.share : (upTo - OPENSHIFT.fromGib) * OPENSHIFT.share + (above - (upTo - OPENSHIFT.fromGib)) * OPENSHIFT.shareAbove;

  return Math.round(1 + more);
}

/** As OpenShift's automatic sizing does. The disk signals stay as they are. */
export function openShiftSettings({ systemReserved, ...rest }: Settings, smallestMemoryBytes: number): Settings {
  return { ...withMemoryThreshold(rest, MEMORY), systemReserved: { ...systemReserved, memory: `${ openShiftReservedGib(smallestMemoryBytes) }Gi` } };
}
