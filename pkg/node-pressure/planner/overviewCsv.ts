import { formatDuration } from '../kubelet/go/duration';
import { toCsv, type CsvCell } from './csv';
import { memoryUse } from './nodeState';
import type { OverviewRow } from './overview';
import { ageOf } from './reading';
import type { Difference } from './settings/drift';
import type { NodeDrift } from './settings/nodeDrift';
import type { PodRef } from './settings/podRef';

/** Columns of the CSV: Kubernetes' words with their units, the same in every language. */
const CSV_HEADER = [
  'node', 'role', 'state', 'ready', 'pressure_conditions',
  'memory_capacity_bytes', 'memory_working_set_bytes', 'memory_source', 'memory_age_seconds',
  'margin_bytes', 'margin_signal', 'hard_threshold', 'hard_threshold_bytes', 'soft_threshold', 'soft_threshold_bytes', 'soft_grace_period',
  'system_reserved_memory_bytes', 'kube_reserved_memory_bytes', 'allocatable_memory_bytes',
  'policy', 'settings_state', 'settings_differences', 'first_in_line', 'gaps', 'problem',
];

/** `evictionHard memory.available: 6Gi, effective -`. */
function differenceText({ field: { setting, key }, desired = '-', effective = '-' }: Difference): string {
  return `${ setting }${ key === undefined ? '' : ` ${ key }` }: ${ desired }, effective ${ effective }`;
}

function driftCells(drift: NodeDrift | undefined): CsvCell[] {
  return [drift?.policy, drift?.state, drift && [...drift.differences.map(differenceText), ...drift.otherArguments].join('; ')];
}

function podText({ namespace, name, vm }: PodRef): string {
  return vm === undefined ? `${ namespace }/${ name }` : `${ namespace }/${ vm } (VM)`;
}

function csvRow({ report, state, bar, staleMilliseconds, drift, first }: OverviewRow, nowMilliseconds: number): CsvCell[] {
  const { hard, soft, margin, reservations, failure } = report;
  const use = memoryUse(report, nowMilliseconds);

  return [
    report.name, report.role, state.code, report.readiness, report.pressures.join(' '),
    report.capacityBytes, bar?.usedBytes, bar && (bar.coarse ? 'metrics.k8s.io' : 'stats/summary'), use && Math.round(ageOf(use, nowMilliseconds) / 1000),
    staleMilliseconds === undefined ? margin?.marginBytes : undefined, margin?.signal, hard?.setting, hard?.thresholdBytes, soft?.setting, soft?.thresholdBytes, soft && formatDuration(soft.graceNanoseconds),
    reservations?.systemBytes, reservations?.kubeBytes, report.allocatableBytes,
    ...driftCells(drift), first && podText(first), report.gaps.map(({ code }) => code).join(' '), failure && `${ failure.kind }: ${ failure.verb }`,
  ];
}

/** The table for a spreadsheet. Empty cells are "not known", zero is zero. */
export function overviewCsv(rows: readonly OverviewRow[], nowMilliseconds: number): string {
  return toCsv(CSV_HEADER, rows.map((row) => csvRow(row, nowMilliseconds)));
}
