/** Settings to start from, side by side. */
import { fieldId, formRows, valueAt } from './fields';
import { MAP_SETTINGS, SCALAR_SETTINGS, type SettingField, type Settings } from './settings';
import type { SettingsNode } from './node';
import { gkeSettings, harvester7424, kubernetesDefaults } from './startFrom';
import { measuredSettings } from './startFromMeasured';
import { aksSettings, eksSettings, openShiftSettings } from './startFromProviders';

export type StartCode = 'current' | 'harvester7424' | 'kubernetes' | 'measured' | 'gke' | 'aks' | 'eks' | 'openshift';

export interface StartPoint {
  readonly code: StartCode;
  readonly settings: Settings;
}

function pointOf(code: StartCode, settings: Settings | undefined): StartPoint[] {
  return settings ? [{ code, settings }] : [];
}

/** The most pods that any of the nodes' kubelets takes, as far as they were read. */
function maxPodsOf(nodes: readonly SettingsNode[]): number | undefined {
  const limits = nodes.flatMap(({ configuration }) => (configuration ? [configuration.maxPods] : []));

  return limits.length > 0 ? limits.reduce((a, b) => Math.max(a, b)) : undefined;
}

/**
 * Everything to start from.
 *
 * @param current what all nodes have
 * @param smallestMemoryBytes of the nodes; without it nothing can be sized
 * @param nodes what was read about them, for what is sized by their pods and by what they use
 */
export function startPoints(current: Settings, smallestMemoryBytes: number | undefined, nodes: readonly SettingsNode[]): StartPoint[] {
  const maxPods = maxPodsOf(nodes);
  const bytes = smallestMemoryBytes;

  return [
    ...pointOf('current', current),
    ...pointOf('harvester7424', harvester7424(current)),
    ...pointOf('kubernetes', kubernetesDefaults()),
    ...pointOf('measured', measuredSettings(current, nodes)),
    ...pointOf('gke', bytes === undefined ? undefined : gkeSettings(current, bytes)),
    ...pointOf('aks', bytes === undefined || maxPods === undefined ? undefined : aksSettings(current, bytes, maxPods)),
    ...pointOf('eks', maxPods === undefined ? undefined : eksSettings(current, maxPods)),
    ...pointOf('openshift', bytes === undefined ? undefined : openShiftSettings(current, bytes)),
  ];
}

/** One input, as each of the points to start from has it; empty where it is not set. */
export interface StartRow {
  readonly field: SettingField;
  readonly values: readonly string[];
}

function fieldsOf(settings: Settings): SettingField[] {
  return [
    ...MAP_SETTINGS.flatMap((setting) => Object.keys(settings[setting] ?? {}).map((key) => ({ setting, key }))),
    ...SCALAR_SETTINGS.filter((setting) => settings[setting] !== undefined).map((setting) => ({ setting })),
  ];
}

/** The inputs that any of the points sets, in the order of the form. */
export function startRows(points: readonly StartPoint[]): StartRow[] {
  const settings = [...MAP_SETTINGS, ...SCALAR_SETTINGS] as string[];
  const { hard, soft, reserved } = formRows(...points.map((point) => point.settings));
  const keys = [...hard, ...soft, ...reserved];
  const fields = new Map(points.flatMap((point) => fieldsOf(point.settings).map((field) => [fieldId(field), field] as const)));
  const rank = ({ setting, key = '' }: SettingField): number => settings.indexOf(setting) * keys.length + keys.indexOf(key);

  return [...fields.values()].sort((a, b) => rank(a) - rank(b)).map((field) => ({ field, values: points.map((point) => valueAt(point.settings, field)) }));
}
