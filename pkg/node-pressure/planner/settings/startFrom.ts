/** Settings to start from: what the nodes have, what an issue asks for, what others ship. */
import { DEFAULT_EVICTION_HARD } from '../../kubelet/config/defaults';
import { formatDuration, MINUTE } from '../../kubelet/go/duration';
import { effectiveSettings, type EffectiveSettings } from './effective';
import type { SettingsNode } from './node';
import { EVICTION_MAPS, entryOf, RESERVATIONS, type SettingField, type Settings } from './settings';

/** An input that differs between nodes, with each value (undefined: not set) and the nodes that have it. */
export interface MixedField {
  readonly field: SettingField;
  /** The value of most nodes first. */
  readonly values: readonly { readonly value: string | number | undefined; readonly nodes: readonly string[] }[];
}

/** What nodes run with: the inputs that all agree on, and those that differ. */
export interface CurrentSettings {
  readonly settings: Settings;
  readonly mixed: readonly MixedField[];
  /** Nodes whose kubelet was not read. */
  readonly unread: readonly string[];
}

/** The kubelet's own, which nobody needs to write. */
const DEFAULT_TRANSITION = 5n * MINUTE;

interface Known {
  readonly name: string;
  readonly effective: EffectiveSettings;
}

/** The value of one input: what is at the kubelet's default counts as not set. */
function valueOf({ effective }: Known, { setting, key }: SettingField): string | number | undefined {
  switch (setting) {
  case 'evictionMaxPodGracePeriod':
    return effective.evictionMaxPodGracePeriod === 0 ? undefined : effective.evictionMaxPodGracePeriod;
  case 'evictionPressureTransitionPeriod':
    return effective.evictionPressureTransitionPeriod === DEFAULT_TRANSITION ? undefined : formatDuration(effective.evictionPressureTransitionPeriod);
  default:
    return entryOf(effective[setting], key as string);
  }
}

function valuesOf(nodes: readonly Known[], field: SettingField): MixedField['values'] {
  const byValue = new Map<string | number | undefined, string[]>();

  for (const node of nodes) {
    const value = valueOf(node, field);

    const names = byValue.get(value);

    if (names) {
      names.push(node.name);
    } else {
      byValue.set(value, [node.name]);
    }
  }

  return [...byValue].map(([value, names]) => ({ value, nodes: names })).sort((a, b) => b.nodes.length - a.nodes.length);
}

/** The inputs that any of the nodes has: never CPU, which Harvester reserves by the cores of each node. */
function fieldsOf(nodes: readonly Known[]): SettingField[] {
  const maps = [...EVICTION_MAPS, ...RESERVATIONS].flatMap((setting) => [...new Set(nodes.flatMap(({ effective }) => Object.keys(effective[setting])))].filter((key) => key !== 'cpu').sort().map((key) => ({ setting, key })));

  return [...maps, { setting: 'evictionMaxPodGracePeriod' }, { setting: 'evictionPressureTransitionPeriod' }];
}

function settingsWith(fields: readonly { readonly field: SettingField; readonly value: string | number | undefined }[]): Settings {
  return fields.reduce<Record<string, unknown>>((settings, { field: { setting, key }, value }) => {
    if (value === undefined) {
      return settings;
    }

    return { ...settings, [setting]: key === undefined ? value : { ...settings[setting] as object, [key]: value } };
  }, {});
}

/** What the nodes run with now. A value that not all of them have is never picked: it is mixed. Witness nodes do not count. */
export function currentSettings(nodes: readonly SettingsNode[]): CurrentSettings {
  const relevant = nodes.filter(({ role }) => role !== 'witness');
  const known = relevant.flatMap(({ name, configuration }) => (configuration ? [{ name, effective: effectiveSettings(configuration) }] : []));
  const fields = fieldsOf(known).map((field) => ({ field, values: valuesOf(known, field) }));

  return {
    settings: settingsWith(fields.map(({ field, values }) => ({ field, value: values.length === 1 ? values[0]?.value : undefined }))),
    mixed:    fields.filter(({ values }) => values.length > 1),
    unread:   relevant.filter(({ configuration }) => !configuration).map(({ name }) => name),
  };
}

function withoutMemory(map: Settings['evictionHard']): Record<string, string> {
  return Object.fromEntries(Object.entries(map ?? {}).filter(([signal]) => signal !== 'memory.available'));
}

/** Settings with another hard threshold for memory; everything else stays. */
export function withMemoryThreshold({ evictionHard, ...rest }: Settings, threshold: string): Settings {
  return { ...rest, evictionHard: { ...withoutMemory(evictionHard), 'memory.available': threshold } };
}

/**
 * What harvester#7424 asks for: evict below 6Gi of memory and reclaim 4Gi more. The disk signals stay as they are,
 * since a flag replaces the whole map.
 */
export function harvester7424({ evictionHard, evictionMinimumReclaim, ...rest }: Settings): Settings {
  return {
    ...rest,
    evictionHard:           { ...withoutMemory(evictionHard), 'memory.available': '6Gi' },
    evictionMinimumReclaim: { ...withoutMemory(evictionMinimumReclaim), 'memory.available': '4Gi' },
  };
}

/** Kubernetes' own hard thresholds on Linux, and nothing else: no minimum reclaim, no soft threshold, no memory reserved. */
export function kubernetesDefaults(): Settings {
  return { evictionHard: { ...DEFAULT_EVICTION_HARD }, evictionMinimumReclaim: {} };
}

const MIB = 2 ** 20;
const GIB = 2 ** 30;

/** Shares of memory that GKE reserves, each up to a size: https://cloud.google.com/kubernetes-engine/docs/concepts/plan-node-sizes */
const GKE_SHARES: readonly { readonly upToGib: number; readonly share: number }[] = [
  { upToGib: 4, share: 0.25 }, { upToGib: 8, share: 0.2 }, { upToGib: 16, share: 0.1 }, { upToGib: 128, share: 0.06 }, { upToGib: Infinity, share: 0.02 },
];

/** Nodes below 1 GiB. */
const GKE_SMALL_MIB = 255;

/** The memory that GKE reserves for Kubernetes on a node, to the nearest MiB. */
export function gkeReservedMib(memoryBytes: number): number {
  if (memoryBytes < GIB) {
    return GKE_SMALL_MIB;
  }
  const bytes = GKE_SHARES.reduce((sum, { upToGib, share }, index) => {
    const from = (GKE_SHARES[index - 1]?.upToGib ?? 0) * GIB;

    return sum + Math.max(0, Math.min(memoryBytes, upToGib * GIB) - from) * share;
  }, 0);

  return Math.round(bytes / MIB);
}

/**
 * Sized by memory as GKE does: its reservation, and its hard threshold of 100Mi. The disk signals stay as they are. It was
 * not made for nodes that run VMs.
 *
 * @param smallestMemoryBytes of the nodes, so that the reservation suits them all
 */
export function gkeSettings({ kubeReserved, ...rest }: Settings, smallestMemoryBytes: number): Settings {
  return { ...withMemoryThreshold(rest, '100Mi'), kubeReserved: { ...kubeReserved, memory: `${ gkeReservedMib(smallestMemoryBytes) }Mi` } };
}
