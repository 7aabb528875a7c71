import { type LimitReport, NAMESPACE_STATES, type NamespaceReport } from './report';

/** What the table sorts by: numbers, what is worse first, the unlimited last. */
export interface MigrationSortKeys {
  readonly state: number;
  readonly vms: number;
  /** VMs that can migrate, less all of them: most that cannot first. */
  readonly movable: number;
  readonly cpuLeft: number;
  readonly memoryLeft: number;
  readonly largest: number;
}

/** One row of the table of namespaces. */
export interface MigrationRow {
  readonly id: string;
  readonly nameSort: string;
  /** Names of its VMs, to search in. */
  readonly machines: readonly string[];
  readonly report: NamespaceReport;
  readonly sort: MigrationSortKeys;
}

const UNLIMITED_LAST = Number.MAX_VALUE;

function least(limits: readonly LimitReport[], resource: string): number {
  return limits.filter((limit) => limit.resource === resource).reduce((left, limit) => Math.min(left, Number(limit.left)), UNLIMITED_LAST);
}

export function migrationRow(report: NamespaceReport): MigrationRow {
  const { namespace, states, limits, vms, oneByOne, largest, alarms } = report;

  return {
    id:       namespace,
    nameSort: namespace,
    machines: vms.map(({ name }) => name),
    report,
    sort:     {
      // What needs repair comes before everything else
      state:      alarms.length > 0 ? states[0].rank - NAMESPACE_STATES.length : states[0].rank,
      vms:        -vms.length,
      movable:    oneByOne - vms.length,
      cpuLeft:    least(limits, 'limits.cpu'),
      memoryLeft: least(limits, 'limits.memory'),
      largest:    largest.none ? -1 : Number(largest.memoryBytes ?? UNLIMITED_LAST),
    },
  };
}
