import type { Amounts, QuotaResource } from './need';
import type { Room } from './room';

/** A VM's migration against the quotas of its namespace. */
export interface Candidate {
  readonly need: Amounts;
  /** What Harvester adds to its own quota for it. */
  readonly raise: Partial<Record<QuotaResource, bigint>>;
}

/** The limit that stops a migration. */
export interface Obstacle {
  readonly quota: string;
  readonly resource: QuotaResource;
  /** By how much the limit is too low. */
  readonly missing: bigint;
  /** Use is within the base, the raise came, and yet the rest does not fit: no compensation comes either. */
  readonly deadZone: boolean;
}

export interface Fit {
  /** In the order of the quotas; empty for a migration that can begin. */
  readonly obstacles: readonly Obstacle[];
  /** Whether it can begin only because Harvester raises the quota. */
  readonly byRaise: boolean;
  /** Whether the quota turns it away first, until Harvester compensates. */
  readonly byCompensation: boolean;
}

/** What Harvester adds beyond what is missing when it compensates. */
const COMPENSATION_EXTRA = 128n << 20n;

/** What of the need has to fit into what is left. */
export function demand({ need, raise }: Candidate, { resource, raised }: Room): bigint {
  return need[resource] - (raised ? raise[resource] ?? 0n : 0n);
}

/** Whether the quotas let a migration begin now. */
export function fitOf(candidate: Candidate, rooms: readonly Room[]): Fit {
  const compensated = (room: Room): boolean => room.compensates && demand(candidate, room) <= COMPENSATION_EXTRA;
  const tight = rooms.filter((room) => demand(candidate, room) > room.left);
  const obstacles = tight.filter((room) => !compensated(room)).map((room) => ({
    quota: room.quota, resource: room.resource, missing: demand(candidate, room) - room.left, deadZone: room.raised && room.left >= 0n,
  }));

  return {
    obstacles,
    byRaise:        obstacles.length === 0 && rooms.some((room) => candidate.need[room.resource] > room.left),
    byCompensation: obstacles.length === 0 && tight.length > 0,
  };
}
