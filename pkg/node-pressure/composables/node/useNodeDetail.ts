import { computed, watch, type ComputedRef } from 'vue';
import { isHarvesterCluster } from '../../harvester/cluster';
import { isWindows, type Node } from '../../harvester/node';
import { advise, type Advice } from '../../planner/node/advice';
import { detailNotices, type DetailNotice } from '../../planner/node/detailNotices';
import { oomKills, type OomKill } from '../../planner/node/oomKills';
import { podResizes, type PodResize } from '../../planner/node/podResizes';
import { memoryMargins, signalRows, type MemoryMargins, type SignalRow } from '../../planner/node/signalRows';
import type { VirtualMachine } from '../../planner/node/virtualMachine';
import { nodeReport } from '../../planner/nodeReport';
import { useClock } from '../useClock';
import type { Host } from '../useHost';
import { useList } from '../useList';
import { useEvictionOrder, type EvictionOrder } from './useEvictionOrder';
import { useInView, type InView } from './useInView';
import { useKubelet } from './useKubelet';
import { useNodeConfiguration, type NodeConfiguration } from './useNodeConfiguration';
import { useNodeEvents, type NodeEvents } from './useNodeEvents';
import { useNodeMemory, type NodeMemory } from './useNodeMemory';
import { useNodePods } from './useNodePods';
import { useSamples } from './useSamples';
import { useWhatIf, type WhatIfState } from './useWhatIf';

const VIRTUAL_MACHINE = 'kubevirt.io.virtualmachine';

export interface NodeDetail {
  readonly isHarvester: ComputedRef<boolean>;
  readonly notices: ComputedRef<readonly DetailNotice[]>;
  /** Undefined while too little is known to advise. */
  readonly advice: ComputedRef<readonly Advice[] | undefined>;
  readonly signals: ComputedRef<readonly SignalRow[]>;
  readonly margins: ComputedRef<MemoryMargins>;
  readonly inView: InView;
  readonly order: EvictionOrder;
  readonly whatIf: WhatIfState;
  readonly memory: NodeMemory;
  readonly configuration: NodeConfiguration;
  readonly events: NodeEvents;
  /** These and the resizes: undefined while the pods are not known. */
  readonly oomKills: ComputedRef<readonly OomKill[] | undefined>;
  readonly resizes: ComputedRef<readonly PodResize[] | undefined>;
}

/**
 * Everything that the tab *Eviction* shows of one node. Reads while `active`, keeps the last sample, and forgets
 * everything when unmounted. Call in `setup`.
 */
export function useNodeDetail(host: Host, node: ComputedRef<Node>, active: ComputedRef<boolean>): NodeDetail {
  const { name } = node.value.metadata;
  const { now, tick } = useClock(active);
  const kubelet = useKubelet(host, node, active);
  const { summary, configuration: settings } = kubelet;
  const podList = useNodePods(host, name, summary, active);
  const pods = computed(() => podList.value.sample?.value);
  const { objects: virtualMachines } = useList<VirtualMachine>(host, VIRTUAL_MACHINE, 'virtualmachines.kubevirt.io', active);
  const samplesSince = useSamples(summary);
  const report = computed(() => nodeReport(kubelet.snapshot.value));
  const isHarvester = computed(() => isHarvesterCluster(host.cluster.value));

  watch(summary, tick);

  const signals = computed(() => signalRows({ node: node.value, configuration: settings.value, summary: summary.value, samples: samplesSince(0) }, now.value));
  const sources = { pods, summary, virtualMachines, capacityBytes: computed(() => report.value.capacityBytes) };
  const order = useEvictionOrder(signals, sources);
  // Advice is about memory, whatever is looked at; mostly that is memory, and not ranked again
  const memoryOrder = useEvictionOrder(signals, sources);
  const memoryEntries = computed(() => (order.group.value === 'memory' ? order : memoryOrder).entries.value);
  const memory = useNodeMemory(node, kubelet, report, pods);
  const inView = useInView(samplesSince, order.row, signals, now);
  const resizes = computed(() => pods.value && podResizes(pods.value));

  memoryOrder.choose('memory');

  return {
    isHarvester,
    signals,
    order,
    memory,
    inView,
    resizes,
    whatIf:        useWhatIf(order),
    configuration: useNodeConfiguration(host, kubelet, node, isHarvester, active),
    events:        useNodeEvents(host, name, pods, now, active),
    oomKills:      computed(() => pods.value && oomKills(pods.value, now.value)),
    margins:       computed(() => memoryMargins(signals.value)),
    notices:       computed(() => detailNotices({
      report:         report.value,
      isHarvester:    isHarvester.value,
      isWindows:      isWindows(node.value),
      summary:        summary.value,
      podsFailure:    podList.value.failure,
      metricsFailure: kubelet.metricsFailure.value,
      orderError:     order.error.value,
    }, now.value)),
    advice: computed(() => (settings.value && summary.value && memory.demand.value ? advise({
      rows:          signals.value,
      configuration: settings.value,
      order:         memoryEntries.value ?? [],
      demand:        memory.demand.value,
      system:        memory.system.value,
      bursts:        inView.memoryBursts.value,
      resizes:       resizes.value ?? [],
    }) : undefined)),
  };
}
