/** The inputs of the form: which there are, and how one of them is read and changed. */
import { SIGNALS } from '../../kubelet/signals';
import { entryOf, EVICTION_MAPS, type MapSetting, type SettingField, type Settings } from './settings';

/** Tells inputs apart. */
export function fieldId({ setting, key = '' }: SettingField): string {
  return `${ setting }/${ key }`;
}

/** What an input holds; empty where it is not set. */
export function valueAt(settings: Settings, { setting, key }: SettingField): string {
  switch (setting) {
  case 'evictionMaxPodGracePeriod':
  case 'evictionPressureTransitionPeriod':
    return String(settings[setting] ?? '');
  default:
    return entryOf(settings[setting], key as string) ?? '';
  }
}

function withoutKey<T extends object>(object: T, key: string): T {
  return Object.fromEntries(Object.entries(object).filter(([each]) => each !== key)) as T;
}

/**
 * A map without one of its entries. Without the last one, an eviction map that was there before stays, empty: left out, the
 * kubelet would fall back to what other layers say, which nobody chose.
 */
function withoutEntry(settings: Settings, before: Settings, setting: MapSetting, key: string): Settings {
  const rest = withoutKey(settings[setting] ?? {}, key);
  const isNeeded = Object.keys(rest).length > 0 || ((EVICTION_MAPS as readonly MapSetting[]).includes(setting) && before[setting] !== undefined);

  return isNeeded ? { ...settings, [setting]: rest } : withoutKey(settings, setting);
}

/**
 * Settings with another text in one input; an empty one takes it away.
 *
 * @param before what the form started from
 */
export function withValue(settings: Settings, before: Settings, { setting, key }: SettingField, text: string): Settings {
  switch (setting) {
  case 'evictionMaxPodGracePeriod':
    return text === '' ? withoutKey(settings, setting) : { ...settings, [setting]: Number(text) };
  case 'evictionPressureTransitionPeriod':
    return text === '' ? withoutKey(settings, setting) : { ...settings, [setting]: text };
  default:
    return text === '' ? withoutEntry(settings, before, setting, key as string) : { ...settings, [setting]: { ...settings[setting], [key as string]: text } };
  }
}

/** The signals of every node. Those of a separate filesystem for containers follow from others, and the pods' cgroup from memory. */
const USUAL_SIGNALS: readonly string[] = SIGNALS.filter((signal) => !signal.startsWith('containerfs.') && signal !== 'allocatableMemory.available');

const USUAL_RESOURCES: readonly string[] = ['memory', 'ephemeral-storage', 'pid'];

function keysIn(usual: readonly string[], settings: readonly MapSetting[], among: readonly Settings[]): string[] {
  const found = among.flatMap((each) => settings.flatMap((setting) => Object.keys(each[setting] ?? {})));

  return [...usual, ...[...new Set(found)].filter((key) => !usual.includes(key)).sort()];
}

/** The rows of the form's tables, by what they are about. */
export interface FormRows {
  readonly hard: readonly string[];
  readonly soft: readonly string[];
  readonly reserved: readonly string[];
}

/** The usual rows, and one for everything else that any of these settings has: nothing that is set may be hidden. */
export function formRows(...among: readonly Settings[]): FormRows {
  return {
    hard:     keysIn(USUAL_SIGNALS, ['evictionHard', 'evictionMinimumReclaim'], among),
    soft:     keysIn(USUAL_SIGNALS, ['evictionSoft', 'evictionSoftGracePeriod'], among),
    reserved: keysIn(USUAL_RESOURCES, ['systemReserved', 'kubeReserved'], among),
  };
}
