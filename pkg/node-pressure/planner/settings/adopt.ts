/** What can be read out of contents that somebody edited by hand. */
import { attempt } from '../../harvester/amounts';
import { settingsOfArgs } from './file';
import { RESERVATIONS, type Settings } from './settings';

/** An entry of a YAML list that is an argument of the kubelet's, quoted or not. */
const ARGUMENT = /^\s*-\s+(["']?)((?:eviction|system-reserved|kube-reserved)[a-z-]*=.*?)\1\s*$/gm;

const CPU = 'cpu';

/** CPU is Harvester's; it reserves it itself. */
function withoutCpu(settings: Settings): Settings {
  const reservations = RESERVATIONS.map((setting) => {
    const entries = Object.entries(settings[setting] ?? {}).filter(([key]) => key !== CPU);

    return [setting, entries.length > 0 ? Object.fromEntries(entries) : undefined] as const;
  });

  return Object.fromEntries(Object.entries({ ...settings, ...Object.fromEntries(reservations) }).filter(([, value]) => value !== undefined));
}

/**
 * The kubelet arguments in contents that are not ours, as the form would hold them; undefined where there are none, or none
 * that a kubelet would understand. Everything else that the contents say is lost once the form is saved, which is for
 * the admin to decide.
 */
export function readableSettings(contents: string): Settings | undefined {
  const args = [...contents.matchAll(ARGUMENT)].map(([, , argument]) => argument as string);

  return args.length > 0 ? attempt(() => withoutCpu(settingsOfArgs(args))).value : undefined;
}
