import { computed, watch, type ComputedRef } from 'vue';
import type { Node } from '../../harvester/node';
import type { KubeletConfiguration } from '../../kubelet/config/types';
import type { Summary } from '../../kubelet/summary';
import { evictedBy } from '../../planner/node/windows';
import type { NodeSnapshot } from '../../planner/nodeReport';
import { CONFIGURATION_REFRESH_MILLISECONDS, IN_VIEW_MILLISECONDS, REFRESH_MILLISECONDS, type ReadFailure, type Sample } from '../../planner/reading';
import { configzPlan, summaryPlan } from '../../steve/kubelet';
import { oneNodeMetricsPlan } from '../../steve/nodeMetrics';
import type { Host } from '../useHost';
import { useKubeletStarts } from '../useKubeletStarts';
import { useReading } from './useReading';

/** What the node in view says of itself, and what others say of it. */
export interface Kubelet {
  readonly snapshot: ComputedRef<NodeSnapshot>;
  /** What it runs with. */
  readonly configuration: ComputedRef<KubeletConfiguration | undefined>;
  /** The last figures that it evicts by. */
  readonly summary: ComputedRef<Sample<Summary> | undefined>;
  /** Set while metrics-server was needed and could not help. */
  readonly metricsFailure: ComputedRef<ReadFailure | undefined>;
}

function adjusted(node: Node, sample: Sample<Summary> | undefined): Sample<Summary> | undefined {
  const value = sample && evictedBy(node, sample.value);

  return !value || value === sample.value ? sample : { ...sample, value };
}

/**
 * Reads one node's kubelet: figures every 10 s, the configuration once a minute, not sooner whatever happens, and
 * metrics-server only while there are no figures. Call in `setup`.
 */
export function useKubelet({ clusterId: { value: clusterId }, request }: Pick<Host, 'clusterId' | 'request'>, node: ComputedRef<Node>, active: ComputedRef<boolean>): Kubelet {
  const { name } = node.value.metadata;
  const configurations = useReading(request, active, name, { plan: () => configzPlan(clusterId, name), intervalMilliseconds: CONFIGURATION_REFRESH_MILLISECONDS, leastMilliseconds: CONFIGURATION_REFRESH_MILLISECONDS });
  const summaries = useReading(request, active, name, { plan: () => summaryPlan(clusterId, name), intervalMilliseconds: IN_VIEW_MILLISECONDS, leastMilliseconds: IN_VIEW_MILLISECONDS });
  const metrics = useReading(request, active, name, { plan: () => oneNodeMetricsPlan(clusterId, name), intervalMilliseconds: 2 * REFRESH_MILLISECONDS, leastMilliseconds: IN_VIEW_MILLISECONDS });
  const summary = computed(() => adjusted(node.value, summaries.reading.value.sample));
  const isBlind = computed(() => !summary.value && summaries.reading.value.failure !== undefined);

  watch(isBlind, (isIt) => metrics.readings.want(new Set(isIt ? [name] : [])), { immediate: true });
  useKubeletStarts(computed(() => [node.value]), [configurations.readings, summaries.readings]);

  return {
    summary,
    configuration:  computed(() => configurations.reading.value.sample?.value),
    metricsFailure: computed(() => (isBlind.value ? metrics.reading.value.failure : undefined)),
    snapshot:       computed(() => ({
      node:          node.value,
      configuration: configurations.reading.value,
      summary:       { sample: summary.value, failure: summaries.reading.value.failure },
      usage:         metrics.reading.value,
    })),
  };
}
