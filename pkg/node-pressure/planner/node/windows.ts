import { isWindows, type Node } from '../../harvester/node';
import type { Summary } from '../../kubelet/summary';

/** The system container that holds what Windows has promised to processes (SystemContainerWindowsGlobalCommitMemory). */
const COMMITTED = 'windows-global-commit-memory';

/**
 * A summary in which the node's memory is what its kubelet evicts by. On Windows that is committed memory against the
 * commit limit where the kubelet reports them. Follows pkg/kubelet/eviction/helpers_windows.go.
 */
export function evictedBy(node: Node, summary: Summary): Summary {
  const committed = isWindows(node) ? summary.node.systemContainers?.find(({ name }) => name === COMMITTED)?.memory : undefined;

  return committed ? { ...summary, node: { ...summary.node, memory: { time: committed.time, availableBytes: committed.availableBytes, workingSetBytes: committed.usageBytes } } } : summary;
}
