/** How far a removal is, as a view shows it. */
import { roleOf, type Node } from '../../harvester/node';
import { NODE_ARGS_ANNOTATION } from '../node/nodeArgs';
import { nextRemovalStep, type RemovalStep } from './removal';
import { matchesNode, type CloudInit } from './policy';

export interface RemovalStanding {
  readonly step: RemovalStep['kind'];
  /** Nodes to which the removal is on its way, and nodes that have yet to boot with it. */
  readonly arriving: readonly string[];
  readonly rebooting: readonly string[];
  readonly done: number;
  readonly total: number;
}

/** @param nodes all of the cluster */
export function removalStanding(object: CloudInit, nodes: readonly Node[]): RemovalStanding {
  const step = nextRemovalStep(object, nodes);
  const total = nodes.filter((node) => roleOf(node) !== 'witness' && matchesNode(object.spec.matchSelector, node)).length;
  const { arriving, rebooting } = step.kind === 'await' ? step : { arriving: [], rebooting: [] };

  return { step: step.kind, arriving, rebooting, total, done: step.kind === 'await' || step.kind === 'delete' ? total - arriving.length - rebooting.length : 0 };
}

/** A text that changes when the next step of a removal may be another one. */
export function removalKey({ metadata: { resourceVersion } }: CloudInit, nodes: readonly Node[]): string {
  return JSON.stringify([resourceVersion, nodes.map(({ metadata: { name, annotations }, status }) => [
    name, status?.nodeInfo?.bootID, status?.conditions?.find(({ type }) => type === 'Ready')?.status, annotations?.[NODE_ARGS_ANNOTATION],
  ])]);
}
