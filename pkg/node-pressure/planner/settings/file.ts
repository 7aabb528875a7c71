/** The file that carries settings to a kubelet: one layer of RKE2's configuration. */
import { attempt } from '../../harvester/amounts';
import { formatKubeletArgs, readKubeletArgs } from '../../kubelet/kubeletArgs';
import type { Finding } from './finding';
import { kubeletFindings } from './kubeletRules';
import { MAP_FLAGS, MAP_SETTINGS, type MapSetting, type Settings } from './settings';

/** Where RKE2 reads its configuration. Our layer sorts after every one that Harvester writes, so that it is heard last. */
export const SETTINGS_FILE = '/etc/rancher/rke2/config.yaml.d/99-z02-node-pressure.yaml';

/** With the plus: without it the list would replace Harvester's own arguments, `max-pods` and CPU reservations among them. */
const KEY = 'kubelet-arg+:';

const TRANSITION = 'eviction-pressure-transition-period';

/** Settings that must not be written, with the reasons. */
export class UnwritableSettingsError extends Error {
  override readonly name = 'UnwritableSettingsError';

  constructor(readonly findings: readonly Finding[]) {
    super(`settings that cannot be written: ${ findings.map(({ code }) => code).join(', ') }`);
  }
}

/** The `kubelet-arg` entries of settings, in canonical order. A duration stays as it was typed. */
export function kubeletArgsOf(settings: Settings): string[] {
  const { evictionMaxPodGracePeriod, evictionPressureTransitionPeriod: transition } = settings;
  const maps = MAP_SETTINGS.flatMap((setting) => (settings[setting] ? [[MAP_FLAGS[setting], settings[setting]] as const] : []));

  return formatKubeletArgs({ maps: Object.fromEntries(maps), evictionMaxPodGracePeriod, others: transition === undefined ? [] : [{ name: TRANSITION, value: transition }] });
}

/**
 * The exact text of the file: the same settings always give the same bytes, whatever the order of their keys.
 *
 * @throws UnwritableSettingsError when {@link kubeletFindings} has any: the last guard before a file that stops kubelets
 */
export function renderSettings(settings: Settings): string {
  const findings = kubeletFindings(settings);

  if (findings.length > 0) {
    throw new UnwritableSettingsError(findings);
  }
  const args = kubeletArgsOf(settings);

  // A JSON text is a quoted scalar in YAML 1.1 and 1.2 alike
  return args.length === 0 ? `${ KEY } []\n` : `${ [KEY, ...args.map((arg) => `- ${ JSON.stringify(arg) }`)].join('\n') }\n`;
}

function argsIn(file: string): string[] {
  return [...file.matchAll(/^- (".*")$/gm)].map(([, quoted]) => String(JSON.parse(quoted as string)));
}

/** The settings behind `kubelet-arg` entries that are all ours. Throws what JSON or the kubelet throws at others. */
export function settingsOfArgs(args: readonly string[]): Settings {
  const { maps, evictionMaxPodGracePeriod } = readKubeletArgs(args);
  const transition = args.find((arg) => arg.startsWith(`${ TRANSITION }=`))?.slice(TRANSITION.length + 1);
  const entries = (setting: MapSetting): [MapSetting, Record<string, string>][] => {
    const map = maps[MAP_FLAGS[setting]];

    return map ? [[setting, Object.fromEntries(Object.entries(map))]] : [];
  };

  return {
    ...Object.fromEntries(MAP_SETTINGS.flatMap(entries)),
    ...(evictionMaxPodGracePeriod !== undefined && { evictionMaxPodGracePeriod }),
    ...(transition !== undefined && { evictionPressureTransitionPeriod: transition }),
  };
}

/** The settings in a file's text, exactly inverse to {@link renderSettings}; undefined for what it would not have written. */
export function parseSettingsFile(file: string): Settings | undefined {
  return attempt(() => {
    const settings = settingsOfArgs(argsIn(file));

    return renderSettings(settings) === file ? settings : undefined;
  }).value;
}

/** Whether settings may be written at all. */
export function isWritable(settings: Settings): boolean {
  return kubeletFindings(settings).length === 0;
}
