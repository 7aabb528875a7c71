import type { MemoryReservations } from '../../harvester/reservations';
import type { Message } from '../display';
import { isNear, type Tone } from '../nodeState';
import type { EvictionEntry } from './evictionOrder';
import type { EventCount } from './podEvents';
import type { MemoryBreakdown, MemoryPart } from './memoryBreakdown';
import type { MemorySplit } from './memorySplit';
import type { SignalRow, SignalUnit } from './signalRows';
import type { SignalStateCode } from './signalState';
import type { SignalThreshold } from './signalThreshold';

/** What the cells of a node's tables say, as codes with values; a view only translates. */

/** An amount in a signal's unit; the sentence of its code prints it. */
export function amountMessage(unit: SignalUnit, amount: number): Message<SignalUnit> {
  return unit === 'bytes' ? { code: unit, params: { amountBytes: amount } } : { code: unit, params: { amount } };
}

/** A signal's state, with a word for a threshold that is not passed but close: such a signal must not look clear. */
export type SignalWord = SignalStateCode | 'near';

const TONES: Readonly<Record<SignalWord, Tone>> = {
  met:                  'error',
  graceOver:            'error',
  reclaiming:           'error',
  inGrace:              'warning',
  badSample:            'warning',
  waitingForTransition: 'warning',
  off:                  'warning',
  unknown:              'unknown',
  near:                 'warning',
  clear:                'success',
};

export function signalWord({ state: { code }, margin, capacity }: SignalRow): SignalWord {
  return code === 'clear' && margin !== undefined && capacity !== undefined && isNear(margin, capacity) ? 'near' : code;
}

/** How serious a signal's state is. A signal that is off and leaves nothing unguarded is no finding. */
export function signalTone(row: SignalRow): Tone {
  const word = signalWord(row);

  return word === 'off' && !row.finding ? 'info' : TONES[word];
}

export interface SignalMark {
  readonly kind: 'hard' | 'soft';
  /** From the start of the bar. */
  readonly atPercent: number;
}

/** What is used up, and the marks at which the kubelet acts, in percent of the capacity. */
export interface SignalBar {
  readonly usedPercent: number;
  readonly marks: readonly SignalMark[];
}

function percentOf(part: number, whole: number): number {
  return Math.min(100, Math.max(0, Math.round(part / whole * 1000) / 10));
}

/** The bar of a signal; undefined where there are no figures, or none that can be true. */
export function signalBar({ available, capacity, hard, soft, state }: SignalRow): SignalBar | undefined {
  if (available === undefined || !capacity || state.code === 'badSample') {
    return undefined;
  }
  const mark = (kind: SignalMark['kind'], threshold: SignalThreshold | undefined): SignalMark[] => (
    threshold?.amount === undefined ? [] : [{ kind, atPercent: percentOf(capacity - threshold.amount, capacity) }]
  );

  return { usedPercent: percentOf(capacity - available, capacity), marks: [...mark('soft', soft), ...mark('hard', hard)] };
}

export interface ShownPart extends MemoryPart {
  readonly percent: number;
}

/** The parts of a node's memory with their share of it. */
export function partShares({ capacityBytes, parts }: MemoryBreakdown): ShownPart[] {
  return parts.map((part) => ({ ...part, percent: percentOf(part.bytes, capacityBytes) }));
}

/** The kinds of pages of a node's used memory with their share of it. */
export function splitShares({ anonymousBytes, activeBytes, inactiveFileBytes }: MemorySplit): { readonly code: 'anonymous' | 'active' | 'inactive'; readonly bytes: number; readonly percent: number }[] {
  const whole = anonymousBytes + activeBytes + inactiveFileBytes || 1;

  return ([['anonymous', anonymousBytes], ['active', activeBytes], ['inactive', inactiveFileBytes]] as const).map(([code, bytes]) => ({ code, bytes, percent: percentOf(bytes, whole) }));
}

/** All that is kept for what runs outside of pods. */
export function reservedBytes(reservations: MemoryReservations | undefined): number | undefined {
  return reservations && reservations.systemBytes + reservations.kubeBytes;
}

/** Where a margin leads: still to go, or by how much a threshold is passed. Undefined margins are not asked about. */
export function marginMessage(margin: number): { readonly code: 'toGo' | 'passed'; readonly amount: number } {
  return margin < 0 ? { code: 'passed', amount: -margin } : { code: 'toGo', amount: margin };
}

/** As many rows as an admin looks at before asking for more. */
const FIRST_ENTRIES = 10;

/** The pods that may be evicted, in their order. */
export function evictableEntries(order: readonly EvictionEntry[]): readonly EvictionEntry[] {
  return order.filter(({ exempt }) => !exempt);
}

/** The pods that the kubelet passes over. */
export function exemptEntries(order: readonly EvictionEntry[]): readonly EvictionEntry[] {
  return order.filter(({ exempt }) => exempt);
}

/** How often something happened: a number, or bounds where events do not date every time. */
export function countMessage({ atLeast, atMost }: EventCount): Message<'exactly' | 'between'> {
  return atLeast === atMost ? { code: 'exactly', params: { count: atLeast } } : { code: 'between', params: { atLeast, atMost } };
}

/** The first rows of a list or all of them, and how many are left out. */
export function rowsShown<T>(rows: readonly T[], all: boolean): { readonly shown: readonly T[]; readonly hidden: number } {
  const shown = all ? rows : rows.slice(0, FIRST_ENTRIES);

  return { shown, hidden: rows.length - shown.length };
}
