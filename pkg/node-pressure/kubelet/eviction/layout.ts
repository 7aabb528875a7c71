/**
 * How a node's filesystems are laid out, and what follows for each disk signal: which use of a pod counts when pods
 * are ranked, and what the kubelet cleans up before it evicts any.
 * Follows `buildSignalToRankFunc` and `buildSignalToNodeReclaimFuncs` of pkg/kubelet/eviction/helpers.go.
 */

import type { Signal } from '../signals';

/**
 * `single`: kubelet, images and writable layers share one filesystem. `dedicated-imagefs`: images and writable layers
 * have their own. `split-containerfs`: only the images have their own.
 */
export type FilesystemLayout = 'single' | 'dedicated-imagefs' | 'split-containerfs';

/** What the container runtime reports; the kubelet asks once, at its first look at the node. */
export interface Filesystems {
  /** `HasDedicatedImageFs` */
  readonly dedicatedImageFs: boolean;
  /** `HasDedicatedContainerFs`; without a dedicated imagefs it changes no ranking. */
  readonly splitContainerImageFs: boolean;
}

/** Which filesystems of a pod are measured: writable layers, logs, local volumes. */
export interface MeasuredFilesystems {
  readonly rootfs: boolean;
  readonly logs: boolean;
  readonly localVolumes: boolean;
}

/** What the kubelet deletes before it evicts pods, in this order: dead containers, images that nothing uses. */
export type NodeReclaim = 'containers' | 'images';

interface DiskRules {
  readonly measured: MeasuredFilesystems;
  readonly reclaim: readonly NodeReclaim[];
}

type Filesystem = 'nodefs' | 'imagefs' | 'containerfs';

const EVERYTHING: MeasuredFilesystems = { rootfs: true, logs: true, localVolumes: true };
const WRITABLE_LAYERS: MeasuredFilesystems = { rootfs: true, logs: false, localVolumes: false };
const LOGS_AND_VOLUMES: MeasuredFilesystems = { rootfs: false, logs: true, localVolumes: true };
const NOTHING: MeasuredFilesystems = { rootfs: false, logs: false, localVolumes: false };

const SHARED: DiskRules = { measured: EVERYTHING, reclaim: ['containers', 'images'] };
const IMAGEFS: DiskRules = { measured: WRITABLE_LAYERS, reclaim: ['containers', 'images'] };
const SPLIT: DiskRules = { measured: EVERYTHING, reclaim: ['containers'] };

const RULES: Readonly<Record<FilesystemLayout, Readonly<Record<Filesystem, DiskRules>>>> = {
  single: { nodefs: SHARED, imagefs: SHARED, containerfs: SHARED },
  'dedicated-imagefs': { nodefs: { measured: LOGS_AND_VOLUMES, reclaim: [] }, imagefs: IMAGEFS, containerfs: IMAGEFS },
  'split-containerfs': { nodefs: SPLIT, imagefs: { measured: NOTHING, reclaim: ['images'] }, containerfs: SPLIT },
};

/** Where a disk signal is measured; undefined for memory and process ids. */
const FILESYSTEM: Readonly<Partial<Record<Signal, Filesystem>>> = {
  'nodefs.available': 'nodefs',
  'nodefs.inodesFree': 'nodefs',
  'imagefs.available': 'imagefs',
  'imagefs.inodesFree': 'imagefs',
  'containerfs.available': 'containerfs',
  'containerfs.inodesFree': 'containerfs',
};

/** The layout behind what the runtime reports. */
export function filesystemLayout({ dedicatedImageFs, splitContainerImageFs }: Filesystems): FilesystemLayout {
  if (!dedicatedImageFs) {
    return 'single';
  }

  return splitContainerImageFs ? 'split-containerfs' : 'dedicated-imagefs';
}

/** Which use of a pod counts for a disk signal. Memory and process ids, which are on no filesystem, measure nothing. */
export function measuredFilesystems(signal: Signal, layout: FilesystemLayout): MeasuredFilesystems {
  const filesystem = FILESYSTEM[signal];

  return filesystem ? RULES[layout][filesystem].measured : NOTHING;
}

/** What the kubelet deletes on the node before it evicts a pod for this signal; nothing for memory and process ids. */
export function nodeReclaim(signal: Signal, layout: FilesystemLayout): readonly NodeReclaim[] {
  const filesystem = FILESYSTEM[signal];

  return filesystem ? RULES[layout][filesystem].reclaim : [];
}
