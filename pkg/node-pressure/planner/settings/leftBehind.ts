/** Nodes that no policy matches any more and that still run with settings of one; and the way to take those away. */
import type { Node } from '../../harvester/node';
import { NODE_ARGS_ANNOTATION } from '../node/nodeArgs';
import type { HistoryEntry } from './history';
import { nodeDrift, policyStandings } from './nodeDrift';
import { cloudInitFor, type CloudInit } from './policy';
import type { Settings } from './settings';
import { writtenSettings } from './written';

const HOST_NAME = 'kubernetes.io/hostname';

export interface LeftBehindNode {
  readonly name: string;
  /** The policy that the settings came from. */
  readonly policy: string;
  /** What the node was started with. */
  readonly settings: Settings;
  /** Labels that only this node has; without them nothing can be sent to it alone. */
  readonly matchSelector?: Readonly<Record<string, string>>;
}

/** @param cloudInits the objects of all policies */
export function leftBehindNodes(cloudInits: readonly CloudInit[], nodes: readonly Node[]): LeftBehindNode[] {
  const standings = policyStandings(cloudInits);
  const known = standings.flatMap((standing) => standing.known);

  return nodes.flatMap((node) => {
    const { state, policy } = nodeDrift(standings, node, undefined);
    const { name, labels, annotations } = node.metadata;
    const settings = writtenSettings(known, annotations?.[NODE_ARGS_ANNOTATION]);
    const hostName = labels?.[HOST_NAME];

    return state === 'leftBehind' && policy !== undefined && settings ? [{ name, policy, settings, ...(hostName !== undefined && { matchSelector: { [HOST_NAME]: hostName } }) }] : [];
  });
}

/**
 * A policy that does nothing but take the settings from one node, to be followed as every removal is: the remedy that the
 * node's own policy would have had, had it still matched.
 *
 * @param entry of the action `removed`, with the node's settings as `before`
 */
export function leftBehindRemoval({ name, matchSelector }: LeftBehindNode & { readonly matchSelector: Readonly<Record<string, string>> }, entry: HistoryEntry): CloudInit {
  return cloudInitFor({ name: `left-behind-${ name }`, matchSelector, paused: false, contents: 'removal' }, entry);
}
