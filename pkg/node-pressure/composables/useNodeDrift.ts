import { computed, type Ref } from 'vue';
import type { KubeletConfiguration } from '../kubelet/config/types';
import type { Node } from '../harvester/node';
import { nodeDrift, policyStandings, type NodeDrift, type PolicyStanding } from '../planner/settings/nodeDrift';
import type { ReadFailure } from '../planner/reading';
import { CLOUD_INIT_RESOURCE, CLOUD_INIT_TYPE } from '../planner/settings/policy';
import { cloudInitsIn } from '../steve/cloudInits';
import { useList, type ListSource } from './useList';

interface Memo {
  readonly standings: readonly PolicyStanding[];
  readonly resourceVersion: string | undefined;
  readonly configuration: KubeletConfiguration | undefined;
  readonly drift: NodeDrift;
}

export interface DriftOfNodes {
  /** How a node stands to the cluster's policies; undefined where CloudInits may not be read. Reactive. */
  of(node: Node, configuration: KubeletConfiguration | undefined): NodeDrift | undefined;
  readonly failure: Readonly<Ref<ReadFailure | undefined>>;
}

/** Follows the policies in the Dashboard's store. A node of which nothing changed keeps its answer. Call in `setup`. */
export function useNodeDrift(host: ListSource, active: Readonly<Ref<boolean>>): DriftOfNodes {
  const { objects, failure } = useList<unknown>(host, CLOUD_INIT_TYPE, CLOUD_INIT_RESOURCE, active);
  const standings = computed(() => objects.value && policyStandings(cloudInitsIn(objects.value)));
  const memos = new Map<string, Memo>();

  function of(node: Node, configuration: KubeletConfiguration | undefined): NodeDrift | undefined {
    const { name, resourceVersion } = node.metadata;
    const memo = memos.get(name);

    if (!standings.value) {
      return undefined;
    }
    if (memo?.standings === standings.value && memo.resourceVersion === resourceVersion && memo.configuration === configuration) {
      return memo.drift;
    }
    const drift = nodeDrift(standings.value, node, configuration);

    memos.set(name, { standings: standings.value, resourceVersion, configuration, drift });

    return drift;
  }

  return { of, failure };
}
