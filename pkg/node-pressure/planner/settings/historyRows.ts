import type { Former } from './draft';
import type { HistoryEntry } from './history';
import { changesBetween } from './merge';
import type { Policy } from './policy';
import { sameSelector } from './selector';

export interface HistoryRow {
  readonly entry: HistoryEntry;
  /** In how many values the settings before differ from those of now; undefined where either is not known. */
  readonly changes: number | undefined;
  /** The policy before the entry; undefined where there were no settings that we could read. */
  readonly former: Former | undefined;
  /** The newest entry that there is something to go back from. */
  readonly isLast: boolean;
}

function pausedBefore({ action, beforePaused }: HistoryEntry): boolean | undefined {
  return action === 'paused' || action === 'resumed' ? action === 'resumed' : beforePaused;
}

/** The policy before an entry: of nodes and of being paused, what there was before the oldest change of them since. */
function formerOf({ history, matchSelector, paused: isPaused }: Policy, index: number): Former | undefined {
  const settings = history[index]?.before;
  const since = history.slice(0, index + 1);
  const selector = since.map(({ beforeSelector }) => beforeSelector).findLast((each) => each !== undefined);
  const paused = since.map(pausedBefore).findLast((each) => each !== undefined);

  return settings && {
    settings,
    ...(selector && !sameSelector(selector, matchSelector) && { matchSelector: selector }),
    ...(paused !== undefined && paused !== isPaused && { paused }),
  };
}

/** A policy's history, newest first. */
export function historyRows(policy: Policy): HistoryRow[] {
  const { history, contents } = policy;
  const last = history.findIndex(({ before }) => before !== undefined);

  return history.map((entry, index) => ({
    entry,
    changes: entry.before && contents.kind === 'settings' ? changesBetween(entry.before, contents.settings).length : undefined,
    isLast:  index === last,
    former:  formerOf(policy, index),
  }));
}
