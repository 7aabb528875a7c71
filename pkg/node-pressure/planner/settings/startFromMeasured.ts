import { systemUse } from '../node/memoryUse';
import { quantityText, reservationFor, thresholdFor } from '../node/adviceValues';
import type { SettingsNode } from './node';
import type { Settings } from './settings';
import { withMemoryThreshold } from './startFrom';

function largest(values: readonly number[]): number | undefined {
  return values.length > 0 ? values.reduce((a, b) => Math.max(a, b)) : undefined;
}

/**
 * What the nodes were seen to need now: a reservation that the system's use fits in on all of them with a tenth to spare,
 * and a hard threshold of two per cent of the largest, 1 GiB at least. Undefined while no kubelet tells what it measures.
 * One look is not a week: what the system needs at its busiest may be more.
 */
export function measuredSettings(current: Settings, nodes: readonly SettingsNode[]): Settings | undefined {
  const relevant = nodes.filter(({ role }) => role !== 'witness');
  const usedBytes = largest(relevant.flatMap(({ summary }) => systemUse(summary, undefined).usedBytes ?? []));
  const capacityBytes = largest(relevant.flatMap(({ capacity }) => (capacity.memory ? [Number(capacity.memory.value())] : [])));

  if (usedBytes === undefined || capacityBytes === undefined) {
    return undefined;
  }

  return {
    ...withMemoryThreshold(current, quantityText(thresholdFor(capacityBytes))),
    systemReserved: { ...current.systemReserved, memory: quantityText(reservationFor(usedBytes)) },
  };
}
