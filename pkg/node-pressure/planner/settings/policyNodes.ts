/** How far a saved policy's settings are on its nodes, and what is left to do there. */
import { isManaged, type Node } from '../../harvester/node';
import type { KubeletConfiguration } from '../../kubelet/config/types';
import type { Tone } from '../nodeState';
import { nodeDrift, policyStandings, takesSettingsAtBoot, type NodeDriftState } from './nodeDrift';
import { matchesNode, type CloudInit } from './policy';

export interface PolicyNode {
  readonly name: string;
  readonly state: NodeDriftState;
  readonly tone: Tone;
}

export interface PolicyNodes {
  /** Those that need most attention first. */
  readonly nodes: readonly PolicyNode[];
  /** Nodes that take the settings at their next boot. */
  readonly waiting: number;
  readonly allInSync: boolean;
  /** The cluster has one node: there is nowhere to move virtual machines to. */
  readonly isSingle: boolean;
}

/**
 * @param nodes all of the cluster
 * @param configurations node name to what its kubelet runs with, as far as that was read
 */
export function policyNodes(object: CloudInit, nodes: readonly Node[], configurations: ReadonlyMap<string, KubeletConfiguration>): PolicyNodes {
  const standings = policyStandings([object]);
  const matched = nodes.filter((node) => isManaged(node) && matchesNode(object.spec.matchSelector, node));
  const drifts = matched.map((node) => ({ name: node.metadata.name, drift: nodeDrift(standings, node, configurations.get(node.metadata.name)) }));

  return {
    nodes:     drifts.sort((a, b) => a.drift.rank - b.drift.rank).map(({ name, drift: { state, tone } }) => ({ name, state, tone })),
    waiting:   drifts.filter(({ drift }) => takesSettingsAtBoot(drift)).length,
    allInSync: drifts.length > 0 && drifts.every(({ drift: { state } }) => state === 'inSync' || state === 'keptOut') && drifts.some(({ drift: { state } }) => state === 'inSync'),
    isSingle:  nodes.length === 1,
  };
}
