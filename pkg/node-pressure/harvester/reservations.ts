import type { KubeletConfiguration } from '../kubelet/config/types';
import { parseResourceList } from '../kubelet/resourceList';
import { attempt, bytesOf, readBytes } from './amounts';
import type { Node } from './node';

/** What a kubelet keeps back for the system and for Kubernetes' own daemons, in bytes of memory. */
export interface MemoryReservations {
  readonly systemBytes: number;
  readonly kubeBytes: number;
}

function memoryOf(map: KubeletConfiguration['systemReserved']): number {
  const memory = parseResourceList(map ?? null)?.['memory'];

  return memory ? bytesOf(memory) : 0;
}

/**
 * The memory that a running kubelet reserves, from its own configuration. Harvester itself reserves CPU only, so that
 * both are normally 0. Undefined when the configuration's maps are none that a kubelet could have started with.
 */
export function memoryReservations({ systemReserved, kubeReserved }: KubeletConfiguration): MemoryReservations | undefined {
  return attempt(() => ({ systemBytes: memoryOf(systemReserved), kubeBytes: memoryOf(kubeReserved) })).value;
}

const HUGE_PAGES = 'hugepages-';

/**
 * Memory that the kubelet keeps from pods altogether: capacity minus allocatable minus huge pages, that is the
 * reservations plus the hard `memory.available` threshold (pkg/kubelet/cm/node_container_manager_linux.go). It is on
 * the Node itself, so it is known where the kubelet's configuration may not be read, and 0 rules all of them out.
 * (The one exception is the deprecated flag `--experimental-allocatable-ignore-eviction`.)
 * Undefined when the node does not say.
 */
export function withheldMemoryBytes(node: Node): number | undefined {
  const { capacity = {}, allocatable = {} } = node.status ?? {};
  const hugePages = Object.keys(capacity).filter((name) => name.startsWith(HUGE_PAGES)).map((name) => capacity[name]);

  return [allocatable['memory'], ...hugePages]
    .map(readBytes)
    .reduce((left, bytes) => (left === undefined || bytes === undefined ? undefined : left - bytes), readBytes(capacity['memory']));
}
