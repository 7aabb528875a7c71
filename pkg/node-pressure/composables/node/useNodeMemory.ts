import { computed, type ComputedRef } from 'vue';
import type { Node } from '../../harvester/node';
import type { Pod } from '../../kubelet/pod';
import { reservedBytes } from '../../planner/node/detailCells';
import { memoryBreakdown, type MemoryBreakdown } from '../../planner/node/memoryBreakdown';
import { memorySplit, type MemorySplit } from '../../planner/node/memorySplit';
import { memoryDemand, systemUse, type MemoryDemand, type SystemUse } from '../../planner/node/memoryUse';
import type { NodeReport } from '../../planner/nodeReport';
import type { Kubelet } from './useKubelet';

export interface NodeMemory {
  readonly breakdown: ComputedRef<MemoryBreakdown | undefined>;
  readonly demand: ComputedRef<MemoryDemand | undefined>;
  readonly system: ComputedRef<SystemUse>;
  /** The memory in use by kinds of pages. */
  readonly split: ComputedRef<MemorySplit | undefined>;
}

/** Where the memory of the node in view goes. */
export function useNodeMemory(node: ComputedRef<Node>, { configuration, summary }: Pick<Kubelet, 'configuration' | 'summary'>, report: ComputedRef<NodeReport>, pods: ComputedRef<readonly Pod[] | undefined>): NodeMemory {
  const figures = computed(() => summary.value?.value);

  return {
    breakdown: computed(() => memoryBreakdown(node.value, configuration.value)),
    demand:    computed(() => {
      const { capacityBytes, allocatableBytes } = report.value;

      return capacityBytes === undefined || allocatableBytes === undefined ? undefined : memoryDemand(pods.value, figures.value, { capacityBytes, evictableBytes: allocatableBytes });
    }),
    system: computed(() => systemUse(figures.value, reservedBytes(report.value.reservations))),
    split:  computed(() => figures.value?.node.memory && memorySplit(figures.value.node.memory)),
  };
}
