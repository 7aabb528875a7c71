import type { Draft } from './draft';
import type { HistoryEntry } from './history';
import { changesBetween } from './merge';
import type { Policy } from './policy';
import { sameSelector } from './selector';

export interface HistoryRow {
  readonly entry: HistoryEntry;
  /** In how many values the settings before differ from those of now; undefined where either is not known. */
  readonly changes: number | undefined;
  /** The nodes that the policy was for before, as far as they are others than now. */
  readonly selector?: Draft['matchSelector'];
  /** The newest entry that there is something to go back from. */
  readonly isLast: boolean;
}

/** The nodes before an entry: those of the oldest change of them since. */
function selectorBefore({ history, matchSelector }: Policy, index: number): Pick<HistoryRow, 'selector'> {
  const selector = history.slice(0, index + 1).flatMap(({ beforeSelector }) => (beforeSelector ? [beforeSelector] : [])).at(-1);

  return selector && !sameSelector(selector, matchSelector) ? { selector } : {};
}

/** A policy's history, newest first. */
export function historyRows(policy: Policy): HistoryRow[] {
  const { history, contents } = policy;
  const last = history.findIndex(({ before }) => before !== undefined);

  return history.map((entry, index) => ({
    entry,
    changes: entry.before && contents.kind === 'settings' ? changesBetween(entry.before, contents.settings).length : undefined,
    isLast:  index === last,
    ...selectorBefore(policy, index),
  }));
}
