/**
 * The kubelet's `/stats/summary` (k8s.io/kubelet/pkg/apis/stats/v1alpha1, 1.36), as far as eviction reads it.
 *
 * Every figure is optional upstream: absent means "not known", never zero. Byte counts are uint64 there;
 * they are numbers here, exact below 2^53 (8 PiB).
 */

/** MemoryStats: a cgroup's memory, in bytes. */
export interface MemoryStats {
  readonly time?: string;
  readonly availableBytes?: number;
  readonly usageBytes?: number;
  readonly workingSetBytes?: number;
  readonly rssBytes?: number;
  readonly pageFaults?: number;
  readonly majorPageFaults?: number;
}

/** FsStats: a filesystem, or what one container or volume uses of it; bytes and inodes. */
export interface FsStats {
  readonly time?: string;
  readonly availableBytes?: number;
  readonly capacityBytes?: number;
  readonly usedBytes?: number;
  readonly inodesFree?: number;
  readonly inodes?: number;
  readonly inodesUsed?: number;
}

/** RlimitStats: process ids of the node. */
export interface RlimitStats {
  readonly time?: string;
  readonly maxpid?: number;
  readonly curproc?: number;
}

/** ContainerStats: one container, or one of the node's system containers (`kubelet`, `runtime`, `pods`, `misc`). */
export interface ContainerStats {
  readonly name: string;
  readonly startTime?: string;
  readonly memory?: MemoryStats;
  readonly rootfs?: FsStats;
  readonly logs?: FsStats;
}

/** VolumeStats: the use of one volume of a pod. */
export interface VolumeStats extends FsStats {
  readonly name: string;
  readonly pvcRef?: { readonly name: string; readonly namespace: string };
}

/** PodStats: one pod of the node. */
export interface PodStats {
  readonly podRef: { readonly name: string; readonly namespace: string; readonly uid: string };
  readonly startTime?: string;
  readonly containers?: readonly ContainerStats[];
  readonly memory?: MemoryStats;
  readonly volume?: readonly VolumeStats[];
  readonly 'ephemeral-storage'?: FsStats;
  readonly process_stats?: { readonly process_count?: number };
}

/** NodeStats: the node itself. */
export interface NodeStats {
  readonly nodeName: string;
  readonly startTime?: string;
  readonly systemContainers?: readonly ContainerStats[];
  readonly memory?: MemoryStats;
  readonly fs?: FsStats;
  readonly runtime?: { readonly imageFs?: FsStats; readonly containerFs?: FsStats };
  readonly rlimit?: RlimitStats;
  readonly swap?: { readonly time?: string; readonly swapAvailableBytes?: number; readonly swapUsageBytes?: number };
}

/** Summary: the whole answer of `/stats/summary`. */
export interface Summary {
  readonly node: NodeStats;
  readonly pods: readonly PodStats[];
}
