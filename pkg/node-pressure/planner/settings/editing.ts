/** A policy under the hands of an admin: what was there, what is there now, and the way back. */
import type { Draft, Former } from './draft';
import { fieldId, withValue } from './fields';
import { fingerprint } from './fingerprint';
import type { SettingField, Settings } from './settings';

interface State {
  readonly draft: Draft;
  /** Inputs, by {@link fieldId}, that were changed by hand: a value that differs between nodes has been decided about. */
  readonly decided: readonly string[];
  /** The settings are still those that the nodes have, and follow them. */
  readonly follows: boolean;
}

export interface Editing extends State {
  /** What the form started from. */
  readonly start: Draft;
  /** Oldest first. */
  readonly past: readonly State[];
  /** What was changed last: typing in one input is one change. */
  readonly last?: string;
}

export type Change =
  | { readonly kind: 'name'; readonly name: string }
  | { readonly kind: 'nodes'; readonly matchSelector: Draft['matchSelector'] }
  | { readonly kind: 'field'; readonly field: SettingField; readonly text: string }
  | { readonly kind: 'settings'; readonly settings: Settings }
  | { readonly kind: 'former'; readonly former: Former };

/** @param follows the settings are those of the nodes, and become what is read of them, until somebody changes them */
export function beginEditing(start: Draft, follows: boolean): Editing {
  return { start, draft: start, decided: [], follows, past: [] };
}

function changed({ draft, decided, follows }: State, start: Draft, change: Change): State {
  switch (change.kind) {
  case 'name':
    return { draft: { ...draft, name: change.name }, decided, follows };
  case 'nodes':
    return { draft: { ...draft, matchSelector: change.matchSelector }, decided, follows };
  case 'field':
    return {
      draft:   { ...draft, settings: withValue(draft.settings, start.settings, change.field, change.text) },
      decided: [...new Set([...decided, fieldId(change.field)])],
      follows: false,
    };
  case 'settings':
    return { draft: { ...draft, settings: change.settings }, decided: [], follows: false };
  default:
    return { draft: { ...start, name: draft.name, ...change.former }, decided: [], follows: false };
  }
}

export function applyChange(editing: Editing, change: Change): Editing {
  const { start, past, last, draft, decided, follows } = editing;
  const what = change.kind === 'field' ? fieldId(change.field) : change.kind;
  const isTyping = what === last && (change.kind === 'name' || change.kind === 'field');

  return { start, ...changed(editing, start, change), past: isTyping ? past : [...past, { draft, decided, follows }], last: what };
}

/** Takes the last change back; nothing happens when there is none. */
export function undoChange(editing: Editing): Editing {
  const before = editing.past.at(-1);

  return before ? { start: editing.start, ...before, past: editing.past.slice(0, -1) } : editing;
}

/** What the nodes have, now that more is known of them: taken over as long as nobody has changed the settings. */
export function followNodes(editing: Editing, settings: Settings): Editing {
  const { start, draft, past, follows } = editing;

  return follows ? {
    ...editing,
    start: { ...start, settings },
    draft: { ...draft, settings },
    past:  past.map((state) => ({ ...state, draft: { ...state.draft, settings } })),
  } : editing;
}

/** Whether there is anything to lose. */
export function isDirty({ start, draft }: Editing): boolean {
  return fingerprint(start) !== fingerprint(draft);
}
