import { computed, ref, watch, type ComputedRef, type Ref } from 'vue';
import type { Node } from '../harvester/node';
import { nodeReport, type NodeReport, type NodeSnapshot } from '../planner/nodeReport';
import { keepRow, overviewRow, type OverviewRow } from '../planner/overview';
import type { ReadFailure } from '../planner/reading';
import { readProgress, type ReadProgress } from '../planner/readProgress';
import { clusterVerdict, type Verdict } from '../planner/verdict';
import type { Request } from '../steve/request';
import { useClock } from './useClock';
import { useNodeReadings } from './useNodeReadings';
import { usePageActive } from './usePageActive';

export interface NodeReports {
  readonly rows: ComputedRef<readonly OverviewRow[]>;
  readonly verdict: ComputedRef<Verdict>;
  /** Why rows out of view have no memory figure, if they have none. */
  readonly metricsFailure: ComputedRef<ReadFailure | undefined>;
  /** The right that is missing to read from kubelets, if one is. */
  readonly forbidden: ComputedRef<ReadFailure | undefined>;
  /** How many nodes' exact values are known, and whether the rest is being read. */
  readonly progress: ComputedRef<ReadProgress>;
  /** The nodes whose rows are in view. */
  show(names: ReadonlySet<string>): void;
  /** Reads the exact values of every node that was not read yet. */
  readAll(): void;
  cancel(): void;
}

interface Memo {
  readonly resourceVersion: string | undefined;
  readonly snapshot: NodeSnapshot;
  readonly report: NodeReport;
}

function isUnchanged(memo: Memo, { node, configuration, summary, usage }: NodeSnapshot): boolean {
  const before = memo.snapshot;

  return memo.resourceVersion === node.metadata.resourceVersion && before.configuration === configuration && before.summary === summary &&
    before.usage.sample?.value === usage.sample?.value && before.usage.sample?.readAtMilliseconds === usage.sample?.readAtMilliseconds;
}

/** Reports are costly (exact arithmetic) and most nodes did not change since the last one: they keep theirs. */
function createReporter(): (snapshot: NodeSnapshot) => NodeReport {
  const memos = new Map<string, Memo>();

  return (snapshot) => {
    const { name, resourceVersion } = snapshot.node.metadata;
    const memo = memos.get(name);

    if (memo && isUnchanged(memo, snapshot)) {
      return memo.report;
    }
    const report = nodeReport(snapshot);

    memos.set(name, { resourceVersion, snapshot, report });

    return report;
  };
}

/** The state of the overview: one report per node, brought up to date while the page is visible. Call in `setup`. */
export function useNodeReports(clusterId: string, request: Request, nodes: Ref<readonly Node[]>): NodeReports {
  const active = usePageActive();
  const readings = useNodeReadings(clusterId, request, nodes, active);
  const reporter = createReporter();
  const { now, tick } = useClock(active);
  const readingAll = ref(false);

  const reports = computed(() => nodes.value.map((node) => reporter(readings.snapshotOf(node))));

  watch(reports, tick);

  const progress = computed(() => readProgress(reports.value, readingAll.value));

  watch(() => progress.value.running, (running) => {
    readingAll.value = running;
  });

  const rows = computed((old?: readonly OverviewRow[]) => {
    const kept = reports.value.map((report, index) => keepRow(old?.[index], overviewRow(report, now.value)));

    return old?.length === kept.length && kept.every((row, index) => row === old[index]) ? old : kept;
  });

  return {
    rows,
    verdict:        computed(() => clusterVerdict(reports.value, now.value)),
    metricsFailure: computed(readings.metricsFailure),
    forbidden:      computed(() => reports.value.find(({ failure }) => failure?.kind === 'forbidden')?.failure),
    progress,
    show:           readings.show,
    readAll() {
      readingAll.value = true;
      readings.readOnce(nodes.value.map(({ metadata }) => metadata.name));
    },
    cancel() {
      readingAll.value = false;
      readings.readOnce([]);
    },
  };
}
