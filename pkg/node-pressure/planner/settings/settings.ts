import type { StringMap } from '../../kubelet/flags';
import type { MapFlagName } from '../../kubelet/kubeletArgs';

/**
 * One set of kubelet eviction and reservation arguments, as the form edits them. Absent means "not written": the kubelet
 * keeps what other layers say. An empty map is written, and turns off what other layers say. Texts are the kubelet's own
 * syntax, kept as they were typed.
 */
export interface Settings {
  /** Signal to threshold: `6Gi`, `5%`. */
  readonly evictionHard?: Readonly<StringMap>;
  /** Signal to amount: `4Gi`, `10%`. */
  readonly evictionMinimumReclaim?: Readonly<StringMap>;
  readonly evictionSoft?: Readonly<StringMap>;
  /** Signal to Go duration: `1m30s`. */
  readonly evictionSoftGracePeriod?: Readonly<StringMap>;
  /** Seconds, an int32. */
  readonly evictionMaxPodGracePeriod?: number;
  /** A Go duration: `5m`. */
  readonly evictionPressureTransitionPeriod?: string;
  /** Resource to quantity; `memory`, `ephemeral-storage` and `pid`, never `cpu`, which is Harvester's. */
  readonly systemReserved?: Readonly<StringMap>;
  readonly kubeReserved?: Readonly<StringMap>;
}

export type SettingName = keyof Settings;

/** The settings that are maps, and the flags that carry them. */
export const MAP_FLAGS = {
  evictionHard:            'eviction-hard',
  evictionMinimumReclaim:  'eviction-minimum-reclaim',
  evictionSoft:            'eviction-soft',
  evictionSoftGracePeriod: 'eviction-soft-grace-period',
  systemReserved:          'system-reserved',
  kubeReserved:            'kube-reserved',
} as const satisfies Partial<Record<SettingName, MapFlagName>>;

export type MapSetting = keyof typeof MAP_FLAGS;

export const MAP_SETTINGS = Object.keys(MAP_FLAGS) as MapSetting[];

/** The maps that one flag replaces as a whole; reservations only add to what other layers reserve. */
export const EVICTION_MAPS = ['evictionHard', 'evictionMinimumReclaim', 'evictionSoft', 'evictionSoftGracePeriod'] as const satisfies MapSetting[];

export const RESERVATIONS = ['systemReserved', 'kubeReserved'] as const satisfies MapSetting[];

export const SCALAR_SETTINGS = ['evictionMaxPodGracePeriod', 'evictionPressureTransitionPeriod'] as const satisfies SettingName[];

/** One input of the form: a setting, and of a map one of its keys. */
export interface SettingField {
  readonly setting: SettingName;
  readonly key?: string;
}

/** The entry of a map by its own key, whatever the key is called. */
export function entryOf<T>(map: Readonly<Record<string, T>> | null | undefined, key: string): T | undefined {
  return map && Object.hasOwn(map, key) ? map[key] : undefined;
}
