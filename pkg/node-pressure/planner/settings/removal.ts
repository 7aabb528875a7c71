/**
 * Taking a policy's settings from its nodes for good. Deleting a CloudInit leaves the file that it wrote, and its boot file
 * on every node that does not see the deletion in time. So its contents become a removal first, and the object stays until
 * the nodes have that.
 *
 * Node-manager says whether a node's boot file is in sync, not with which contents, and says nothing new when it has just
 * replaced one: right after the change every node still claims to be in sync, with the settings. While the object is
 * paused, though, a node that has seen new contents must admit that it does not have them. Hence two rounds: paused until
 * nobody claims to be in sync, then released until everybody does
 * (node-manager, pkg/controller/cloudinit/controller.go, OnCloudInitChange).
 */
import { readinessOf, type Node } from '../../harvester/node';
import { REMOVAL_CONTENTS } from './contents';
import type { HistoryEntry } from './history';
import { cloudInitFor, matchesNode, type CloudInit, type Rollout } from './policy';
import { entryOf } from './settings';

/**
 * What to do next about a policy that shall go:
 * `announce` save {@link announcedRemoval}; again only when the admin says so, since it takes back what others saved meanwhile;
 * `awaitNotice` these nodes have not seen it; `release` save {@link releasedRemoval};
 * `awaitArrival` these nodes do not have it, or cannot be asked; `delete` the object has done its work.
 */
export type RemovalStep =
  | { readonly kind: 'announce' | 'release' | 'delete' }
  | { readonly kind: 'awaitNotice' | 'awaitArrival'; readonly nodes: readonly string[] };

function isInSync({ conditions = [] }: Rollout = {}): boolean {
  const says = (type: string, status: string): boolean => conditions.some((condition) => condition.type === type && condition.status === status);

  return says('Present', 'True') && says('OutOfSync', 'False');
}

/**
 * The next step, from the object and all nodes as they are now. A node that is not ready is not waited for in the first
 * round, so that it does not keep the settings on the others, but in the second: it takes the removal when it is back.
 */
export function nextRemovalStep({ spec: { matchSelector, contents, paused }, status }: CloudInit, nodes: readonly Node[]): RemovalStep {
  if (contents !== REMOVAL_CONTENTS) {
    return { kind: 'announce' };
  }
  const standing = nodes.filter((node) => matchesNode(matchSelector, node)).map((node) => ({
    name:   node.metadata.name,
    ready:  readinessOf(node) === 'ready',
    inSync: isInSync(entryOf(status?.rollouts, node.metadata.name)),
  }));
  const waiting = standing.filter(({ ready, inSync }) => (paused ? ready && inSync : !ready || !inSync)).map(({ name }) => name);

  if (waiting.length > 0) {
    return { kind: paused ? 'awaitNotice' : 'awaitArrival', nodes: waiting };
  }

  return { kind: paused ? 'release' : 'delete' };
}

/** A policy's object with the removal in it, paused. */
export function announcedRemoval(object: CloudInit, entry: HistoryEntry): CloudInit {
  const { metadata: { name }, spec: { matchSelector } } = object;

  return cloudInitFor({ name, matchSelector, paused: true, contents: 'removal' }, entry, object);
}

/** The same object, for the nodes to take. */
export function releasedRemoval(object: CloudInit): CloudInit {
  return { ...object, spec: { ...object.spec, paused: false } };
}
