import { attempt } from '../harvester/amounts';
import type { Role } from '../harvester/node';
import type { MemoryReservations } from '../harvester/reservations';
import type { KubeletConfiguration } from '../kubelet/config/types';
import type { Summary } from '../kubelet/summary';
import { isHardEvictionThreshold } from '../kubelet/thresholds';
import type { Message } from './display';
import type { MemoryThreshold } from './memoryThresholds';
import { systemUse } from './node/memoryUse';
import { writtenThresholds } from './node/writtenThresholds';

/**
 * What is missing in a node's protection beside a memory threshold, which is a state of its own:
 * `softMissing` nothing happens before the hard threshold; `podGraceMissing` the soft one gives pods a second to stop;
 * `diskUnwatched` full disks are not noticed; `nothingReserved`, `reservedTooLittle` memory for the system outside of pods.
 */
export type GapCode = 'softMissing' | 'podGraceMissing' | 'diskUnwatched' | 'nothingReserved' | 'reservedTooLittle';

export type Gap = Message<GapCode>;

/** Signals that RKE2's own defaults watch on every node. */
const DISK_SIGNALS = ['nodefs.available', 'imagefs.available'] as const;

export interface GapsInput {
  readonly role: Role;
  readonly configuration: KubeletConfiguration | undefined;
  readonly summary: Summary | undefined;
  readonly hard?: MemoryThreshold | undefined;
  readonly soft?: MemoryThreshold | undefined;
  readonly reservations?: MemoryReservations | undefined;
}

function softGap({ configuration, hard, soft }: GapsInput): Gap[] {
  if (!soft) {
    return hard ? [{ code: 'softMissing', params: {} }] : [];
  }

  return configuration && configuration.evictionMaxPodGracePeriod <= 0 ? [{ code: 'podGraceMissing', params: {} }] : [];
}

/** The disk signals without a hard threshold. */
function diskGap(configuration: KubeletConfiguration): Gap[] {
  const watched = attempt(() => writtenThresholds(configuration)).value?.filter(({ threshold }) => isHardEvictionThreshold(threshold)).map(({ threshold }) => threshold.signal);
  const lost = watched ? DISK_SIGNALS.filter((signal) => !watched.includes(signal)) : [];

  return lost.length > 0 ? [{ code: 'diskUnwatched', params: { signals: lost.join(', ') } }] : [];
}

function reservationGap({ summary, reservations }: GapsInput): Gap[] {
  if (!reservations) {
    return [];
  }
  const { usedBytes, reservedBytes, finding } = systemUse(summary, reservations.systemBytes + reservations.kubeBytes);

  if (reservedBytes === 0) {
    return [{ code: 'nothingReserved', params: { usedBytes } }];
  }

  return finding.code === 'tooSmall' ? [{ code: 'reservedTooLittle', params: finding.params }] : [];
}

/** The gaps of one node, as far as its kubelet was read. A witness runs no VMs and gets no settings from us: none there. */
export function gapsOf(input: GapsInput): readonly Gap[] {
  const { role, configuration } = input;

  return role === 'witness' || !configuration ? [] : [...softGap(input), ...diskGap(configuration), ...reservationGap(input)];
}
