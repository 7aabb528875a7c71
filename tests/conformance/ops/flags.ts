import { KubeletError } from '../../../pkg/node-pressure/kubelet/errors';
import { type FlagValue, MapFlag, type Separator } from '../../../pkg/node-pressure/kubelet/flags';
import { BoolFlag, DurationFlag, Int32Flag, StringSliceFlag } from '../../../pkg/node-pressure/kubelet/flagsScalar';
import { FlagSet } from '../../../pkg/node-pressure/kubelet/flagSet';
import { text, textList, textMap } from '../fields';
import type { Operation } from '../protocol';

const MINUTE = 60_000_000_000n;

/** The kubelet's own defaults; a flag that it does not have starts at its kind's zero value. */
const KUBELET_FLAGS: ReadonlyMap<string, () => FlagValue> = new Map(Object.entries<() => FlagValue>({
  'eviction-max-pod-grace-period': () => new Int32Flag(0),
  'max-pods': () => new Int32Flag(110),
  'image-gc-high-threshold': () => new Int32Flag(85),
  'image-gc-low-threshold': () => new Int32Flag(80),
  'fail-swap-on': () => new BoolFlag(true),
  'kernel-memcg-notification': () => new BoolFlag(false),
  'eviction-pressure-transition-period': () => new DurationFlag(5n * MINUTE),
  'enforce-node-allocatable': () => new StringSliceFlag(['pods']),
}));

const ZERO_VALUES: ReadonlyMap<string, () => FlagValue> = new Map(Object.entries<() => FlagValue>({
  int32: () => new Int32Flag(0),
  bool: () => new BoolFlag(false),
  duration: () => new DurationFlag(0n),
  stringSlice: () => new StringSliceFlag([]),
}));

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
    const make = KUBELET_FLAGS.get(text(name)) ?? ZERO_VALUES.get(text(kind));

    if (!make) {
      throw new KubeletError(`unknown kind of flag ${ JSON.stringify(kind) }`);
    }

    const value = make();

    new FlagSet([{ name: text(name), value }, { name: 'help', shorthand: 'h', value: new BoolFlag(false) }]).parse(textList(args));

    return { value: value.toString() };
  },
};
