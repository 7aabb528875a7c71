import { ALL_NODES, type Policy } from './policy';
import { RESERVATIONS, type Settings } from './settings';

/** A policy as the form holds it. */
export interface Draft {
  readonly name: string;
  /** Labels that a node must have, all of them. */
  readonly matchSelector: Readonly<Record<string, string>>;
  /** As typed, so they may be wrong. */
  readonly settings: Settings;
  /** Only where what was before is brought back: otherwise saving leaves it as it is. */
  readonly paused?: boolean;
}

/** A policy as it was before a change: its settings, and of the rest what was different from now. */
export type Former = Pick<Draft, 'settings'> & Partial<Pick<Draft, 'matchSelector' | 'paused'>>;

/** Whether saving the draft pauses (true) or resumes (false) its policy; undefined: neither. */
export function pausedBySaving({ paused }: Draft, policy: Policy | undefined): boolean | undefined {
  return policy && paused !== policy.paused ? paused : undefined;
}

/** A policy as the form begins with it; without settings where nobody can say what it had. */
export function draftOf({ name, matchSelector, contents }: Policy): Draft {
  return { name, matchSelector, settings: contents.kind === 'settings' ? contents.settings : {} };
}

/** The name of a first policy; a number follows where it is taken. */
const FIRST_NAME = 'memory-eviction';

/** A new policy for all nodes, under a name that is free. Its settings are yet to be read from the nodes. */
export function newDraft(taken: readonly string[]): Draft {
  const names = [FIRST_NAME, ...taken.map((_, index) => `${ FIRST_NAME }-${ index + 2 }`)];

  return { name: names.find((name) => !taken.includes(name)) as string, matchSelector: ALL_NODES, settings: {} };
}

/** Settings with others laid over them: eviction maps as a whole, of reservations only what is named. */
export function laidOver(settings: Settings, over: Settings): Settings {
  const reservations = RESERVATIONS.flatMap((setting) => (over[setting] ? [[setting, { ...settings[setting], ...over[setting] }] as const] : []));

  return { ...settings, ...over, ...Object.fromEntries(reservations) };
}
