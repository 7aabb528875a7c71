/** Two changes of the same settings brought together: nothing that either side changed is lost without a word. */
import { EVICTION_MAPS, MAP_SETTINGS, RESERVATIONS, SCALAR_SETTINGS, entryOf, type MapSetting, type SettingField, type SettingName, type Settings } from './settings';

type TextMap = Readonly<Record<string, string>>;

/** An input that both sides changed, each to something else. Undefined: not written. */
export interface MergeConflict {
  readonly field: SettingField;
  readonly base: string | number | TextMap | undefined;
  readonly mine: string | number | TextMap | undefined;
  readonly theirs: string | number | TextMap | undefined;
}

export interface MergeResult {
  /** Both sides' changes; of every conflict, mine. */
  readonly merged: Settings;
  readonly conflicts: readonly MergeConflict[];
}

interface Side<T> { readonly base: T; readonly mine: T; readonly theirs: T }

interface Merged<T> { readonly value: T; readonly conflicts: readonly MergeConflict[] }

function sameMap(a: TextMap | undefined, b: TextMap | undefined): boolean {
  return a === b || (a !== undefined && b !== undefined && Object.keys(a).length === Object.keys(b).length && Object.entries(a).every(([key, text]) => entryOf(b, key) === text));
}

/** One value: whoever changed it is right; both only if they agree. */
function mergeValue<T extends MergeConflict['base']>(field: SettingField, { base, mine, theirs }: Side<T>, same: (a: T, b: T) => boolean): Merged<T> {
  if (same(mine, theirs) || same(theirs, base)) {
    return { value: mine, conflicts: [] };
  }

  return same(mine, base) ? { value: theirs, conflicts: [] } : { value: mine, conflicts: [{ field, base, mine, theirs }] };
}

const equal = <T>(a: T, b: T): boolean => a === b;

/**
 * A map, key by key. Where one side stops writing an eviction map as a whole, other layers come to hold in its place:
 * that is one change, which no key of the other side's goes together with.
 */
function mergeMap(setting: MapSetting, side: Side<TextMap | undefined>): Merged<TextMap | undefined> {
  const { base, mine, theirs } = side;

  if (!mine || !theirs) {
    return base || !(mine ?? theirs) ? mergeValue({ setting }, side, sameMap) : { value: mine ?? theirs, conflicts: [] };
  }
  const keys = [...new Set([base ?? {}, mine, theirs].flatMap(Object.keys))];
  const merged = keys.map((key) => ({ key, ...mergeValue<string | undefined>({ setting, key }, { base: entryOf(base, key), mine: entryOf(mine, key), theirs: entryOf(theirs, key) }, equal) }));

  return {
    value:     Object.fromEntries(merged.flatMap(({ key, value }) => (value === undefined ? [] : [[key, value]]))),
    conflicts: merged.flatMap(({ conflicts }) => conflicts),
  };
}

/**
 * Three-way merge of parsed settings, input by input.
 *
 * @param base what both sides started from
 * @param mine what is in the form
 * @param theirs what has been saved meanwhile
 */
export function mergeSettings(base: Settings, mine: Settings, theirs: Settings): MergeResult {
  const of = <K extends SettingName>(setting: K): Side<Settings[K]> => ({ base: base[setting], mine: mine[setting], theirs: theirs[setting] });
  const parts: (Merged<MergeConflict['base']> & { setting: SettingName })[] = [
    ...MAP_SETTINGS.map((setting) => ({ setting, ...mergeMap(setting, of(setting)) })),
    ...SCALAR_SETTINGS.map((setting) => ({ setting, ...mergeValue<string | number | undefined>({ setting }, of(setting), equal) })),
  ];

  return {
    merged:    Object.fromEntries(parts.flatMap(({ setting, value }) => (value === undefined ? [] : [[setting, value]]))),
    conflicts: parts.flatMap(({ conflicts }) => conflicts),
  };
}

/** An input whose value differs between two settings. */
export interface SettingChange {
  readonly field: SettingField;
  readonly before: string | number | undefined;
  readonly after: string | number | undefined;
}

/** What differs between two settings, input by input; an empty map and none are the same here. */
export function changesBetween(before: Settings, after: Settings): SettingChange[] {
  const maps = [...EVICTION_MAPS, ...RESERVATIONS].flatMap((setting) => [...new Set([before[setting] ?? {}, after[setting] ?? {}].flatMap(Object.keys))].sort()
    .map((key) => ({ field: { setting, key }, before: entryOf(before[setting], key), after: entryOf(after[setting], key) })));
  const scalars = SCALAR_SETTINGS.map((setting) => ({ field: { setting }, before: before[setting], after: after[setting] }));

  return [...maps, ...scalars].filter((change) => change.before !== change.after);
}
