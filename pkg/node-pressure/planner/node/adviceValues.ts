import { memoryReservations } from '../../harvester/reservations';
import type { KubeletConfiguration } from '../../kubelet/config/types';
import type { Settings } from '../settings/settings';
import type { Bursts } from './samples';
import type { SignalRow } from './signalRows';

const MI = 2 ** 20;
const GI = 2 ** 30;
/** Values that we propose are multiples of this. */
const STEP_BYTES = 256 * MI;
/** A threshold leaves room for two bursts as large as the largest one seen, two per cent of the node and 1 GiB. Our choice. */
const BURSTS = 2;
const SHARE = 0.02;
/** What the system used, and a tenth more. */
const HEADROOM = 1.1;

function roundUp(bytes: number): number {
  return Math.ceil(bytes / STEP_BYTES) * STEP_BYTES;
}

/** As Kubernetes writes it: `6Gi`, `1536Mi`. @param bytes whole MiB */
export function quantityText(bytes: number): string {
  return bytes % GI === 0 ? `${ bytes / GI }Gi` : `${ bytes / MI }Mi`;
}

/** An eviction map is written as a whole: what holds now, with one signal changed. */
export function withMemoryThreshold(configuration: KubeletConfiguration | undefined, thresholdBytes: number): Settings | undefined {
  return configuration && { evictionHard: { ...configuration.evictionHard, 'memory.available': quantityText(thresholdBytes) } };
}

/** A hard memory threshold for a node of a size. Bytes. @param burstBytes largest drop of available memory within a minute */
export function thresholdFor(capacityBytes: number, burstBytes = 0): number {
  return roundUp(Math.max(GI, capacityBytes * SHARE, BURSTS * burstBytes));
}

/** A memory threshold for a node; undefined where it would evict at once. Bytes. */
export function proposedThreshold({ capacity = 0, available = 0 }: SignalRow, { within60s }: Bursts): number | undefined {
  const bytes = thresholdFor(capacity, within60s?.amount);

  return bytes < available ? bytes : undefined;
}

/** A reservation in which a use fits with a tenth to spare. Bytes. @param reservedBytes what is reserved for it elsewhere */
export function reservationFor(usedBytes: number, reservedBytes = 0): number {
  return roundUp(Math.max(0, usedBytes * HEADROOM - reservedBytes));
}

/** What must be reserved for the system so that its use fits, with what is reserved for Kubernetes already. Bytes. */
export function proposedReservation(usedBytes: number, configuration: KubeletConfiguration | undefined): number {
  const kubeBytes = (configuration && memoryReservations(configuration)?.kubeBytes) ?? 0;

  return reservationFor(usedBytes, kubeBytes);
}

/** Settings that reserve memory for the system. */
export function withSystemReserved(bytes: number): Settings {
  return { systemReserved: { memory: quantityText(bytes) } };
}
