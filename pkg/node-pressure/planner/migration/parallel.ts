import { type Candidate, demand } from './candidate';
import type { MigrationCluster } from './cluster';
import { countAtOnce } from './count';
import { fitOf } from './fit';
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

/** Where only a compensation lets a VM go, it lets one go; how many more the rest of it holds is not said. */
function orOne(count: Count, movers: readonly Mover[], rooms: readonly Room[], { canCompensate }: MigrationCluster): Count {
  return count.count === 0 && movers.some(({ candidate }) => fitOf(candidate, rooms, canCompensate).obstacles.length === 0) ? { count: 1, exact: false } : count;
}

/** How many of the VMs can migrate at once as far as quotas go: they were all begun, so that all raises are there. */
export function countByQuota(movers: readonly Mover[], rooms: readonly Room[], cluster: MigrationCluster): Count {
  return orOne(countAtOnce(movers.map(({ candidate }) => rooms.map((room) => demand(candidate, room))), rooms.map(({ left }) => left)), movers, rooms, cluster);
}

/** The same within KubeVirt's limits for the cluster and for each node, of which migrations that run hold places. */
export function countInParallel(movers: readonly Mover[], rooms: readonly Room[], cluster: MigrationCluster): Count {
  const { limits, running, outbound } = cluster;
  const nodes = [...new Set(movers.map(({ node }) => node))];
  const placesOn = (node: string): number => limits.perNode - (outbound.get(node) ?? 0);
  const places = [atLeastZero(limits.perCluster - running), ...nodes.map((node) => atLeastZero(placesOn(node)))];
  const demands = movers.map(({ candidate, node }) => [1n, ...nodes.map((one) => (one === node ? 1n : undefined)), ...rooms.map((room) => demand(candidate, room))]);

  const count = countAtOnce(demands, [...places, ...rooms.map(({ left }) => left)]);

  return running < limits.perCluster ? orOne(count, movers.filter(({ node }) => placesOn(node) > 0), rooms, cluster) : count;
}
