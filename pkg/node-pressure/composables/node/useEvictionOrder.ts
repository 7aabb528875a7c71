import { computed, shallowRef, type ComputedRef } from 'vue';
import type { Attempt } from '../../harvester/amounts';
import type { Pod } from '../../kubelet/pod';
import type { Signal } from '../../kubelet/signals';
import type { Summary } from '../../kubelet/summary';
import { mostUrgentGroup, signalOf, type EvictionGroup } from '../../planner/node/evictionGroup';
import { evictionOrder, type EvictionEntry, type EvictionOrderInput } from '../../planner/node/evictionOrder';
import type { SignalRow } from '../../planner/node/signalRows';
import type { VirtualMachine } from '../../planner/node/virtualMachine';
import type { Sample } from '../../planner/reading';

/** What the order is made from; undefined parts were not read. */
export interface OrderSources {
  readonly pods: ComputedRef<readonly Pod[] | undefined>;
  readonly summary: ComputedRef<Sample<Summary> | undefined>;
  readonly virtualMachines: ComputedRef<readonly VirtualMachine[] | undefined>;
  readonly capacityBytes: ComputedRef<number | undefined>;
}

export interface EvictionOrder {
  /** What the node runs out of: chosen, or else the most urgent. */
  readonly group: ComputedRef<EvictionGroup>;
  readonly signal: ComputedRef<Signal>;
  readonly row: ComputedRef<SignalRow | undefined>;
  readonly input: ComputedRef<EvictionOrderInput | undefined>;
  readonly entries: ComputedRef<readonly EvictionEntry[] | undefined>;
  readonly error: ComputedRef<string | undefined>;
  choose(group: EvictionGroup): void;
}

/** The order in which the node in view would evict, for the resource that is chosen. */
export function useEvictionOrder(signals: ComputedRef<readonly SignalRow[]>, { pods, summary, virtualMachines, capacityBytes }: OrderSources): EvictionOrder {
  const chosen = shallowRef<EvictionGroup>();
  const group = computed(() => chosen.value ?? mostUrgentGroup(signals.value));
  const signal = computed(() => signalOf(group.value, signals.value));
  const input = computed((): EvictionOrderInput | undefined => (pods.value && summary.value ? {
    signal: signal.value, pods: pods.value, summary: summary.value.value, memoryCapacityBytes: capacityBytes.value, virtualMachines: virtualMachines.value,
  } : undefined));
  const attempted = computed((): Attempt<readonly EvictionEntry[]> | undefined => input.value && evictionOrder(input.value));

  return {
    group,
    signal,
    input,
    row:     computed(() => signals.value.find((row) => row.signal === signal.value)),
    entries: computed(() => attempted.value?.value),
    error:   computed(() => attempted.value?.error),
    choose(next) {
      chosen.value = next;
    },
  };
}
