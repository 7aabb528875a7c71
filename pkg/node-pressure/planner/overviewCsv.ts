import { formatDuration } from '../kubelet/duration';
import { toCsv, type CsvCell } from './csv';
import { memoryUse } from './nodeState';
import type { OverviewRow } from './overview';
import { ageOf } from './reading';

/** Columns of the CSV: Kubernetes' words with their units, the same in every language. */
const CSV_HEADER = [
  'node', 'role', 'state', 'ready', 'pressure_conditions',
  'memory_capacity_bytes', 'memory_working_set_bytes', 'memory_source', 'memory_age_seconds',
  'margin_bytes', 'margin_signal', 'hard_threshold', 'hard_threshold_bytes', 'soft_threshold', 'soft_threshold_bytes', 'soft_grace_period',
  'system_reserved_memory_bytes', 'kube_reserved_memory_bytes', 'allocatable_memory_bytes', 'problem',
];

function csvRow({ report, state, bar, staleMilliseconds }: OverviewRow, nowMilliseconds: number): CsvCell[] {
  const { hard, soft, margin, reservations, failure } = report;
  const use = memoryUse(report, nowMilliseconds);

  return [
    report.name, report.role, state.code, report.readiness, report.pressures.join(' '),
    report.capacityBytes, bar?.usedBytes, bar && (bar.coarse ? 'metrics.k8s.io' : 'stats/summary'), use && Math.round(ageOf(use, nowMilliseconds) / 1000),
    staleMilliseconds === undefined ? margin?.marginBytes : undefined, margin?.signal, hard?.setting, hard?.thresholdBytes, soft?.setting, soft?.thresholdBytes, soft && formatDuration(soft.graceNanoseconds),
    reservations?.systemBytes, reservations?.kubeBytes, report.allocatableBytes, failure && `${ failure.kind }: ${ failure.verb }`,
  ];
}

/** The table for a spreadsheet. Empty cells are "not known", zero is zero. */
export function overviewCsv(rows: readonly OverviewRow[], nowMilliseconds: number): string {
  return toCsv(CSV_HEADER, rows.map((row) => csvRow(row, nowMilliseconds)));
}
