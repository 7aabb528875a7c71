import { onBeforeUnmount, watch, type Ref } from 'vue';
import type { Node } from '../harvester/node';
import type { KubeletConfiguration } from '../kubelet/config/types';
import type { Summary } from '../kubelet/summary';
import type { NodeSnapshot } from '../planner/nodeReport';
import { CONFIGURATION_REFRESH_MILLISECONDS, REFRESH_MILLISECONDS, type Reading, type ReadFailure } from '../planner/reading';
import { configzPlan, summaryPlan } from '../steve/kubelet';
import { nodeMetricsPlan, type NodeUsages } from '../steve/nodeMetrics';
import { createQueue } from '../steve/queue';
import type { Request } from '../steve/request';
import { createReadings, type Readings } from './readings';
import { useKubeletStarts } from './useKubeletStarts';

/** Kubelets that are asked at once; each answers two questions. */
const CONCURRENT_READS = 6;
/** The one key of the list of all nodes' metrics. */
const ALL = 'all';

export interface NodeReadings {
  /** Reactive, like everything that is read here. */
  snapshotOf(node: Node): NodeSnapshot;
  metricsFailure(): ReadFailure | undefined;
  /** Keeps the exact values of these nodes fresh. */
  show(names: ReadonlySet<string>): void;
  /** Reads the exact values of all these nodes once. An empty list cancels. */
  readOnce(names: readonly string[]): void;
}

/**
 * What is read beside the Dashboard's store, for one cluster: a list of all nodes' metrics, and configuration and
 * summary of the kubelets whose rows are in view. Reads while `active`, and forgets everything when unmounted.
 */
export function useNodeReadings(clusterId: string, request: Request, nodes: Ref<readonly Node[]>, active: Ref<boolean>): NodeReadings {
  const common = { request, queue: createQueue(CONCURRENT_READS) };
  const configurations: Readings<KubeletConfiguration> = createReadings({ ...common, plan: (name) => configzPlan(clusterId, name), intervalMilliseconds: CONFIGURATION_REFRESH_MILLISECONDS });
  const summaries: Readings<Summary> = createReadings({ ...common, plan: (name) => summaryPlan(clusterId, name), intervalMilliseconds: REFRESH_MILLISECONDS });
  // Not behind the kubelets in the queue: it is what every row shows first
  const metrics: Readings<NodeUsages> = createReadings({ ...common, queue: createQueue(1), plan: () => nodeMetricsPlan(clusterId), intervalMilliseconds: 2 * REFRESH_MILLISECONDS });
  const all = [configurations, summaries, metrics];

  metrics.want(new Set([ALL]));
  watch(active, (isActive) => all.forEach((readings) => (isActive ? readings.start() : readings.stop())), { immediate: true });
  onBeforeUnmount(() => all.forEach((readings) => readings.stop()));

  useKubeletStarts(nodes, [configurations, summaries]);

  return {
    snapshotOf: (node) => ({
      node,
      configuration: configurations.of(node.metadata.name),
      summary:       summaries.of(node.metadata.name),
      usage:         usageOf(metrics.of(ALL), node.metadata.name),
    }),
    metricsFailure: () => metrics.of(ALL).failure,
    show(names) {
      configurations.want(names);
      summaries.want(names);
    },
    readOnce(names) {
      configurations.wantOnce(names);
      summaries.wantOnce(names);
    },
  };
}

function usageOf({ sample, failure }: Reading<NodeUsages>, name: string): Reading<number> {
  const bytes = sample?.value.get(name);

  return bytes === undefined || !sample ? { failure } : { sample: { value: bytes, readAtMilliseconds: sample.readAtMilliseconds }, failure };
}
