import { attempt, readBytes } from '../../harvester/amounts';
import { isWindows, type Node } from '../../harvester/node';
import type { KubeletConfiguration } from '../../kubelet/config/types';
import { makeSignalObservations, type SignalObservations } from '../../kubelet/observations';
import { conditionOf, resourceOf, SIGNALS, type Signal } from '../../kubelet/signals';
import type { Summary } from '../../kubelet/summary';
import type { Message } from '../display';
import { badSample, type BadSample } from './badSample';
import { filesystemsOf } from './filesystems';
import { signalSample, type SignalSample } from './samples';
import { signalCondition, signalState, type SignalCondition, type SignalStateCode } from './signalState';
import { signalThreshold, type SignalThreshold } from './signalThreshold';
import { writtenThresholds, type WrittenThreshold } from './writtenThresholds';

/** What a signal is counted in. */
export type SignalUnit = 'bytes' | 'inodes' | 'pids';

/** What follows from a signal that has no threshold. */
export type OffCode = 'untilOutOfMemory' | 'untilDiskFull' | 'untilNoInodes' | 'untilNoPids' | 'podsNotGuarded';

/** One signal of a node: what is left, where its kubelet evicts, and how it stands. */
export interface SignalRow {
  readonly signal: Signal;
  readonly unit: SignalUnit;
  readonly available?: number;
  readonly capacity?: number;
  readonly hard?: SignalThreshold;
  readonly soft?: SignalThreshold;
  /** To the threshold that is passed first, in the signal's unit. */
  readonly margin?: number;
  readonly condition?: SignalCondition;
  readonly state: Message<SignalStateCode>;
  /** Set where the signal is off. */
  readonly finding?: OffCode;
  /** The kubelet takes this signal's thresholds from another one. */
  readonly isDerived: boolean;
}

/** What was read about a node, for its signals. */
export interface SignalInput {
  readonly node: Node;
  readonly configuration?: KubeletConfiguration;
  /** When it was read. */
  readonly summary?: { readonly value: Summary; readonly readAtMilliseconds: number };
  /** Earlier ones, oldest first. */
  readonly samples: readonly SignalSample[];
}

const UNITS = { memory: 'bytes', 'ephemeral-storage': 'bytes', inodes: 'inodes', pids: 'pids' } as const satisfies Record<string, SignalUnit>;
const OFF = { memory: 'untilOutOfMemory', 'ephemeral-storage': 'untilDiskFull', inodes: 'untilNoInodes', pids: 'untilNoPids' } as const satisfies Record<string, OffCode>;

/** What a signal is counted in. */
export function unitOf(signal: Signal): SignalUnit {
  return UNITS[resourceOf(signal)];
}

/** The containers' filesystem exists only where the runtime reports one; Windows has neither inodes nor a limit of process ids. */
function isOptional(signal: Signal, node: Node): boolean {
  return signal.startsWith('containerfs.') || (isWindows(node) && ['inodes', 'pids'].includes(resourceOf(signal)));
}

/** Signals that not every node has are shown where there are figures, or somebody set them. */
function isShown(signal: Signal, node: Node, observations: SignalObservations, thresholds: readonly WrittenThreshold[]): boolean {
  return !isOptional(signal, node) || observations[signal] !== undefined || thresholds.some(({ threshold }) => threshold.signal === signal);
}

interface Measured {
  readonly signal: Signal;
  readonly thresholds: readonly SignalThreshold[] | undefined;
  readonly bad?: BadSample;
  readonly isDerived: boolean;
}

/** Of several thresholds of one kind the one that is passed first; where that is not known, the first. */
function nearest(thresholds: readonly SignalThreshold[] = [], hard: boolean): SignalThreshold | undefined {
  return thresholds.filter((threshold) => threshold.hard === hard).sort((a, b) => (b.amount ?? 0) - (a.amount ?? 0))[0];
}

function smallest(thresholds: readonly SignalThreshold[] = []): number | undefined {
  return thresholds.flatMap(({ margin }) => margin ?? []).sort((a, b) => a - b)[0];
}

function isPassed({ thresholds = [] }: Measured): boolean {
  return (smallest(thresholds) ?? 0) < 0;
}

function wasPassed({ thresholds = [] }: Measured): boolean {
  return thresholds.some(({ lastMetMilliseconds }) => lastMetMilliseconds !== undefined);
}

/**
 * The signals that a node's pressure condition may still be reported for: none while one of them is passed; those that
 * the samples saw passed; or, where none was seen, all that have a threshold.
 */
function holdersOf(measured: readonly Measured[]): readonly Measured[] {
  const seen = measured.filter(wasPassed);

  if (measured.some(isPassed)) {
    return [];
  }

  return seen.length > 0 ? seen : measured;
}

function offFinding(signal: Signal, rows: readonly Measured[]): OffCode | undefined {
  if (signal !== 'allocatableMemory.available') {
    return OFF[resourceOf(signal)];
  }

  // Without a threshold for the node's memory, that is the finding
  return rows.some((row) => row.signal === 'memory.available' && row.thresholds?.some(({ hard }) => hard)) ? 'podsNotGuarded' : undefined;
}

/**
 * Every signal that the node's kubelet has, in the order of SIGNALS. Without configuration thresholds are unknown, not
 * off; without a summary figures are. A configuration that no kubelet could have started with counts as unknown.
 */
export function signalRows({ node, configuration, summary, samples }: SignalInput, nowMilliseconds: number): SignalRow[] {
  const observations = summary ? makeSignalObservations(summary.value) : {};
  const written = configuration && attempt(() => writtenThresholds(configuration, summary && filesystemsOf(summary.value))).value;
  const nodeMemoryBytes = readBytes(node.status?.capacity?.['memory']);
  const all = summary ? [...samples, signalSample(summary.value, summary.readAtMilliseconds)] : samples;
  const measured = SIGNALS.filter((signal) => isShown(signal, node, observations, written ?? [])).map((signal): Measured => {
    const observation = observations[signal];
    const bad = observation && badSample(observation, resourceOf(signal) === 'memory' ? nodeMemoryBytes : undefined);
    const own = written?.filter(({ threshold }) => threshold.signal === signal);

    return { signal, bad, thresholds: own?.map((each) => signalThreshold(each, bad ? undefined : observation, all)), isDerived: own?.some(({ isDerived }) => isDerived) === true };
  });

  return measured.map((row): SignalRow => {
    const { signal, thresholds, bad, isDerived } = row;
    const observation = observations[signal];
    const condition = signalCondition(node.status?.conditions?.find(({ type }) => type === conditionOf(signal)), nowMilliseconds);
    const peers = measured.filter((other) => conditionOf(other.signal) === conditionOf(signal));

    return {
      signal,
      unit:      unitOf(signal),
      available: observation && Number(observation.available.value()),
      capacity:  observation && Number(observation.capacity.value()),
      hard:      nearest(thresholds, true),
      soft:      nearest(thresholds, false),
      margin:    smallest(thresholds),
      condition,
      state:     signalState({
        thresholds,
        isObserved:            observation !== undefined,
        bad,
        condition,
        mayHoldCondition:      condition?.status === 'True' && holdersOf(peers).includes(row),
        transitionNanoseconds: configuration?.evictionPressureTransitionPeriod,
      }, nowMilliseconds),
      finding: thresholds?.length === 0 ? offFinding(signal, measured) : undefined,
      isDerived,
    };
  });
}

/** The two margins of a node's memory, in bytes, and the smaller one: what is really left. */
export interface MemoryMargins {
  /** `memory.available` */
  readonly node?: number;
  /** `allocatableMemory.available`: the cgroup of all pods. */
  readonly pods?: number;
  readonly smaller?: { readonly signal: Signal; readonly bytes: number };
}

/** Both margins from the rows of a node. */
export function memoryMargins(rows: readonly SignalRow[]): MemoryMargins {
  const memory = rows.filter(({ signal }) => resourceOf(signal) === 'memory');
  const marginOf = (name: Signal): number | undefined => memory.find(({ signal }) => signal === name)?.margin;
  const [smaller] = memory.flatMap(({ signal, margin }) => (margin === undefined ? [] : [{ signal, bytes: margin }])).sort((a, b) => a.bytes - b.bytes);

  return { node: marginOf('memory.available'), pods: marginOf('allocatableMemory.available'), smaller };
}
