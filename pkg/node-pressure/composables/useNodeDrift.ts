import { computed, type Ref } from 'vue';
import type { KubeletConfiguration } from '../kubelet/config/types';
import type { Node } from '../harvester/node';
import { nodeDrift, policyStandings, type NodeDrift, type PolicyStanding } from '../planner/settings/nodeDrift';
import { CLOUD_INIT_TYPE } from '../planner/settings/policy';
import { cloudInitsIn } from '../steve/cloudInits';
import type { Host } from './useHost';
import { useWatched } from './useWatched';

interface Memo {
  readonly standings: readonly PolicyStanding[];
  readonly resourceVersion: string | undefined;
  readonly configuration: KubeletConfiguration | undefined;
  readonly drift: NodeDrift;
}

/** How a node stands to the cluster's policies; undefined where CloudInits may not be read. Reactive. */
export type DriftOf = (node: Node, configuration: KubeletConfiguration | undefined) => NodeDrift | undefined;

/** Follows the policies in the Dashboard's store. A node of which nothing changed keeps its answer. Call in `setup`. */
export function useNodeDrift(host: Pick<Host, 'all' | 'canList' | 'watchAll'>, active: Readonly<Ref<boolean>>): DriftOf {
  const cloudInits = useWatched<unknown>(host, CLOUD_INIT_TYPE, active);
  const standings = computed(() => cloudInits.value && policyStandings(cloudInitsIn(cloudInits.value)));
  const memos = new Map<string, Memo>();

  return (node, configuration) => {
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
  };
}
