/** Settings that one view proposes and the settings form takes over as a change that is not saved yet. */
import { attempt } from '../../harvester/amounts';
import { MAP_SETTINGS, type MapSetting, type Settings } from './settings';

export interface Handover {
  /** The node that they were proposed for: its policy is the one to change. */
  readonly node?: string;
  /** Only what changes; eviction maps as a whole. Empty: nothing is proposed but to look. */
  readonly settings: Settings;
}

/** They travel in the address: anybody may have written it. */
type Query = Readonly<Record<string, unknown>>;

function isTextMap(value: unknown): boolean {
  return typeof value === 'object' && value !== null && !Array.isArray(value) && Object.values(value).every((text) => typeof text === 'string');
}

/** Whether the form has such an input. What is in it need not be right: the form says so. */
function isSetting([name, value]: readonly [string, unknown]): boolean {
  switch (name) {
  case 'evictionMaxPodGracePeriod': return typeof value === 'number';
  case 'evictionPressureTransitionPeriod': return typeof value === 'string';
  default: return MAP_SETTINGS.includes(name as MapSetting) && isTextMap(value);
  }
}

function settingsIn(text: string): Settings | undefined {
  const value = attempt(() => JSON.parse(text) as unknown).value;

  return typeof value === 'object' && value !== null && !Array.isArray(value) && Object.entries(value).every(isSetting) ? value : undefined;
}

/** What an address carries after its question mark to hand settings over. */
export function handoverQuery({ node, settings }: Handover): Readonly<Record<string, string>> {
  return { ...(node !== undefined && { node }), settings: JSON.stringify(settings) };
}

/** What an address hands over; undefined where that is nothing, or nothing that the form has inputs for. */
export function handoverIn({ node, settings }: Query): Handover | undefined {
  const found = typeof settings === 'string' ? settingsIn(settings) : undefined;

  return found && { ...(typeof node === 'string' && { node }), settings: found };
}
