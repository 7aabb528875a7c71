import type { HistoryEntry } from './history';
import { changesBetween } from './merge';
import type { Policy } from './policy';

export interface HistoryRow {
  readonly entry: HistoryEntry;
  /** In how many values the settings before differ from those of now; undefined where either is not known. */
  readonly changes: number | undefined;
  /** The newest entry that there is something to go back from. */
  readonly isLast: boolean;
}

/** A policy's history, newest first. */
export function historyRows({ history, contents }: Policy): HistoryRow[] {
  const last = history.findIndex(({ before }) => before !== undefined);

  return history.map((entry, index) => ({
    entry,
    changes: entry.before && contents.kind === 'settings' ? changesBetween(entry.before, contents.settings).length : undefined,
    isLast:  index === last,
  }));
}
