import { computed, onBeforeUnmount, shallowRef, watch, type ComputedRef, type Ref } from 'vue';
import { attempt } from '../harvester/amounts';
import { isHarvesterCluster } from '../harvester/cluster';
import type { Node } from '../harvester/node';
import { minorOf } from '../kubelet/config/version';
import type { Pod } from '../kubelet/pod';
import type { Signal } from '../kubelet/signals';
import { configurationRows, type ConfigurationRow } from '../planner/node/configurationRows';
import { reservedBytes } from '../planner/node/detailCells';
import { detailNotices, type DetailNotice } from '../planner/node/detailNotices';
import { mostUrgentGroup, signalOf, type EvictionGroup } from '../planner/node/evictionGroup';
import { evictionOrder, type EvictionEntry } from '../planner/node/evictionOrder';
import { memoryBreakdown, type MemoryBreakdown } from '../planner/node/memoryBreakdown';
import { memoryDemand, systemUse, type MemoryDemand, type SystemUse } from '../planner/node/memoryUse';
import { keepSample, signalSample, type SignalSample } from '../planner/node/samples';
import { memoryMargins, signalRows, type MemoryMargins, type SignalRow } from '../planner/node/signalRows';
import type { VirtualMachine } from '../planner/node/virtualMachine';
import { nodeReport } from '../planner/nodeReport';
import { REFRESH_MILLISECONDS } from '../planner/reading';
import { CLOUD_INIT_TYPE, type CloudInit } from '../planner/settings/policy';
import { podsOfNodePlan } from '../steve/pods';
import { createQueue } from '../steve/queue';
import { createReadings } from './readings';
import { useClock } from './useClock';
import type { Host } from './useHost';
import { useNodeReadings } from './useNodeReadings';
import { useWatched } from './useWatched';

const VIRTUAL_MACHINE = 'kubevirt.io.virtualmachine';
const NODE_ARGS = 'rke2.io/node-args';
/** Samples of the open tab that tell since when a threshold is met. */
const KEEP_SAMPLES_MILLISECONDS = 30 * 60_000;

export interface NodeDetail {
  readonly notices: ComputedRef<readonly DetailNotice[]>;
  readonly signals: ComputedRef<readonly SignalRow[]>;
  readonly margins: ComputedRef<MemoryMargins>;
  /** What the order below is for: chosen, or else the most urgent. */
  readonly group: ComputedRef<EvictionGroup>;
  readonly signal: ComputedRef<Signal>;
  /** Undefined while it is not known. */
  readonly order: ComputedRef<readonly EvictionEntry[] | undefined>;
  readonly breakdown: ComputedRef<MemoryBreakdown | undefined>;
  readonly demand: ComputedRef<MemoryDemand | undefined>;
  readonly system: ComputedRef<SystemUse>;
  readonly configuration: ComputedRef<readonly ConfigurationRow[] | undefined>;
  choose(group: EvictionGroup): void;
}

/** The pods of one node, read while `active`. */
function useNodePods({ clusterId, request }: Pick<Host, 'clusterId' | 'request'>, name: string, active: Readonly<Ref<boolean>>) {
  const readings = createReadings<readonly Pod[]>({ request, queue: createQueue(1), plan: (node) => podsOfNodePlan(clusterId.value, node), intervalMilliseconds: REFRESH_MILLISECONDS });

  readings.want(new Set([name]));
  watch(active, (isActive) => (isActive ? readings.start() : readings.stop()), { immediate: true });
  onBeforeUnmount(readings.stop);

  return computed(() => readings.of(name));
}

/**
 * Everything that the tab *Eviction* shows of one node. Reads while `active`, keeps the last sample, and forgets
 * everything when unmounted. Call in `setup`.
 */
export function useNodeDetail(host: Host, node: ComputedRef<Node>, active: ComputedRef<boolean>): NodeDetail {
  const { name } = node.value.metadata;
  const readings = useNodeReadings(host.clusterId.value, host.request, computed(() => [node.value]), active);
  const pods = useNodePods(host, name, active);
  const virtualMachines = useWatched<VirtualMachine>(host, VIRTUAL_MACHINE, active);
  const cloudInits = useWatched<CloudInit>(host, CLOUD_INIT_TYPE, active);
  const { now, tick } = useClock(active);
  const samples = shallowRef<readonly SignalSample[]>([]);
  const chosen = shallowRef<EvictionGroup>();

  readings.show(new Set([name]));

  const snapshot = computed(() => readings.snapshotOf(node.value));
  const summary = computed(() => snapshot.value.summary.sample);
  const settings = computed(() => snapshot.value.configuration.sample?.value);
  const report = computed(() => nodeReport(snapshot.value));
  const isHarvester = computed(() => isHarvesterCluster(host.cluster.value));

  watch(summary, (sample) => {
    tick();
    if (sample) {
      samples.value = keepSample(samples.value, signalSample(sample.value, sample.readAtMilliseconds), KEEP_SAMPLES_MILLISECONDS);
    }
  });

  const signals = computed(() => signalRows({ node: node.value, configuration: settings.value, summary: summary.value, samples: samples.value }, now.value));
  const group = computed(() => chosen.value ?? mostUrgentGroup(signals.value));
  const signal = computed(() => signalOf(group.value, signals.value));
  const attempted = computed(() => (pods.value.sample && summary.value ? evictionOrder({
    signal:              signal.value,
    pods:                pods.value.sample.value,
    summary:             summary.value.value,
    memoryCapacityBytes: report.value.capacityBytes,
    virtualMachines:     virtualMachines.value,
  }) : undefined));

  return {
    signals,
    group,
    signal,
    notices: computed(() => detailNotices({
      report: report.value, isHarvester: isHarvester.value, summary: summary.value, podsFailure: pods.value.failure, orderError: attempted.value?.error,
    }, now.value)),
    margins:   computed(() => memoryMargins(signals.value)),
    order:     computed(() => attempted.value?.value),
    breakdown: computed(() => memoryBreakdown(node.value, settings.value)),
    demand:    computed(() => {
      const { capacityBytes, allocatableBytes } = report.value;

      return capacityBytes === undefined || allocatableBytes === undefined ? undefined : memoryDemand(pods.value.sample?.value, summary.value?.value, { capacityBytes, evictableBytes: allocatableBytes });
    }),
    system:        computed(() => systemUse(summary.value?.value, reservedBytes(report.value.reservations))),
    configuration: computed(() => settings.value && attempt(() => configurationRows({
      configuration: settings.value as NonNullable<typeof settings.value>,
      minor:         minorOf(node.value.status?.nodeInfo?.kubeletVersion ?? ''),
      nodeArgs:      node.value.metadata.annotations?.[NODE_ARGS],
      cloudInits:    cloudInits.value,
      isHarvester:   isHarvester.value,
    })).value),
    choose(next) {
      chosen.value = next;
    },
  };
}
