import { resourceOf, type EvictionResource, type Signal } from '../../kubelet/signals';
import type { SignalRow } from './signalRows';

/** What a node runs out of, as an admin chooses it. */
export const EVICTION_GROUPS = ['memory', 'disk', 'inodes', 'pid'] as const;
export type EvictionGroup = typeof EVICTION_GROUPS[number];

const GROUP_OF: Readonly<Record<EvictionResource, EvictionGroup>> = { memory: 'memory', 'ephemeral-storage': 'disk', inodes: 'inodes', pids: 'pid' };

/** The signal that stands for a group of which nothing is known. */
const FIRST: Readonly<Record<EvictionGroup, Signal>> = { memory: 'memory.available', disk: 'nodefs.available', inodes: 'nodefs.inodesFree', pid: 'pid.available' };

export function groupOf(signal: Signal): EvictionGroup {
  return GROUP_OF[resourceOf(signal)];
}

/** How near a signal is to its threshold, as a share of its capacity: the smallest is the most urgent. */
function share({ margin, capacity }: SignalRow): number {
  return margin === undefined || !capacity ? Infinity : margin / capacity;
}

function mostUrgent(rows: readonly SignalRow[]): SignalRow | undefined {
  return [...rows].sort((a, b) => (share(a) === share(b) ? 0 : share(a) - share(b)))[0];
}

/** The signal of a group whose threshold is nearest: the disks' order differs between filesystems. */
export function signalOf(group: EvictionGroup, rows: readonly SignalRow[]): Signal {
  const nearest = mostUrgent(rows.filter(({ signal, margin }) => groupOf(signal) === group && margin !== undefined));

  return nearest?.signal ?? FIRST[group];
}

/** The group to look at first: memory if its threshold is passed, which the kubelet handles before all others, else the nearest. */
export function mostUrgentGroup(rows: readonly SignalRow[]): EvictionGroup {
  const isMemoryPassed = rows.some(({ signal, margin = 0 }) => groupOf(signal) === 'memory' && margin < 0);
  const nearest = mostUrgent(rows.filter(({ margin }) => margin !== undefined));

  return isMemoryPassed || !nearest ? 'memory' : groupOf(nearest.signal);
}
