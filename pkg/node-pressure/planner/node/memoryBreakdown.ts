import { attempt, bytesOf, readBytes, readQuantity } from '../../harvester/amounts';
import type { Node } from '../../harvester/node';
import { memoryReservations, withheldMemoryBytes } from '../../harvester/reservations';
import type { KubeletConfiguration } from '../../kubelet/config/types';
import { isHugePageResourceName } from '../../kubelet/resourceNames';
import { getThresholdQuantity, parseThresholdConfig } from '../../kubelet/thresholds';
import type { Quantity } from '../../kubelet/quantity';

/** What a node's memory is set aside for, in the order in which the bar shows it. */
export type MemoryPartCode = 'systemReserved' | 'kubeReserved' | 'hardEviction' | 'hugePages' | 'withheld' | 'allocatable';

export interface MemoryPart {
  readonly code: MemoryPartCode;
  readonly bytes: number;
}

/**
 * Capacity in parts that add up to it. `withheld` stands for reservations and hard threshold together where the
 * kubelet's configuration is not known.
 */
export interface MemoryBreakdown {
  readonly capacityBytes: number;
  readonly parts: readonly MemoryPart[];
  /** What the node reports, which the scheduler goes by. */
  readonly allocatableBytes?: number;
  /** The parts come to another allocatable than the node reports: its kubelet has not been read since it started anew. */
  readonly disagrees: boolean;
}

type Resources = Readonly<Record<string, string>>;

/** Reservations may be fractions of a byte; each part is rounded by itself. */
const ROUNDING_BYTES = 4;

function hugePagesBytes(resources: Resources): number {
  return Object.keys(resources).filter(isHugePageResourceName).reduce((sum, name) => sum + (readBytes(resources[name]) ?? 0), 0);
}

/** Hard thresholds reserve memory by the map `evictionHard` alone; a soft one without grace evicts like one but reserves nothing. */
function hardEvictionBytes({ evictionHard }: KubeletConfiguration, capacity: Quantity): number | undefined {
  const thresholds = attempt(() => parseThresholdConfig([], { evictionHard, evictionSoft: null, evictionSoftGracePeriod: null, evictionMinimumReclaim: null })).value;
  const memory = thresholds?.find(({ signal }) => signal === 'memory.available');

  return memory ? bytesOf(getThresholdQuantity(memory.value, capacity)) : thresholds && 0;
}

/** Takes amounts from a whole one after the other, none more than what is left: allocatable never falls below 0. */
function carve(whole: number, wanted: readonly MemoryPart[]): MemoryPart[] {
  let left = whole;
  const parts = wanted.map(({ code, bytes }) => {
    const taken = Math.min(left, Math.max(0, bytes));

    left -= taken;

    return { code, bytes: taken };
  });

  return [...parts, { code: 'allocatable', bytes: left }];
}

function wantedParts(node: Node, resources: Resources, configuration: KubeletConfiguration | undefined, capacity: Quantity): MemoryPart[] {
  const hugePages = { code: 'hugePages' as const, bytes: hugePagesBytes(resources) };
  const reservations = configuration && memoryReservations(configuration);
  const hardEviction = configuration && hardEvictionBytes(configuration, capacity);

  if (!reservations || hardEviction === undefined) {
    return [{ code: 'withheld', bytes: withheldMemoryBytes(node) ?? 0 }, hugePages];
  }

  return [
    { code: 'systemReserved', bytes: reservations.systemBytes },
    { code: 'kubeReserved', bytes: reservations.kubeBytes },
    { code: 'hardEviction', bytes: hardEviction },
    hugePages,
  ];
}

/** Where a node's memory goes; undefined for a node that does not tell its memory. Parts of nothing are left out. */
export function memoryBreakdown(node: Node, configuration: KubeletConfiguration | undefined): MemoryBreakdown | undefined {
  const resources = node.status?.capacity;
  const capacity = readQuantity(resources?.['memory']);

  if (!resources || !capacity) {
    return undefined;
  }
  const capacityBytes = bytesOf(capacity);
  const parts = carve(capacityBytes, wantedParts(node, resources, configuration, capacity));
  const allocatableBytes = readBytes(node.status?.allocatable?.['memory']);

  return {
    capacityBytes,
    parts:     parts.filter(({ code, bytes }) => bytes > 0 || code === 'allocatable'),
    allocatableBytes,
    disagrees: allocatableBytes !== undefined && Math.abs((parts.at(-1) as MemoryPart).bytes - allocatableBytes) > ROUNDING_BYTES,
  };
}
