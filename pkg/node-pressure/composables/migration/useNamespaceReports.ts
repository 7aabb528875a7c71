import { onBeforeUnmount, shallowRef, watch, type Ref, type ShallowRef } from 'vue';
import type { MigrationCluster } from '../../planner/migration/cluster';
import { migrationReports } from '../../planner/migration/live';
import type { MigrationReport } from '../../planner/migration/liveReport';
import { namespaceReport } from '../../planner/migration/namespaceReport';
import type { NamespaceReport } from '../../planner/migration/report';
import type { MigrationState } from './useMigrationCluster';

/** Work at a stretch before the browser gets its turn. */
const SLICE_MILLISECONDS = 12;

export interface NamespaceReports {
  /** Undefined until all were worked out once. */
  readonly reports: Readonly<ShallowRef<readonly NamespaceReport[] | undefined>>;
  readonly migrations: Readonly<ShallowRef<readonly MigrationReport[]>>;
}

/** A report with what it was worked out from. */
interface Memo {
  readonly key: string;
  readonly report: NamespaceReport;
}

const isWaiting = ({ states }: NamespaceReport): boolean => states.some(({ code }) => code === 'stuck' || code === 'inFlight');

/**
 * One report per namespace, worked out slice by slice so that the page stays responsive with any number of VMs. A
 * namespace of which nothing changed keeps its report. Call in `setup`.
 */
export function useNamespaceReports({ cluster, keyOf }: Pick<MigrationState, 'cluster' | 'keyOf'>, now: Readonly<Ref<number>>): NamespaceReports {
  const reports = shallowRef<readonly NamespaceReport[]>();
  const migrations = shallowRef<readonly MigrationReport[]>([]);
  const memos = new Map<string, Memo>();
  let timer: ReturnType<typeof setTimeout> | undefined;
  let isDirty = false;

  function reported(current: MigrationCluster, namespace: string): NamespaceReport {
    const before = memos.get(namespace);
    // Only where something is under way do words depend on the time
    const key = `${ keyOf(namespace) }|${ before && isWaiting(before.report) ? now.value : '' }`;

    if (before?.key === key) {
      return before.report;
    }
    const report = namespaceReport(current, namespace, now.value);

    memos.set(namespace, { key, report });

    return report;
  }

  function finish(current: MigrationCluster, results: readonly NamespaceReport[]): void {
    const names = new Set(current.namespaceNames);

    [...memos.keys()].filter((name) => !names.has(name)).forEach((name) => memos.delete(name));
    timer = undefined;
    migrations.value = migrationReports(current, now.value);
    if (reports.value?.length !== results.length || results.some((report, index) => report !== reports.value?.[index])) {
      reports.value = results;
    }
    if (isDirty) {
      begin();
    }
  }

  function proceed(current: MigrationCluster, results: NamespaceReport[]): void {
    const end = performance.now() + SLICE_MILLISECONDS;

    while (results.length < current.namespaceNames.length && performance.now() < end) {
      results.push(reported(current, current.namespaceNames[results.length] as string));
    }
    timer = setTimeout(() => (results.length < current.namespaceNames.length ? proceed(current, results) : finish(current, results)));
  }

  /** A pass that has begun is finished first: with changes coming all the time none would ever be. */
  function begin(): void {
    const current = cluster.value;

    isDirty = timer !== undefined;
    if (!isDirty && current) {
      // Sorting what was read has taken its time already
      timer = setTimeout(() => proceed(current, []));
    }
  }

  watch([cluster, now], begin, { immediate: true });
  onBeforeUnmount(() => clearTimeout(timer));

  return { reports, migrations };
}
