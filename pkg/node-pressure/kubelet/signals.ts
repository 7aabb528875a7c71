/**
 * The kubelet's eviction signals, in the order in which the product shows them.
 * Follows pkg/kubelet/eviction/api/types.go. `allocatableMemory.available` is normally the kubelet's own copy of
 * `memory.available` for the pods' cgroup, but a user may set it, too.
 */
export const SIGNALS = [
  'memory.available',
  'nodefs.available',
  'nodefs.inodesFree',
  'imagefs.available',
  'imagefs.inodesFree',
  'containerfs.available',
  'containerfs.inodesFree',
  'pid.available',
  'allocatableMemory.available',
] as const;

export type Signal = typeof SIGNALS[number];
export type NodeConditionType = 'MemoryPressure' | 'DiskPressure' | 'PIDPressure';
/** What is starved when a signal's threshold is met; `inodes` and `pids` are names of the eviction manager's own. */
export type EvictionResource = 'memory' | 'ephemeral-storage' | 'inodes' | 'pids';

const CONDITION_OF_RESOURCE: Readonly<Record<EvictionResource, NodeConditionType>> = {
  memory:              'MemoryPressure',
  'ephemeral-storage': 'DiskPressure',
  inodes:              'DiskPressure',
  pids:                'PIDPressure',
};

const RESOURCE_OF_SIGNAL: Readonly<Record<Signal, EvictionResource>> = {
  'memory.available':            'memory',
  'nodefs.available':            'ephemeral-storage',
  'nodefs.inodesFree':           'inodes',
  'imagefs.available':           'ephemeral-storage',
  'imagefs.inodesFree':          'inodes',
  'containerfs.available':       'ephemeral-storage',
  'containerfs.inodesFree':      'inodes',
  'pid.available':               'pids',
  'allocatableMemory.available': 'memory',
};

/** Whether a name is a signal of the kubelet's, spelled exactly. Follows validSignal in pkg/kubelet/eviction/helpers.go. */
export function isSignal(name: string): name is Signal {
  return Object.hasOwn(RESOURCE_OF_SIGNAL, name);
}

/** The node condition that a met threshold of the signal sets (signalToNodeCondition). */
export function conditionOf(signal: Signal): NodeConditionType {
  return CONDITION_OF_RESOURCE[resourceOf(signal)];
}

/** The resource that a met threshold of the signal starves (signalToResource). */
export function resourceOf(signal: Signal): EvictionResource {
  return RESOURCE_OF_SIGNAL[signal];
}
