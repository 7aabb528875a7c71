import { computed, ref, shallowRef, watch, type ComputedRef, type Ref } from 'vue';
import type { Attempt } from '../../harvester/amounts';
import { makeSignalObservations } from '../../kubelet/observations';
import { whatIf, type WhatIf } from '../../planner/node/whatIf';
import { inputScale, podUsed, suppositionOf, whatIfInputs, type InputScale, type WhatIfChanges, type WhatIfInputs } from '../../planner/node/whatIfForm';
import type { EvictionOrder } from './useEvictionOrder';

export interface WhatIfState {
  readonly isOpen: Ref<boolean>;
  /** Undefined where there is no figure to start from. */
  readonly scale: ComputedRef<InputScale | undefined>;
  readonly inputs: ComputedRef<WhatIfInputs | undefined>;
  readonly changes: Readonly<Ref<WhatIfChanges>>;
  /** What the chosen pod uses, GiB. */
  readonly podUsed: ComputedRef<number | undefined>;
  /** While it is open: what would follow, or the kubelet's own text on a threshold that it does not take. */
  readonly outcome: ComputedRef<Attempt<WhatIf> | undefined>;
  change(changes: WhatIfChanges): void;
  reset(): void;
}

/** Other thresholds and another use than there is, for the signal of an order. Works out nothing while it is closed. */
export function useWhatIf({ row, input, signal }: EvictionOrder): WhatIfState {
  const isOpen = ref(false);
  const changes = shallowRef<WhatIfChanges>({});
  const scale = computed(() => row.value && inputScale(row.value));
  const observation = computed(() => input.value && makeSignalObservations(input.value.summary)[signal.value]);
  const memoryOf = (uid: string | undefined): number | undefined => input.value?.summary.pods.find(({ podRef }) => podRef.uid === uid)?.memory?.workingSetBytes;

  const reset = (): void => {
    changes.value = {};
  };

  // An amount of memory means nothing to disks
  watch(signal, reset);

  return {
    isOpen,
    scale,
    changes,
    reset,
    inputs:  computed(() => (row.value && scale.value ? whatIfInputs(row.value, scale.value, changes.value) : undefined)),
    podUsed: computed(() => podUsed(memoryOf(changes.value.podUid), changes.value)),
    outcome: computed(() => (isOpen.value && row.value && scale.value && input.value && observation.value ? whatIf(input.value, observation.value, suppositionOf(row.value, scale.value, changes.value)) : undefined)),
    change(more) {
      changes.value = { ...changes.value, ...more };
    },
  };
}
