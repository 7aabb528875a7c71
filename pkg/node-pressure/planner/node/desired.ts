import { isPolicy, policyOf, type CloudInit } from '../settings/policy';
import type { NodeDrift } from '../settings/nodeDrift';
import type { Settings } from '../settings/settings';

/** States in which the policy that is named is not for the node. */
const NOT_FOR_IT: readonly NodeDrift['state'][] = ['leftBehind', 'keptOut'];

/** What the policy that matches a node wants of it; undefined without one, and where its contents are no settings. */
export function desiredSettings({ state, policy }: Pick<NodeDrift, 'state' | 'policy'>, cloudInits: readonly CloudInit[]): Settings | undefined {
  const own = NOT_FOR_IT.includes(state) ? undefined : cloudInits.find((each) => isPolicy(each) && each.metadata.name === policy);
  const contents = own && policyOf(own).contents;

  return contents?.kind === 'settings' ? contents.settings : undefined;
}
