import type { MemoryStats } from '../../kubelet/summary';

/**
 * A node's used memory in parts that add up to its use. The first two are the working set, which the kubelet holds
 * against its thresholds; the host's `free` counts both kinds of file pages as available, which is why it shows more.
 */
export interface MemorySplit {
  /** Anonymous pages: programs' own memory, that of VMs' guests among it. Nothing gives it back but the programs. */
  readonly anonymousBytes: number;
  /** Files in active use, and the kernel's own: counted by the kubelet, although the kernel could give much of it back. */
  readonly activeBytes: number;
  /** Files not used lately: not counted. */
  readonly inactiveFileBytes: number;
}

/** The parts as far as cAdvisor's figures tell them apart; undefined where one is missing or they contradict each other. */
export function memorySplit({ usageBytes, workingSetBytes, rssBytes }: MemoryStats): MemorySplit | undefined {
  if (usageBytes === undefined || workingSetBytes === undefined || rssBytes === undefined || rssBytes < 0 || rssBytes > workingSetBytes || workingSetBytes > usageBytes) {
    return undefined;
  }

  return { anonymousBytes: rssBytes, activeBytes: workingSetBytes - rssBytes, inactiveFileBytes: usageBytes - workingSetBytes };
}
