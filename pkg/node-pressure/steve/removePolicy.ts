import type { Node } from '../harvester/node';
import type { HistoryEntry } from '../planner/settings/history';
import { announcedRemoval, nextRemovalStep, notedRemoval, type RemovalStep } from '../planner/settings/removal';
import type { StoredCloudInit } from './cloudInits';
import { deletePolicy, type DeleteOutcome } from './deletePolicy';
import { savePolicy, type SaveOutcome } from './policies';
import type { ClusterAccess } from './request';

/** Begins to take a policy's settings from its nodes: the first step, which takes the admin's word. */
export function announceRemoval(access: ClusterAccess, object: StoredCloudInit, entry: HistoryEntry, signal: AbortSignal): Promise<SaveOutcome | undefined> {
  return savePolicy(access, announcedRemoval(object, entry), object, signal);
}

/** Where a removal stands, and how the step ended that was due. */
export interface RemovalProgress {
  readonly step: RemovalStep;
  readonly outcome?: SaveOutcome | DeleteOutcome;
}

/**
 * Takes the step of a removal that is due, if one is: to be called whenever the object or the nodes change. It never
 * announces one, so a policy that somebody has saved anew meanwhile stays. A conflict needs nothing but the next call.
 *
 * @returns undefined once `signal` is aborted
 */
export async function advanceRemoval(access: ClusterAccess, object: StoredCloudInit, nodes: readonly Node[], signal: AbortSignal): Promise<RemovalProgress | undefined> {
  const step = nextRemovalStep(object, nodes);

  switch (step.kind) {
  case 'note':
  case 'delete': {
    const outcome = await (step.kind === 'note' ? savePolicy(access, notedRemoval(object, nodes), object, signal) : deletePolicy(access, object, signal));

    return outcome && { step, outcome };
  }
  default:
    return { step };
  }
}
