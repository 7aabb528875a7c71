/** A draft brought onto what somebody else has saved meanwhile. Nothing that either side changed is lost without a word. */
import { draftOf, type Draft } from './draft';
import { changesBetween, mergeSettings, type MergeConflict, type SettingChange } from './merge';
import type { Policy } from './policy';
import { sameSelector } from './selector';
import type { Settings } from './settings';

type Selector = Draft['matchSelector'];

/** Both sides chose other nodes. */
export interface SelectorConflict {
  readonly base: Selector;
  readonly mine: Selector;
  readonly theirs: Selector;
}

/** Whose value holds where both changed the same thing. */
export type Choice = 'mine' | 'theirs';

/**
 * `merged`: both sides' changes, and of every conflict mine, until somebody chooses. `taken`: there was no such policy when
 * the draft was begun. `removal`, `foreign`: the policy is being taken from its nodes, or its contents were edited
 * by hand: there is nothing to merge with, only to look at.
 */
export type Rebased =
  | { readonly kind: 'merged'; readonly draft: Draft; readonly conflicts: readonly MergeConflict[]; readonly selector?: SelectorConflict; readonly theirs: readonly SettingChange[]; readonly theirSelector?: Selector }
  | { readonly kind: 'taken' | 'removal' | 'foreign' };

/** Whoever changed the nodes is right; both only if they agree. */
function mergeSelector({ base, mine, theirs }: SelectorConflict): { readonly matchSelector: Selector; readonly selector?: SelectorConflict } {
  if (sameSelector(mine, base)) {
    return { matchSelector: theirs };
  }

  return { matchSelector: mine, ...(!sameSelector(theirs, base) && !sameSelector(theirs, mine) && { selector: { base, mine, theirs } }) };
}

/**
 * @param base what the draft was made from; undefined for a new policy
 * @param mine what is in the form
 * @param live what has been saved meanwhile
 */
export function rebaseDraft(base: Policy | undefined, mine: Draft, live: Policy): Rebased {
  if (!base) {
    return { kind: 'taken' };
  }
  if (live.contents.kind !== 'settings') {
    return { kind: live.contents.kind };
  }
  const before = draftOf(base).settings;
  const { merged, conflicts } = mergeSettings(before, mine.settings, live.contents.settings);
  const { matchSelector, selector } = mergeSelector({ base: base.matchSelector, mine: mine.matchSelector, theirs: live.matchSelector });

  return {
    kind:  'merged',
    draft: { ...mine, settings: merged, matchSelector },
    conflicts,
    ...(selector && { selector }),
    theirs: changesBetween(before, live.contents.settings),
    ...(!sameSelector(live.matchSelector, base.matchSelector) && { theirSelector: live.matchSelector }),
  };
}

function withTheirs(settings: Settings, { field: { setting, key }, theirs }: MergeConflict): Settings {
  const value = key === undefined ? theirs : { ...settings[setting] as object, [key]: theirs };
  const present = (object: object): object => Object.fromEntries(Object.entries(object).filter(([, each]) => each !== undefined));

  return present({ ...settings, [setting]: typeof value === 'object' ? present(value) : value });
}

/**
 * The merged draft with what was chosen in each conflict.
 *
 * @param choices in the order of the conflicts
 */
export function resolveConflicts({ draft, conflicts, selector }: Extract<Rebased, { kind: 'merged' }>, choices: readonly Choice[], selectorChoice: Choice): Draft {
  const settings = conflicts.reduce((merged, conflict, index) => (choices[index] === 'theirs' ? withTheirs(merged, conflict) : merged), draft.settings);

  return { ...draft, settings, ...(selector && selectorChoice === 'theirs' && { matchSelector: selector.theirs }) };
}
