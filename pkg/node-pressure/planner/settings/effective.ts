/** What a kubelet comes to with settings on top of the layers that it has already. */
import { loadKubeletConfiguration } from '../../kubelet/config/load';
import { rke2Defaults } from '../../kubelet/config/rke2Defaults';
import type { KubeletConfiguration } from '../../kubelet/config/types';
import { parseDuration, type Nanoseconds } from '../../kubelet/go/duration';
import type { StringMap } from '../../kubelet/flags';
import type { SettingsNode } from './node';
import { entryOf, EVICTION_MAPS, RESERVATIONS, type MapSetting, type Settings } from './settings';

/** What a kubelet runs with, of all that settings can change. Nothing is absent. */
export interface EffectiveSettings extends Readonly<Record<MapSetting, Readonly<StringMap>>> {
  readonly evictionMaxPodGracePeriod: number;
  readonly evictionPressureTransitionPeriod: Nanoseconds;
  readonly enforceNodeAllocatable: readonly string[];
}

/** Of a configuration that a kubelet runs with. */
export function effectiveSettings(configuration: KubeletConfiguration): EffectiveSettings {
  return {
    evictionHard:                     configuration.evictionHard ?? {},
    evictionMinimumReclaim:           configuration.evictionMinimumReclaim ?? {},
    evictionSoft:                     configuration.evictionSoft ?? {},
    evictionSoftGracePeriod:          configuration.evictionSoftGracePeriod ?? {},
    systemReserved:                   configuration.systemReserved ?? {},
    kubeReserved:                     configuration.kubeReserved ?? {},
    evictionMaxPodGracePeriod:        configuration.evictionMaxPodGracePeriod,
    evictionPressureTransitionPeriod: configuration.evictionPressureTransitionPeriod,
    enforceNodeAllocatable:           configuration.enforceNodeAllocatable ?? [],
  };
}

/** By minor version: nodes share a few. */
const defaults = new Map<number, EffectiveSettings>();

/** What RKE2 starts a kubelet with when nobody configures anything; a node's own values may differ, see `rke2Defaults`. */
export function rke2Settings(minor: number): EffectiveSettings {
  const settings = defaults.get(minor) ?? effectiveSettings(loadKubeletConfiguration(rke2Defaults(minor)));

  defaults.set(minor, settings);

  return settings;
}

/** What the layers below our file come to: the kubelet's configuration without what our file put there. */
export function settingsBelow({ configuration, minor, written = {} }: SettingsNode): EffectiveSettings {
  const fallback = rke2Settings(minor);
  const current = configuration ? effectiveSettings(configuration) : fallback;
  const hidden = <K extends keyof Settings & keyof EffectiveSettings>(setting: K): EffectiveSettings[K] => (written[setting] === undefined ? current : fallback)[setting];
  const notOurs = (setting: typeof RESERVATIONS[number]): StringMap => Object.fromEntries(Object.entries(current[setting]).filter(([key, text]) => entryOf(written[setting], key) !== text));

  return {
    ...current,
    ...Object.fromEntries(EVICTION_MAPS.map((setting) => [setting, hidden(setting)])),
    ...Object.fromEntries(RESERVATIONS.map((setting) => [setting, notOurs(setting)])),
    evictionMaxPodGracePeriod:        hidden('evictionMaxPodGracePeriod'),
    evictionPressureTransitionPeriod: hidden('evictionPressureTransitionPeriod'),
  };
}

/**
 * What a node's kubelet would run with under settings: a flag replaces a whole eviction map, reservations are added to.
 *
 * @param settings writable ones (`kubeletFindings` has nothing against them)
 */
export function settingsAfter(node: SettingsNode, settings: Settings): EffectiveSettings {
  const below = settingsBelow(node);
  const transition = settings.evictionPressureTransitionPeriod;

  return {
    ...below,
    ...Object.fromEntries(EVICTION_MAPS.map((setting) => [setting, settings[setting] ?? below[setting]])),
    ...Object.fromEntries(RESERVATIONS.map((setting) => [setting, { ...below[setting], ...settings[setting] }])),
    evictionMaxPodGracePeriod:        settings.evictionMaxPodGracePeriod ?? below.evictionMaxPodGracePeriod,
    evictionPressureTransitionPeriod: transition === undefined ? below.evictionPressureTransitionPeriod : parseDuration(transition),
  };
}
