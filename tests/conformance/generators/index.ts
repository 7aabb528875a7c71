/** Every generator of questions, and what makes answers comparable where upstream's order is random. */
import type { Input, Output } from '../protocol';
import * as admission from './admission';
import * as allocatable from './allocatable';
import * as configLoad from './configLoad';
import * as configValidate from './configValidate';
import * as duration from './duration';
import * as eviction from './eviction';
import * as flags from './flags';
import * as memoryQos from './memoryQos';
import * as podResources from './podResources';
import * as qos from './qos';
import * as quantity from './quantity';
import type { Random } from './random';
import * as resize from './resize';
import * as resourceList from './resourceList';
import * as swap from './swap';
import * as thresholds from './thresholds';

/** Makes one question. */
export type Generator = (random: Random) => Input;
/** Brings an answer into the form that is compared. */
export type Normaliser = (output: Output) => Output;

interface Group {
  readonly generators: Readonly<Record<string, Generator>>;
  readonly normalisers?: Readonly<Record<string, Normaliser>>;
  /** Questions that every set of vectors holds: known quirks, which a generator may miss. */
  readonly corners?: readonly Input[];
  /** How many questions of an operation are asked, in proportion to others; less than 1 where each costs the oracle much. */
  readonly shares?: Readonly<Record<string, number>>;
}

const GROUPS: readonly Group[] = [
  quantity,
  duration,
  flags,
  configLoad,
  configValidate,
  resourceList,
  thresholds,
  eviction,
  allocatable,
  podResources,
  qos,
  swap,
  admission,
  memoryQos,
  resize,
];

export const allGenerators: ReadonlyMap<string, Generator> = new Map(GROUPS.flatMap((group) => Object.entries(group.generators)));
export const allNormalisers: ReadonlyMap<string, Normaliser> = new Map(GROUPS.flatMap((group) => Object.entries(group.normalisers ?? {})));
export const allCorners: readonly Input[] = GROUPS.flatMap((group) => group.corners ?? []);
export const allShares: ReadonlyMap<string, number> = new Map(GROUPS.flatMap((group) => Object.entries(group.shares ?? {})));
