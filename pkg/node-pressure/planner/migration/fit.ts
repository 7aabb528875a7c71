import { LIMITS_MEMORY } from '../../harvester/migration/keys';
import { type Candidate, demand } from './candidate';
import type { Room } from './room';

/**
 * How a limit stops a migration: `quota` – it is too low; `deadZone` – Harvester raises it, but not by what the console log
 * and hot-plugged volumes need, and compensates only once more is used than it allows; `secondCompensation` – it was
 * compensated already, and a second one would come instead of the first, or not at all: nothing changes before a migration ends.
 */
export type ObstacleKind = 'quota' | 'deadZone' | 'secondCompensation';

/** The limit that stops a migration. */
export interface Obstacle {
  readonly kind: ObstacleKind;
  readonly quota: string;
  readonly resource: string;
  /** By how much the limit is too low. */
  readonly missing: bigint;
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

function kindOf(candidate: Candidate, { isRaised, resource, left, compensation }: Room, canCompensate: boolean): ObstacleKind {
  if (!isRaised || resource !== LIMITS_MEMORY || !canCompensate) {
    return 'quota';
  }
  if (compensation > 0n) {
    return 'secondCompensation';
  }

  return left >= 0n && (candidate.isRaised || candidate.raise[resource]) ? 'deadZone' : 'quota';
}

/**
 * Whether Harvester makes room for what does not fit: for a launcher that was turned away. Nobody notes that the pods which
 * follow it were.
 */
function isCompensated(candidate: Candidate, room: Room, amount: bigint): boolean {
  const ofLauncher = demand({ ...candidate, needs: candidate.launcherNeeds }, room);

  return room.compensates && amount <= COMPENSATION_EXTRA && ofLauncher !== undefined && ofLauncher > room.left;
}

/** Whether the quotas let a migration begin now. Values that a pod lacks are not looked at here. */
export function fitOf(candidate: Candidate, rooms: readonly Room[], canCompensate: boolean): Fit {
  const wanted = rooms.flatMap((room) => {
    const amount = demand(candidate, room);

    return amount === undefined ? [] : [{ room, amount }];
  });
  const tight = wanted.filter(({ room, amount }) => amount > room.left);
  const obstacles = tight.filter(({ room, amount }) => !isCompensated(candidate, room, amount)).map(({ room, amount }) => ({
    kind: kindOf(candidate, room, canCompensate), quota: room.quota, resource: room.resource, missing: amount - room.left,
  }));

  return {
    obstacles,
    byRaise:        obstacles.length === 0 && wanted.some(({ room }) => (demand(candidate, { ...room, isRaised: false }) as bigint) > room.left),
    byCompensation: obstacles.length === 0 && tight.length > 0,
  };
}
