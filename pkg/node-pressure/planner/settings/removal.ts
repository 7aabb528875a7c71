/**
 * Taking a policy's settings from its nodes for good. A CloudInit acts at boot only, and its deletion leaves the file that it
 * once wrote, and takes the boot file away, or not, on nodes that do not see the deletion in time. So its contents become a
 * removal first, and the object stays until every node has booted with that.
 *
 * That a node's boot file is in sync proves little by itself: node-manager does not say with which contents, and says nothing
 * new after it has replaced them (node-manager, pkg/controller/cloudinit/controller.go). Hence the boot is noted in
 * which a node had the removal; a later one, and a kubelet without the settings, is the proof.
 */
import { attempt } from '../../harvester/amounts';
import { readinessOf, roleOf, type Node } from '../../harvester/node';
import { NODE_ARGS_ANNOTATION } from '../node/nodeArgs';
import { REMOVAL_CONTENTS } from './contents';
import { wasStartedWith } from './drift';
import { parseHistory, type HistoryEntry } from './history';
import { cloudInitFor, HISTORY_ANNOTATION, matchesNode, type CloudInit, type Rollout } from './policy';
import { entryOf, type Settings } from './settings';

/** Node name to the boot ID in which it had the removal, as JSON. */
export const BOOTS_ANNOTATION = 'node-pressure.harvesterhci.io/removal-boots';

/**
 * What to do next about a policy that shall go:
 * `announce` save {@link announcedRemoval}, on the admin's word alone: it takes back what somebody may have saved meanwhile;
 * `note` save {@link notedRemoval}; `await` the removal is on its way to some nodes (or they cannot be asked) and others have
 * yet to boot with it; `delete` the object has done its work.
 */
export type RemovalStep =
  | { readonly kind: 'announce' | 'note' | 'delete' }
  | { readonly kind: 'await'; readonly arriving: readonly string[]; readonly rebooting: readonly string[] };

type Stage = 'arriving' | 'noting' | 'rebooting' | 'done';

type Boots = Readonly<Record<string, unknown>>;

function notedBoots({ metadata: { annotations } }: CloudInit): Boots {
  const boots = attempt(() => JSON.parse(annotations?.[BOOTS_ANNOTATION] ?? '{}') as unknown).value;

  return typeof boots === 'object' && boots !== null ? boots as Boots : {};
}

function isInSync({ conditions = [] }: Rollout = {}): boolean {
  const says = (type: string, status: string): boolean => conditions.some((condition) => condition.type === type && condition.status === status);

  return says('Present', 'True') && says('OutOfSync', 'False');
}

/** All settings that the policy is known to have had. */
function formerSettings({ metadata: { annotations } }: CloudInit): Settings[] {
  return parseHistory(annotations?.[HISTORY_ANNOTATION]).flatMap(({ before }) => before ?? []);
}

/** The nodes that have the policy's boot file. On a witness its guard never let it write anything. */
function stages(object: CloudInit, nodes: readonly Node[]): { readonly node: Node; readonly stage: Stage }[] {
  const boots = notedBoots(object);
  const former = formerSettings(object);

  function stageOf(node: Node): Stage {
    const { name, annotations } = node.metadata;
    const noted = entryOf(boots, name);
    const ready = readinessOf(node) === 'ready';
    const bootId = node.status?.nodeInfo?.bootID;

    if (noted === undefined) {
      return ready && bootId && isInSync(entryOf(object.status?.rollouts, name)) ? 'noting' : 'arriving';
    }

    return ready && noted !== bootId && !former.some((settings) => wasStartedWith(settings, annotations?.[NODE_ARGS_ANNOTATION])) ? 'done' : 'rebooting';
  }

  return nodes.filter((node) => roleOf(node) !== 'witness' && matchesNode(object.spec.matchSelector, node)).map((node) => ({ node, stage: stageOf(node) }));
}

/** The next step, from the object and all nodes of the cluster as they are now. */
export function nextRemovalStep(object: CloudInit, nodes: readonly Node[]): RemovalStep {
  if (object.spec.contents !== REMOVAL_CONTENTS) {
    return { kind: 'announce' };
  }
  const standing = stages(object, nodes);
  const namesIn = (stage: Stage): string[] => standing.filter((each) => each.stage === stage).map(({ node }) => node.metadata.name);

  if (namesIn('noting').length > 0) {
    return { kind: 'note' };
  }

  return standing.every(({ stage }) => stage === 'done') ? { kind: 'delete' } : { kind: 'await', arriving: namesIn('arriving'), rebooting: namesIn('rebooting') };
}

/** A policy's object with the removal in it; boots that an earlier removal noted are forgotten. */
export function announcedRemoval(object: CloudInit, entry: HistoryEntry): CloudInit {
  const { metadata: { name }, spec: { matchSelector } } = object;
  const removal = cloudInitFor({ name, matchSelector, paused: false, contents: 'removal' }, entry, object);
  const annotations = Object.fromEntries(Object.entries({ ...removal.metadata.annotations }).filter(([key]) => key !== BOOTS_ANNOTATION));

  return { ...removal, metadata: { ...removal.metadata, annotations } };
}

/** The same object with the boots in which further nodes have the removal. */
export function notedRemoval(object: CloudInit, nodes: readonly Node[]): CloudInit {
  const noted = stages(object, nodes).filter(({ stage }) => stage === 'noting').map(({ node }) => [node.metadata.name, node.status?.nodeInfo?.bootID]);
  const boots = JSON.stringify({ ...notedBoots(object), ...Object.fromEntries(noted) });

  return { ...object, metadata: { ...object.metadata, annotations: { ...object.metadata.annotations, [BOOTS_ANNOTATION]: boots } } };
}
