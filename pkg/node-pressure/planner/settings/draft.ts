import type { Settings } from './settings';

/** A policy as the form holds it. Whether it is paused is not edited there. */
export interface Draft {
  readonly name: string;
  /** Labels that a node must have, all of them. */
  readonly matchSelector: Readonly<Record<string, string>>;
  /** As typed, so they may be wrong. */
  readonly settings: Settings;
}
