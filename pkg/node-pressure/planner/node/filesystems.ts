import type { Filesystems } from '../../kubelet/eviction/layout';
import type { FsStats, Summary } from '../../kubelet/summary';

/** What is free changes between two measurements; how large a filesystem is does not. */
function differ(a: FsStats | undefined, b: FsStats | undefined): boolean {
  return a !== undefined && b !== undefined && (a.capacityBytes !== b.capacityBytes || a.inodes !== b.inodes);
}

/**
 * How a node's filesystems are laid out, told from their sizes. The kubelet asks its runtime (HasDedicatedImageFs,
 * HasDedicatedContainerFs) and does not publish the answer; two filesystems of exactly the same size look like one here.
 */
export function filesystemsOf({ node }: Summary): Filesystems {
  const { imageFs, containerFs } = node.runtime ?? {};
  const splitContainerImageFs = differ(imageFs, containerFs);

  return { dedicatedImageFs: splitContainerImageFs || differ(node.fs, imageFs), splitContainerImageFs };
}
