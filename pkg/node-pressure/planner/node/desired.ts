import type { Node } from '../../harvester/node';
import { nodesOf } from '../settings/otherWriters';
import { isPolicy, policyOf, type CloudInit, type Policy } from '../settings/policy';
import type { Settings } from '../settings/settings';

/** What a node's policy wants of it. */
export interface Desired {
  readonly policy: Policy;
  /** Absent where the policy takes settings away, or somebody edited its contents. */
  readonly settings?: Settings;
}

/** The policy that is for a node; undefined where none is. Of several, which the settings page warns of, the first by name. */
export function desiredOf(node: Node, cloudInits: readonly CloudInit[]): Desired | undefined {
  const [policy] = cloudInits.filter(isPolicy).map(policyOf).filter((each) => nodesOf(each, [node]).length > 0).sort((a, b) => (a.name < b.name ? -1 : 1));

  return policy && { policy, ...(policy.contents.kind === 'settings' && { settings: policy.contents.settings }) };
}
