import { computed, ref, shallowRef, watch, type ComputedRef, type Ref } from 'vue';
import type { Node } from '../harvester/node';
import { driftVerdict, type DriftVerdict } from '../planner/driftVerdict';
import { nodeReport, type NodeReport, type NodeSnapshot } from '../planner/nodeReport';
import type { Missing } from '../planner/notices';
import { keepRow, overviewRow, type OverviewRow } from '../planner/overview';
import { readProgress, type ReadProgress } from '../planner/readProgress';
import { takesSettingsAtBoot } from '../planner/settings/nodeDrift';
import { clusterVerdict, type Verdict } from '../planner/verdict';
import { useClock } from './useClock';
import { useFirstInLine } from './useFirstInLine';
import type { Host } from './useHost';
import { useNodeDrift } from './useNodeDrift';
import { useNodeReadings } from './useNodeReadings';
import { usePageActive } from './usePageActive';

export interface NodeReports {
  readonly rows: ComputedRef<readonly OverviewRow[]>;
  readonly verdict: ComputedRef<Verdict>;
  /** How the nodes stand to the policies, where there is anything to say. */
  readonly drift: ComputedRef<DriftVerdict | undefined>;
  /** Nodes that take settings at their next boot. */
  readonly waiting: ComputedRef<number>;
  /** What could not be read that concerns more than one row. */
  readonly missing: ComputedRef<Missing>;
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
export function useNodeReports(host: Host, clusterId: string, nodes: Ref<readonly Node[]>): NodeReports {
  const active = usePageActive();
  const readings = useNodeReadings(clusterId, host.request, nodes, active);
  const firstInLine = useFirstInLine(clusterId, host.request, active);
  const policies = useNodeDrift(host, active);
  const reporter = createReporter();
  const { now, tick } = useClock(active);
  const readingAll = ref(false);

  const inView = shallowRef<ReadonlySet<string>>(new Set());

  const snapshots = computed(() => nodes.value.map(readings.snapshotOf));
  const reports = computed(() => snapshots.value.map(reporter));
  const drifts = computed(() => snapshots.value.map(({ node, configuration }) => policies.of(node, configuration.sample?.value)));
  const firsts = computed(() => snapshots.value.map(({ node, summary }) => firstInLine.of(node.metadata.name, summary)));

  watch(snapshots, (list) => list.filter(({ node }) => inView.value.has(node.metadata.name)).forEach(({ node, summary }) => firstInLine.check(node.metadata.name, summary)));
  // Without a threshold nobody is evicted: those nodes' pods are not asked for
  watch(() => reports.value.filter(({ name, margin }) => margin && inView.value.has(name)), (found) => firstInLine.show(new Set(found.map(({ name }) => name))));

  watch(reports, tick);

  const progress = computed(() => readProgress(reports.value, readingAll.value));

  watch(() => progress.value.running, (running) => {
    readingAll.value = running;
  });

  const rows = computed((old?: readonly OverviewRow[]) => {
    const kept = reports.value.map((report, index) => keepRow(old?.[index], overviewRow(report, now.value, { drift: drifts.value[index], first: firsts.value[index] })));

    return old?.length === kept.length && kept.every((row, index) => row === old[index]) ? old : kept;
  });

  return {
    rows,
    verdict: computed(() => clusterVerdict(reports.value, now.value)),
    drift:   computed(() => driftVerdict(reports.value.map(({ name }, index) => ({ name, drift: drifts.value[index] })))),
    waiting: computed(() => drifts.value.filter((drift) => drift && takesSettingsAtBoot(drift)).length),
    missing: computed(() => ({
      kubelet:  reports.value.find(({ failure }) => failure?.kind === 'forbidden')?.failure,
      metrics:  readings.metricsFailure(),
      policies: policies.failure.value,
      pods:     firstInLine.forbidden(),
    })),
    progress,
    show(names) {
      readings.show(names);
      inView.value = names;
    },
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
