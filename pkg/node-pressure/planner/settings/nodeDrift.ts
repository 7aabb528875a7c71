/** How every node of a cluster stands to the policies that are there. */
import { readQuantity } from '../../harvester/amounts';
import { roleOf, type Node } from '../../harvester/node';
import type { KubeletConfiguration } from '../../kubelet/config/types';
import { NODE_ARGS_ANNOTATION } from '../node/nodeArgs';
import type { Tone } from '../nodeState';
import { driftOf, wasStartedWith, type Drift } from './drift';
import { otherArguments } from './otherWriters';
import { isPolicy, matchesNode, policyOf, type CloudInit, type Policy, type Rollout } from './policy';
import { entryOf, type Settings } from './settings';
import { knownSettings } from './written';

/**
 * A node's standing, the most urgent first; beside a single node's drift: `setElsewhere` no policy matches, and RKE2 was started
 * with eviction or reservation arguments that no policy of today accounts for.
 */
export const DRIFT_STATES = ['editedOutside', 'overridden', 'leftBehind', 'arriving', 'pendingReboot', 'pendingRollOut', 'keptOut', 'setElsewhere', 'unread', 'unmanaged', 'inSync'] as const;
export type NodeDriftState = typeof DRIFT_STATES[number];

const TONES: Readonly<Record<NodeDriftState, Tone>> = {
  editedOutside:  'warning',
  overridden:     'warning',
  leftBehind:     'warning',
  arriving:       'info',
  pendingReboot:  'info',
  pendingRollOut: 'info',
  keptOut:        'info',
  setElsewhere:   'info',
  unread:         'unknown',
  unmanaged:      'unknown',
  inSync:         'success',
};

export interface NodeDrift extends Omit<Drift, 'state'> {
  readonly state: NodeDriftState;
  readonly tone: Tone;
  /** Position in DRIFT_STATES, to sort by. */
  readonly rank: number;
  /** The policy that matches the node, or the one whose settings were left behind, as people call it. */
  readonly policy?: string;
  /** With `setElsewhere`: the arguments, as RKE2 was started with them. */
  readonly otherArguments: readonly string[];
}

/** A policy with everything that its object says about nodes. */
export interface PolicyStanding {
  readonly policy: Policy;
  readonly filename: string;
  readonly rollouts: Readonly<Record<string, Rollout>>;
  /** All settings that it is known to have had, the newest first. */
  readonly known: readonly Settings[];
}

/** The policies among a cluster's CloudInits, read once for all nodes. */
export function policyStandings(cloudInits: readonly CloudInit[]): PolicyStanding[] {
  return cloudInits.filter(isPolicy).map((object) => {
    const policy = policyOf(object);

    return { policy, filename: object.spec.filename, rollouts: object.status?.rollouts ?? {}, known: knownSettings(policy) };
  });
}

/** Of several policies that match, which we never save, the one whose boot file runs last has the last word. */
function matching(standings: readonly PolicyStanding[], node: Node): PolicyStanding | undefined {
  return standings.filter(({ policy }) => matchesNode(policy.matchSelector, node)).sort((a, b) => (a.filename < b.filename ? 1 : -1))[0];
}

/** Settings of today's policies that a node's RKE2 was started with. */
function startedWith(standings: readonly PolicyStanding[], nodeArgs: string | undefined): { readonly policy: Policy; readonly settings: Settings } | undefined {
  return standings.flatMap(({ policy, known }) => known.map((settings) => ({ policy, settings }))).find(({ settings }) => wasStartedWith(settings, nodeArgs));
}

function memoryKibOf({ status }: Node): number | undefined {
  const memory = readQuantity(status?.capacity?.['memory']);

  return memory && Number(memory.value() / 1024n);
}

/**
 * How one node stands to the policies.
 *
 * @param configuration what its kubelet runs with, if that was read
 */
export function nodeDrift(standings: readonly PolicyStanding[], node: Node, configuration: KubeletConfiguration | undefined): NodeDrift {
  const nodeArgs = node.metadata.annotations?.[NODE_ARGS_ANNOTATION];
  const own = matching(standings, node);
  const started = startedWith(standings, nodeArgs);
  const drift = driftOf({
    policy:    own?.policy,
    rollout:   own && entryOf(own.rollouts, node.metadata.name),
    former:    started?.settings ?? own?.known[0],
    configuration,
    nodeArgs,
    isWitness: roleOf(node) === 'witness',
    memoryKib: memoryKibOf(node),
  });
  const others = drift.state === 'unmanaged' ? otherArguments(nodeArgs, {}) : [];
  const state: NodeDriftState = others.length > 0 ? 'setElsewhere' : drift.state;
  const policy = own?.policy ?? (state === 'leftBehind' ? started?.policy : undefined);

  return { ...drift, state, tone: TONES[state], rank: DRIFT_STATES.indexOf(state), otherArguments: others, ...(policy && { policy: policy.displayName ?? policy.name }) };
}

/** Whether there is more to say about a node's standing than its word. */
export function needsExplanation({ state, differences, otherArguments: others }: NodeDrift): boolean {
  return differences.length + others.length > 0 || !['inSync', 'unmanaged', 'unread'].includes(state);
}

/** Whether a node does not run with what a policy says, for now or for good. */
export function isDrifting({ state }: NodeDrift): boolean {
  return !['unread', 'unmanaged', 'inSync', 'keptOut', 'setElsewhere'].includes(state);
}

/** Whether the node's next boot changes what its kubelet runs with, as far as is known. */
export function takesSettingsAtBoot({ state }: NodeDrift): boolean {
  return state === 'pendingReboot' || state === 'arriving';
}
