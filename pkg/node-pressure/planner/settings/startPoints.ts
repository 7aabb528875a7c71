/** Settings to start from, side by side. */
import { fieldId, formRows, valueAt } from './fields';
import { MAP_SETTINGS, SCALAR_SETTINGS, type SettingField, type Settings } from './settings';
import { gkeSettings, harvester7424, kubernetesDefaults } from './startFrom';

export type StartCode = 'current' | 'harvester7424' | 'kubernetes' | 'gke';

export interface StartPoint {
  readonly code: StartCode;
  readonly settings: Settings;
}

/**
 * Everything to start from.
 *
 * @param current what all nodes have
 * @param smallestMemoryBytes of the nodes; without it nothing can be sized
 */
export function startPoints(current: Settings, smallestMemoryBytes: number | undefined): StartPoint[] {
  return [
    { code: 'current', settings: current },
    { code: 'harvester7424', settings: harvester7424(current) },
    { code: 'kubernetes', settings: kubernetesDefaults() },
    ...(smallestMemoryBytes === undefined ? [] : [{ code: 'gke' as const, settings: gkeSettings(current, smallestMemoryBytes) }]),
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
