import { toCsv, type CsvCell } from '../csv';
import type { LimitReport, NamespaceReport } from './report';

/** Columns of the CSVs: Kubernetes' words with their units, the same in every language. */
const LIMIT_FIELDS = ['base', 'hard', 'used', 'raised', 'compensation', 'left'] as const;
const MAIN = [['limits.cpu', 'limits_cpu', 'milli'], ['limits.memory', 'limits_memory', 'bytes']] as const;
const NAMESPACE_HEADER = [
  'namespace', 'states', 'estimated', 'vms', 'one_by_one', 'at_once', 'at_once_exact', 'in_parallel', 'largest_cpu_milli', 'largest_memory_bytes',
  ...MAIN.flatMap(([, name, unit]) => LIMIT_FIELDS.map((field) => `${ name }_${ field }_${ unit }`)),
  'other_limits', 'alarms',
];
const VM_HEADER = ['namespace', 'vm', 'node', 'can_migrate', 'reasons', 'notes', 'limits_cpu_milli', 'limits_memory_bytes', 'requests_cpu_milli', 'requests_memory_bytes'];

const number = (amount: bigint | undefined): CsvCell => (amount === undefined ? undefined : Number(amount));
const codes = (messages: readonly { readonly code: string }[]): string => messages.map(({ code }) => code).join(' ');

/** Of several quotas that limit the same, the one with the least left. */
function tightest(limits: readonly LimitReport[], resource: string): LimitReport | undefined {
  return limits.filter((limit) => limit.resource === resource).reduce<LimitReport | undefined>((found, limit) => (found && found.left <= limit.left ? found : limit), undefined);
}

function others(limits: readonly LimitReport[]): string {
  return limits.filter(({ resource }) => !MAIN.some(([name]) => name === resource)).map(({ quota, resource, used, wanted }) => `${ quota }/${ resource }=${ used }/${ wanted }`).join(' ');
}

function namespaceRow({ namespace, states, isEstimated, vms, oneByOne, atOnce, inParallel, largest, limits, alarms }: NamespaceReport): CsvCell[] {
  const amounts = MAIN.flatMap(([resource]) => {
    const limit = tightest(limits, resource);

    return LIMIT_FIELDS.map((field) => number(limit?.[field]));
  });

  return [
    namespace, codes(states), String(isEstimated), vms.length, oneByOne, atOnce.count, String(atOnce.exact), inParallel.count,
    largest.none ? 0 : number(largest.cpuMilli), largest.none ? 0 : number(largest.memoryBytes), ...amounts, others(limits), codes(alarms),
  ];
}

/** The table of namespaces for a spreadsheet. Empty cells are "not limited", or not known. */
export function namespacesCsv(reports: readonly NamespaceReport[]): string {
  return toCsv(NAMESPACE_HEADER, reports.map(namespaceRow));
}

/** All their VMs: whether each can migrate, what keeps it, and what its migration takes of quotas. */
export function machinesCsv(reports: readonly NamespaceReport[]): string {
  return toCsv(VM_HEADER, reports.flatMap(({ vms }) => vms.map(({ namespace, name, node, canMigrate, reasons, notes, need }) => [
    namespace, name, node, String(canMigrate), codes(reasons), codes(notes),
    ...['limits.cpu', 'limits.memory', 'requests.cpu', 'requests.memory'].map((resource) => number(need?.[resource])),
  ])));
}
