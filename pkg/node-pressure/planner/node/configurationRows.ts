import type { KubeletConfiguration } from '../../kubelet/config/types';
import { formatDuration, parseDuration } from '../../kubelet/go/duration';
import { isSignal, SIGNALS } from '../../kubelet/signals';
import { effectiveSettings, type EffectiveSettings } from '../settings/effective';
import { entryOf, EVICTION_MAPS, MAP_FLAGS, RESERVATIONS, type MapSetting, type Settings } from '../settings/settings';
import { layerFinder, type LayerFound, type LayerInput, type LayerQuestion } from './configurationLayers';

/** A field of a kubelet's configuration, by its name in JSON, and the key where it is a map. */
export interface ConfigurationField {
  readonly setting: string;
  readonly key?: string;
}

/** One field: what holds, what a policy wants, and who has the last word. */
export interface ConfigurationRow {
  readonly field: ConfigurationField;
  /** As text; undefined where a map has no such key: the signal is off, or nothing is reserved. */
  readonly effective: string | undefined;
  /** Set only where the node's policy writes this field; its value may be "not set". */
  readonly desired?: { readonly value: string | undefined };
  /** The kubelet runs with another value than the policy wants. */
  readonly differs: boolean;
  readonly layer: LayerFound;
}

/** What the rows are made from. */
export interface ConfigurationInput extends LayerInput {
  readonly configuration: KubeletConfiguration;
  /** Of the policy that matches the node. */
  readonly desired?: Settings;
}

/** Signals that are worth a row although nobody has set them: without them a node is not guarded at all. */
const ALWAYS_SHOWN = ['memory.available', 'nodefs.available', 'nodefs.inodesFree', 'imagefs.available', 'imagefs.inodesFree', 'pid.available'] as const;

/** Fields that are no map, with their flag. */
const SCALARS = {
  evictionMaxPodGracePeriod:        'eviction-max-pod-grace-period',
  evictionPressureTransitionPeriod: 'eviction-pressure-transition-period',
  enforceNodeAllocatable:           'enforce-node-allocatable',
} as const;

function scalarText(settings: EffectiveSettings, setting: keyof typeof SCALARS): string {
  switch (setting) {
  case 'evictionMaxPodGracePeriod': return String(settings.evictionMaxPodGracePeriod);
  case 'evictionPressureTransitionPeriod': return formatDuration(settings.evictionPressureTransitionPeriod);
  case 'enforceNodeAllocatable': return settings.enforceNodeAllocatable.join(',');
  }
}

/** What is shown of a map: hard thresholds also where they are missing, memory reservations likewise. */
function alwaysShown(setting: MapSetting): readonly string[] {
  if (setting === 'evictionHard') {
    return ALWAYS_SHOWN;
  }

  return (RESERVATIONS as readonly MapSetting[]).includes(setting) ? ['memory'] : [];
}

/** Signals in their usual order, other keys after them by name. */
function inOrder(keys: Iterable<string>): string[] {
  const place = (key: string): number => (isSignal(key) ? SIGNALS.indexOf(key) : SIGNALS.length);

  return [...new Set(keys)].sort((a, b) => place(a) - place(b) || (a < b ? -1 : 1));
}

function desiredEntry(settings: Settings, setting: MapSetting, key: string): ConfigurationRow['desired'] {
  const map = settings[setting];
  const value = entryOf(map, key);
  // Reservations only add to what other layers reserve
  const isWritten = map !== undefined && (value !== undefined || (EVICTION_MAPS as readonly MapSetting[]).includes(setting));

  return isWritten ? { value } : undefined;
}

function desiredScalar({ evictionMaxPodGracePeriod: grace, evictionPressureTransitionPeriod: transition }: Settings, setting: keyof typeof SCALARS): ConfigurationRow['desired'] {
  switch (setting) {
  case 'evictionMaxPodGracePeriod': return grace === undefined ? undefined : { value: String(grace) };
  // As the kubelet would write it, to be compared
  case 'evictionPressureTransitionPeriod': return transition === undefined ? undefined : { value: formatDuration(parseDuration(transition)) };
  case 'enforceNodeAllocatable': return undefined;
  }
}

/** Every eviction and reservation field of a running kubelet: maps by key, in the order of the settings form. */
export function configurationRows(input: ConfigurationInput): ConfigurationRow[] {
  const { configuration, desired: wanted = {} } = input;
  const settings = effectiveSettings(configuration);
  const layerOf = layerFinder(input);
  const row = (field: ConfigurationField, effective: string | undefined, desired: ConfigurationRow['desired'], flag: string, pick: LayerQuestion['pick']): ConfigurationRow => ({
    field, effective, desired, differs: desired !== undefined && desired.value !== effective, layer: layerOf({ flag, key: field.key, value: effective, pick }),
  });
  const maps = [...EVICTION_MAPS, ...RESERVATIONS].flatMap((setting) => (
    inOrder([...Object.keys(settings[setting]), ...Object.keys(wanted[setting] ?? {}), ...alwaysShown(setting)])
      .map((key) => row({ setting, key }, entryOf(settings[setting], key), desiredEntry(wanted, setting, key), MAP_FLAGS[setting], (other) => entryOf(other[setting], key)))
  ));
  const scalars = (Object.keys(SCALARS) as (keyof typeof SCALARS)[])
    .map((setting) => row({ setting }, scalarText(settings, setting), desiredScalar(wanted, setting), SCALARS[setting], (other) => scalarText(other, setting)));

  return [...maps, ...scalars];
}
