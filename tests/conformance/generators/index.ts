/** Every generator of questions, and what makes answers comparable where upstream's order is random. */
import type { Input, Output } from '../protocol';
import * as duration from './duration';
import * as flags from './flags';
import * as quantity from './quantity';
import type { Random } from './random';
import * as resourceList from './resourceList';
import * as thresholds from './thresholds';

/** Makes one question. */
export type Generator = (random: Random) => Input;
/** Brings an answer into the form that is compared. */
export type Normaliser = (output: Output) => Output;

interface Group {
  readonly generators: Readonly<Record<string, Generator>>;
  readonly normalisers?: Readonly<Record<string, Normaliser>>;
}

const GROUPS: readonly Group[] = [
  quantity,
  duration,
  flags,
  resourceList,
  thresholds,
];

export const allGenerators: ReadonlyMap<string, Generator> = new Map(GROUPS.flatMap((group) => Object.entries(group.generators)));
export const allNormalisers: ReadonlyMap<string, Normaliser> = new Map(GROUPS.flatMap((group) => Object.entries(group.normalisers ?? {})));
