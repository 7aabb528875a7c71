import { KubeletError } from '../../../pkg/node-pressure/kubelet/errors';
import type { FlagKind } from '../../../pkg/node-pressure/kubelet/config/flagTable';
import { MapFlag, type Separator } from '../../../pkg/node-pressure/kubelet/flags';
import { FlagSet, normalizeFlagName } from '../../../pkg/node-pressure/kubelet/flagSet';
import { text, textList, textMap } from '../fields';
import type { Operation } from '../protocol';
import { kubeletFlags, zeroFlag } from './kubeletFlags';

/** The protocol's names of kinds. */
const KINDS: ReadonlyMap<string, FlagKind> = new Map([['int32', 'int32'], ['bool', 'bool'], ['duration', 'duration'], ['stringSlice', 'strings']]);

/** The flag that a word of a command line names, if it names one. */
const nameIn = (word: string): string => normalizeFlagName(word.split('=', 1).join('').replace(/^--/, ''));

/** The error's text, or an empty one when all went well. */
function errorOf(action: () => void): string {
  try {
    action();

    return '';
  } catch (error) {
    if (error instanceof KubeletError) {
      return error.message;
    }
    throw error;
  }
}

export const ops: Record<string, Operation> = {
  'flags.map': ({ separator, initial, sets }) => {
    const flag = new MapFlag(text(separator) as Separator, textMap(initial));
    const errors = textList(sets).map((value) => errorOf(() => flag.set(value)));

    return { result: flag.value, string: flag.toString(), errors };
  },
  'flags.scalar': ({ kind, flag: name, args }) => {
    const words = textList(args);
    const known = kubeletFlags(['help', 'v', text(name), ...words.map(nameIn)]);
    const flagKind = KINDS.get(text(kind));

    // A name that the kubelet does not have stands for a flag of that kind without a default
    if (flagKind && !known.some((flag) => flag.name === name)) {
      known.push({ name: text(name), value: zeroFlag(flagKind) });
    }

    const flags = new FlagSet(known);

    flags.parse(words);

    const flag = flags.lookup(text(name));

    if (!flag) {
      throw new KubeletError(`unknown kind of flag ${ JSON.stringify(kind) }`);
    }

    return { value: flag.value.toString() };
  },
};
