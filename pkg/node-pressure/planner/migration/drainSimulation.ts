import { type Candidate, demand } from './candidate';
import { type Fit, fitOf } from './fit';
import type { Room } from './room';

/** A VM that is to leave the node. */
export interface Leaver {
  readonly candidate: Candidate;
  readonly namespace: string;
  /** Of its namespace, before the drain. */
  readonly rooms: readonly Room[];
}

/** What became of one of them: the batch in which it went, from 1, or what its quota lacked when no other could go any more. */
export type Leave =
  | { readonly batch: number; readonly fit?: undefined }
  | { readonly batch?: undefined; readonly fit: Fit };

export interface DrainQuestion {
  readonly leavers: readonly Leaver[];
  /** How many may go at a time. */
  readonly places: number;
  readonly canCompensate: boolean;
}

/**
 * A namespace's limits as one of its VMs meets them: raised for all that wait or run, and used by those that run.
 * Evictions begin all migrations, and a raise comes before its pod.
 */
function roomsFor(leaver: Leaver, waiting: readonly Leaver[], running: readonly Leaver[]): Room[] {
  const others = (list: readonly Leaver[]): Candidate[] => list.filter((one) => one !== leaver && one.namespace === leaver.namespace).map(({ candidate }) => candidate);
  const [raised, used] = [[...others(waiting), ...others(running)], others(running)];

  return leaver.rooms.map((room) => {
    const raise = room.isRaised ? raised.reduce((sum, candidate) => sum + (candidate.raise[room.resource] ?? 0n), 0n) : 0n;
    const taken = used.reduce((sum, candidate) => sum + (demand(candidate, { ...room, isRaised: false }) ?? 0n), 0n);

    return { ...room, left: room.left + raise - taken, compensates: room.compensates && raised.length === 0 };
  });
}

/**
 * Who gets away, batch by batch: as many of those that fit as there are places, in the order given, and the next batch
 * when they have all arrived and given back what they took. KubeVirt goes on as soon as one has; that changes when a VM
 * goes, not whether. Who waits when nobody runs any more waits for ever.
 */
export function drainBatches({ leavers, places, canCompensate }: DrainQuestion): Map<Leaver, Leave> {
  const result = new Map<Leaver, Leave>();
  const fit = (leaver: Leaver, waiting: readonly Leaver[], running: readonly Leaver[]): Fit => fitOf(leaver.candidate, roomsFor(leaver, waiting, running), canCompensate);
  let waiting = [...leavers];

  for (let batch = 1; waiting.length > 0; batch += 1) {
    const running: Leaver[] = [];

    for (const leaver of waiting) {
      if (running.length < places && fit(leaver, waiting.filter((one) => !running.includes(one)), running).obstacles.length === 0) {
        running.push(leaver);
      }
    }
    if (running.length === 0) {
      break;
    }
    running.forEach((leaver) => result.set(leaver, { batch }));
    waiting = waiting.filter((leaver) => !running.includes(leaver));
  }
  waiting.forEach((leaver) => result.set(leaver, { fit: fit(leaver, waiting, []) }));

  return result;
}
