import type { MessageParams } from './display';
import type { Tone } from './nodeState';
import { isDrifting, type NodeDrift, type NodeDriftState } from './settings/nodeDrift';

/** How a cluster's nodes stand to its policies, in one sentence. */
export interface DriftVerdict {
  readonly code: NodeDriftState;
  readonly tone: Tone;
  /** `count` nodes of `total` are in the most urgent state, the first of them is `name`; `others` are in another one. */
  readonly params: MessageParams;
}

/**
 * The most urgent of the nodes' standings; undefined where every node runs with what its policy says, as far as is known,
 * and where there is no policy.
 */
export function driftVerdict(nodes: readonly { readonly name: string; readonly drift: NodeDrift | undefined }[]): DriftVerdict | undefined {
  const drifting = nodes.flatMap(({ name, drift }) => (drift && isDrifting(drift) ? [{ name, drift }] : [])).sort((a, b) => a.drift.rank - b.drift.rank);
  const [first] = drifting;

  if (!first) {
    return undefined;
  }
  const count = drifting.filter(({ drift }) => drift.state === first.drift.state).length;

  return {
    code:   first.drift.state,
    tone:   first.drift.tone,
    params: { count, total: nodes.length, name: first.name, policy: first.drift.policy, others: drifting.length - count },
  };
}
