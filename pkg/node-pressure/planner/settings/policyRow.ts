import type { Node } from '../../harvester/node';
import type { Tone } from '../nodeState';
import { nodesOf } from './otherWriters';
import type { Policy } from './policy';

/** How a policy stands as a whole; how its nodes stand is drift's matter. */
export type PolicyState = 'active' | 'paused' | 'removal' | 'foreign';

const TONES: Readonly<Record<PolicyState, Tone>> = { active: 'success', paused: 'info', removal: 'warning', foreign: 'warning' };

/** A policy in the list of all. */
export interface PolicyRow {
  readonly name: string;
  readonly displayName: string;
  /** Names of the nodes that it is for today. */
  readonly nodes: readonly string[];
  readonly state: PolicyState;
  readonly tone: Tone;
}

function stateOf({ contents: { kind }, paused }: Policy): PolicyState {
  if (kind !== 'settings') {
    return kind;
  }

  return paused ? 'paused' : 'active';
}

export function policyRow(policy: Policy, nodes: readonly Node[]): PolicyRow {
  const state = stateOf(policy);

  return { name: policy.name, displayName: policy.displayName ?? policy.name, nodes: nodesOf(policy, nodes).map(({ metadata }) => metadata.name), state, tone: TONES[state] };
}
