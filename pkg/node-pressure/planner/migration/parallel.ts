import { type Candidate, demand } from './candidate';
import type { MigrationCluster } from './cluster';
import { countAtOnce } from './count';
import type { Count } from './report';
import type { Room } from './room';

/** A VM that may migrate, the quotas aside. */
export interface Mover {
  readonly candidate: Candidate;
  /** The node that it would leave. */
  readonly node: string;
}

function atLeastZero(amount: number): bigint {
  return BigInt(Math.max(0, amount));
}

/** How many of the VMs can migrate at once as far as quotas go: they were all begun, so that all raises are there. */
export function countByQuota(movers: readonly Mover[], rooms: readonly Room[]): Count {
  return countAtOnce(movers.map(({ candidate }) => rooms.map((room) => demand(candidate, room))), rooms.map(({ left }) => left));
}

/** The same within KubeVirt's limits for the cluster and for each node, of which migrations that run hold places. */
export function countInParallel(movers: readonly Mover[], rooms: readonly Room[], { limits, running, outbound }: MigrationCluster): Count {
  const nodes = [...new Set(movers.map(({ node }) => node))];
  const places = [atLeastZero(limits.perCluster - running), ...nodes.map((node) => atLeastZero(limits.perNode - (outbound.get(node) ?? 0)))];
  const demands = movers.map(({ candidate, node }) => [1n, ...nodes.map((one) => (one === node ? 1n : undefined)), ...rooms.map((room) => demand(candidate, room))]);

  return countAtOnce(demands, [...places, ...rooms.map(({ left }) => left)]);
}
