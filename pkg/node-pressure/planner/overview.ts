import { formatAge } from './display';
import { memoryUse, nodeState, type NodeState, type NodeStateCode } from './nodeState';
import type { MemoryUse, NodeReport } from './nodeReport';
import { ageOf, isFresh } from './reading';
import { DRIFT_STATES, type NodeDrift } from './settings/nodeDrift';
import type { PodRef } from './settings/podRef';

/** Where on a node's bar the kubelet evicts, in percent of its capacity from the empty end. */
export interface Mark {
  readonly kind: 'hard' | 'soft';
  readonly atPercent: number;
}

/** The bar of a node's memory: what is used and where it evicts. */
export interface MemoryBar {
  /** 0 to 100. */
  readonly usedPercent: number;
  readonly usedBytes: number;
  readonly capacityBytes: number;
  /** Whether what is used is itself alarming; a missing threshold is not. */
  readonly tone: 'error' | 'warning' | 'normal';
  /** From `metrics.k8s.io` rather than from the kubelet. */
  readonly coarse: boolean;
  /** Set when the figure is too old to be taken for the present one. */
  readonly staleMilliseconds?: number;
  readonly marks: readonly Mark[];
}

/** What the table sorts by: numbers, the unknown last in ascending order. */
export interface SortKeys {
  readonly state: number;
  readonly used: number;
  readonly margin: number;
  readonly threshold: number;
  readonly reserved: number;
  readonly allocatable: number;
  readonly drift: number;
}

/** What is known of a node beside its report. */
export interface RowExtras {
  /** Absent where policies may not be read. */
  readonly drift?: NodeDrift;
  /** The pod that would be evicted first for want of memory; absent where nobody would be, and while it is not known. */
  readonly first?: PodRef;
}

/** One row of the overview: a report at a moment. */
export interface OverviewRow extends RowExtras {
  readonly id: string;
  readonly nameSort: string;
  readonly report: NodeReport;
  readonly state: NodeState;
  readonly bar?: MemoryBar;
  /** Age of the exact values when they are too old to be taken for the present ones. */
  readonly staleMilliseconds?: number;
  readonly sort: SortKeys;
}

const UNKNOWN_LAST = Number.MAX_VALUE;

/** A share as percent with one decimal, from 0 to 100. */
function percent(share: number): number {
  return Math.round(Math.min(1, Math.max(0, share)) * 1000) / 10;
}

function staleness(use: MemoryUse, nowMilliseconds: number): number | undefined {
  return isFresh(use, nowMilliseconds) ? undefined : ageOf(use, nowMilliseconds);
}

const TONES: Readonly<Partial<Record<NodeStateCode, MemoryBar['tone']>>> = { evicting: 'error', outOfMemoryNear: 'error', softPassed: 'warning', near: 'warning', memoryLow: 'warning' };

function barOf({ hard, soft }: NodeReport, { code }: NodeState, use: MemoryUse, coarse: boolean, nowMilliseconds: number): MemoryBar {
  const marks = [{ kind: 'hard' as const, threshold: hard }, { kind: 'soft' as const, threshold: soft }];

  return {
    usedPercent:       percent(use.workingSetBytes / use.capacityBytes),
    usedBytes:         use.workingSetBytes,
    capacityBytes:     use.capacityBytes,
    tone:              TONES[code] ?? 'normal',
    coarse,
    staleMilliseconds: staleness(use, nowMilliseconds),
    marks:             marks.flatMap(({ kind, threshold }) => (threshold ? [{ kind, atPercent: percent(1 - threshold.thresholdBytes / use.capacityBytes) }] : [])),
  };
}

/** A text that sorts a name as people count: `node-9` before `node-10`. */
function naturalOrder(name: string): string {
  return name.replace(/\d+/g, (digits) => digits.padStart(10, '0'));
}

/** Where nothing is evicted, the way to the end of memory is what can be compared with other nodes' margins. */
function leftBytes({ thresholds, exactUse }: NodeReport): number | undefined {
  return thresholds === 'read' ? exactUse && exactUse.capacityBytes - exactUse.workingSetBytes : undefined;
}

/** One row of the table. */
export function overviewRow(report: NodeReport, nowMilliseconds: number, { drift, first }: RowExtras = {}): OverviewRow {
  const use = memoryUse(report, nowMilliseconds);
  const state = nodeState(report, nowMilliseconds);
  const bar = use && use.capacityBytes > 0 ? barOf(report, state, use, use !== report.exactUse, nowMilliseconds) : undefined;

  return {
    id:                report.name,
    nameSort:          naturalOrder(report.name),
    report,
    state,
    bar,
    drift,
    first,
    staleMilliseconds: report.exactUse && staleness(report.exactUse, nowMilliseconds),
    sort:              {
      state:       state.rank,
      used:        bar?.usedPercent ?? UNKNOWN_LAST,
      margin:      report.margin?.marginBytes ?? leftBytes(report) ?? UNKNOWN_LAST,
      threshold:   report.hard?.thresholdBytes ?? report.soft?.thresholdBytes ?? (report.thresholds === 'unknown' ? UNKNOWN_LAST : 0),
      reserved:    report.reservations ? report.reservations.systemBytes + report.reservations.kubeBytes : UNKNOWN_LAST,
      allocatable: report.allocatableBytes ?? UNKNOWN_LAST,
      drift:       drift?.rank ?? DRIFT_STATES.length,
    },
  };
}

/** The ages in a row as they are printed, which change far less often than the ages themselves. */
function agesOf({ state, bar, staleMilliseconds }: OverviewRow): string {
  return [state.params['ageMilliseconds'], bar?.staleMilliseconds, staleMilliseconds].map((age) => (age === undefined ? '' : formatAge(Number(age)))).join();
}

function isSamePod(one: PodRef | undefined, other: PodRef | undefined): boolean {
  return one?.namespace === other?.namespace && one?.name === other?.name;
}

/**
 * The row to go on with: the old one where the new one says the same, so that a table does not draw itself anew with
 * every tick of the clock. Only ages change without a new report.
 */
export function keepRow(old: OverviewRow | undefined, now: OverviewRow): OverviewRow {
  const isSame = old && old.report === now.report && old.state.code === now.state.code && old.bar?.coarse === now.bar?.coarse && old.drift === now.drift && isSamePod(old.first, now.first);

  return isSame && agesOf(old) === agesOf(now) ? old : now;
}
