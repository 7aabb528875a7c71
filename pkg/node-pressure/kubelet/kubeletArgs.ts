/** The kubelet's arguments as RKE2 takes them: `kubelet-arg` entries, and the command line that comes of them. */
import { formatDuration, type Nanoseconds } from './go/duration';
import { type FlagValue, formatMap, MapFlag, type Separator, type StringMap } from './flags';
import { DurationFlag, Int32Flag } from './flagsScalar';
import { FlagSet, normalizeFlagName } from './flagSet';
import { compareStrings } from './go/strings';

/** One argument of the kubelet's command line, its name without dashes in front and with `-` between words. */
export interface KubeletArg {
  readonly name: string;
  readonly value: string;
}

/** The map flags that say when the kubelet evicts and what it reserves, and how each separates key and value. */
export const MAP_FLAG_SEPARATORS = {
  'eviction-hard':              '<',
  'eviction-minimum-reclaim':   '=',
  'eviction-soft':              '<',
  'eviction-soft-grace-period': '=',
  'kube-reserved':              '=',
  'system-reserved':            '=',
} as const satisfies Record<string, Separator>;

export type MapFlagName = keyof typeof MAP_FLAG_SEPARATORS;

export const MAP_FLAG_NAMES = Object.keys(MAP_FLAG_SEPARATORS) as MapFlagName[];

/** A list of kubelet arguments, understood. */
export interface KubeletArgs {
  /** Only the maps that some argument gives; an empty one was given empty. */
  readonly maps: Readonly<Partial<Record<MapFlagName, StringMap>>>;
  /** In seconds, an int32. */
  readonly evictionMaxPodGracePeriod?: number;
  readonly evictionPressureTransitionPeriod?: Nanoseconds;
  /** All other arguments, in the order in which the kubelet gets them. */
  readonly others: readonly KubeletArg[];
}

/** The values of each name, before anything is normalised: `eviction_hard` is another name to RKE2. */
function collectValues(entries: readonly string[], defaults: Readonly<StringMap>): Map<string, string[]> {
  const values = new Map<string, string[]>();
  const unused = new Map(Object.entries(defaults));

  for (const entry of entries) {
    const [, written, value = 'true'] = /^(?:--)?([^=]*)(?:=([^]*))?$/.exec(entry) as unknown as readonly [string, string, string | undefined];
    const name = trimModifiers(written);
    const initial = unused.get(name);
    const before = [...(initial !== undefined && /[+-]$/.test(written) ? [initial] : []), ...(values.get(name) ?? [])];

    values.set(name, written.endsWith('-') ? [value, ...before] : [...before, value]);
    unused.delete(name);
  }
  unused.forEach((value, name) => values.set(name, [value]));

  return values;
}

function trimModifiers(name: string): string {
  let end = name.length;

  while (name[end - 1] === '+' || name[end - 1] === '-') {
    end--;
  }

  return name.slice(0, end);
}

/**
 * The kubelet's command line for a list of `kubelet-arg` entries: `name=value` replaces a default of that name,
 * `name+=value` comes after it, `name-=value` before it and before earlier entries; entries of one name keep their
 * order, names are sorted, a name alone means `true`.
 *
 * Follows GetArgs of k3s pkg/util/args.go. `defaults` are the arguments that RKE2 itself passes.
 */
export function expandKubeletArgs(entries: readonly string[], defaults: Readonly<StringMap> = {}): KubeletArg[] {
  return [...collectValues(entries, defaults)]
    .sort(([a], [b]) => compareStrings(a, b))
    .flatMap(([name, values]) => values.map((value) => ({ name: normalizeFlagName(name.replace(/^--/, '')), value })));
}

/**
 * Reads `kubelet-arg` entries the way RKE2 and then the kubelet do.
 *
 * Throws KubeletError with the text of the kubelet that would not start: `invalid argument "…" for "--…" flag: …`.
 * Names and values of `others` are not checked.
 */
export function readKubeletArgs(entries: readonly string[], defaults?: Readonly<StringMap>): KubeletArgs {
  const maps = MAP_FLAG_NAMES.map((name) => ({ name, value: new MapFlag(MAP_FLAG_SEPARATORS[name], null) }));
  const grace = { name: 'eviction-max-pod-grace-period', value: new Int32Flag(0) };
  const transition = { name: 'eviction-pressure-transition-period', value: new DurationFlag(0n) };
  const flags = new FlagSet([...maps, grace, transition]);
  const args = expandKubeletArgs(entries, defaults);
  const known = args.filter(({ name }) => flags.lookup(name));
  const isGiven = (flag: { name: string; value: FlagValue }): boolean => known.some(({ name }) => name === flag.name);

  flags.parse(known.map(({ name, value }) => `--${ name }=${ value }`));

  return {
    maps:   Object.fromEntries(maps.filter(isGiven).map(({ name, value }) => [name, value.value])),
    ...(isGiven(grace) && { evictionMaxPodGracePeriod: grace.value.value }),
    ...(isGiven(transition) && { evictionPressureTransitionPeriod: transition.value.value }),
    others: args.filter(({ name }) => !flags.lookup(name)),
  };
}

/**
 * Arguments as `kubelet-arg` entries in canonical form: one `name=value` for each, sorted by name, maps sorted by pair.
 * The same arguments always give the same text; reading it again gives the same arguments.
 */
export function formatKubeletArgs(args: KubeletArgs): string[] {
  const maps = MAP_FLAG_NAMES.flatMap((name) => {
    const map = args.maps[name];

    return map ? [{ name, value: formatMap(MAP_FLAG_SEPARATORS[name], map) }] : [];
  });
  const grace = args.evictionMaxPodGracePeriod;
  const transition = args.evictionPressureTransitionPeriod;
  const all: KubeletArg[] = [
    ...maps,
    ...(grace === undefined ? [] : [{ name: 'eviction-max-pod-grace-period', value: String(grace) }]),
    ...(transition === undefined ? [] : [{ name: 'eviction-pressure-transition-period', value: formatDuration(transition) }]),
    ...args.others,
  ];

  return all.sort((a, b) => compareStrings(a.name, b.name)).map(({ name, value }) => `${ name }=${ value }`);
}
