import { computed, onMounted, ref, type ComputedRef, type Ref } from 'vue';
import type { Node } from '../harvester/node';
import type { ReadFailure } from '../planner/reading';
import { classifyFailure } from '../steve/failure';
import { snapshotOf } from './snapshotOf';
import type { Host } from './useHost';

const NODE = 'node';
const LIST_NODES = 'list nodes';

export interface Nodes {
  readonly loading: Ref<boolean>;
  readonly failure: Ref<ReadFailure | undefined>;
  readonly nodes: ComputedRef<readonly Node[]>;
  /** Tries again after a failure. */
  load(): Promise<void>;
}

/** The cluster's nodes from the Dashboard's store, which watches them; call in `setup`. */
export function useNodes(host: Host): Nodes {
  const loading = ref(true);
  const failure = ref<ReadFailure>();

  async function load(): Promise<void> {
    loading.value = true;
    failure.value = undefined;

    if (!host.canList(NODE)) {
      failure.value = { kind: 'forbidden', verb: LIST_NODES, message: '' };
    } else {
      try {
        await host.watchAll(NODE);
      } catch (reason) {
        failure.value = classifyFailure(reason, LIST_NODES);
      }
    }
    loading.value = false;
  }

  onMounted(load);

  return {
    loading,
    failure,
    load,
    nodes: computed(() => (loading.value || failure.value ? [] : host.all<Node>(NODE).map((node) => snapshotOf(node)))),
  };
}
