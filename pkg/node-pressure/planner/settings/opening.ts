/** Which policy the form opens with. */
import type { Node } from '../../harvester/node';
import { draftOf, newDraft, type Draft } from './draft';
import type { Handover } from './handover';
import { nodesOf } from './otherWriters';
import type { Policy } from './policy';
import type { Settings } from './settings';

/** What the form works on. */
export interface Opening {
  /** Name of the policy's object; absent for a new one. */
  readonly policy?: string;
  readonly start: Draft;
  /** A new policy starts with what its nodes have. */
  readonly fromNodes: boolean;
  /** Settings to lay over the start as a change that is not saved. */
  readonly proposed?: Settings;
}

export function openPolicy(policy: Policy, proposed?: Settings): Opening {
  return { policy: policy.name, start: draftOf(policy), fromNodes: false, ...(proposed && { proposed }) };
}

export function openNew(policies: readonly Policy[], proposed?: Settings): Opening {
  return { start: newDraft(policies.map(({ name }) => name)), fromNodes: true, ...(proposed && { proposed }) };
}

/** A new policy with another one's settings; its nodes are yet to be chosen, since no node may be in two. */
export function openCopy(policies: readonly Policy[], original: Policy): Opening {
  const { name } = newDraft(policies.map((policy) => policy.name));

  return { start: { ...draftOf(original), name, matchSelector: {} }, fromNodes: false };
}

function nothingProposed(settings: Settings): boolean {
  return Object.keys(settings).length === 0;
}

/** What was handed over belongs to the policy of its node, or to a new one. */
function openHandover(policies: readonly Policy[], nodes: readonly Node[], { node, settings }: Handover): Opening {
  const target = policies.find((policy) => nodesOf(policy, nodes).some(({ metadata }) => metadata.name === node));
  const proposed = nothingProposed(settings) ? undefined : settings;

  return target ? openPolicy(target, proposed) : openNew(policies, proposed);
}

/** The first thing to show: what was handed over; without any policy a new one; of one alone that one; of several the list. */
export function firstOpening(policies: readonly Policy[], nodes: readonly Node[], handover: Handover | undefined): Opening | undefined {
  if (handover) {
    return openHandover(policies, nodes, handover);
  }
  const [first, ...more] = policies;

  if (!first) {
    return openNew(policies);
  }

  return more.length === 0 ? openPolicy(first) : undefined;
}
