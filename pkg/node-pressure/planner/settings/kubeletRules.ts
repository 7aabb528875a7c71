/** What every kubelet checks of its own settings, whatever node it runs on: each input for itself, with the kubelet's text. */
import { attempt } from '../../harvester/amounts';
import { parseDuration } from '../../kubelet/go/duration';
import { Int32Flag } from '../../kubelet/flagsScalar';
import { parseResourceList } from '../../kubelet/resourceList';
import { parseGracePeriods, parseMinimumReclaims, parseThresholdStatements } from '../../kubelet/thresholdStatements';
import type { ThresholdValue } from '../../kubelet/thresholds';
import { finding, type Finding, type FindingCode } from './finding';
import { entryOf, MAP_SETTINGS, SCALAR_SETTINGS, type MapSetting, type SettingField, type Settings } from './settings';

/** Node-manager runs boot files through Go's templates, so that this never reaches the kubelet as it is. */
const TEMPLATE = '{{';

/** Harvester reserves CPU itself, on every node according to its cores. */
const CPU = 'cpu';

/** The kubelet's texts, by what to tell an admin. Where none fits, it is a quantity that cannot be read. */
const TEXTS: readonly (readonly [RegExp, FindingCode])[] = [
  [/^unsupported eviction signal /, 'signalUnknown'],
  [/^eviction percentage threshold /, 'percentRange'],
  [/^eviction threshold /, 'thresholdNotPositive'],
  [/^invalid eviction grace period /, 'graceNegative'],
  [/^eviction percentage minimum reclaim /, 'reclaimNotPositive'],
  [/^negative eviction minimum reclaim /, 'reclaimNegative'],
  [/^cannot reserve /, 'resourceUnknown'],
  [/^resource quantity for /, 'reservationNegative'],
  [/^strconv\.ParseFloat: /, 'percentSyntax'],
  [/^time: /, 'durationSyntax'],
];

function codeOf(kubeletText: string): FindingCode {
  return TEXTS.find(([pattern]) => pattern.test(kubeletText))?.[1] ?? 'quantitySyntax';
}

type Parse = (entry: Record<string, string>) => unknown;

/** The kubelet's own reading of one entry of each map; the result is a share where it was written as one. */
const PARSERS: Readonly<Record<MapSetting, Parse>> = {
  evictionHard:            (entry) => parseThresholdStatements(entry)[0]?.value,
  evictionSoft:            (entry) => parseThresholdStatements(entry)[0]?.value,
  evictionSoftGracePeriod: parseGracePeriods,
  evictionMinimumReclaim:  (entry) => [...parseMinimumReclaims(entry).values()][0],
  systemReserved:          parseResourceList,
  kubeReserved:            parseResourceList,
};

/** `NaN%` and `Inf%` are shares to Go, of which the kubelet makes nonsense. */
function isNoShare(value: unknown): boolean {
  const { percentage } = (value ?? {}) as Partial<ThresholdValue>;

  return percentage !== undefined && !Number.isFinite(percentage);
}

function entryFinding(setting: MapSetting, key: string, text: string): Finding | undefined {
  const field: SettingField = { setting, key };
  const params = { key, text };

  if (key.includes(TEMPLATE) || text.includes(TEMPLATE)) {
    return finding('template', field, params);
  }
  const { value, error } = attempt(() => PARSERS[setting]({ [key]: text }));

  if (error !== undefined) {
    return finding(codeOf(error), field, { ...params, kubeletText: error });
  }
  if (key === CPU) {
    return finding('cpuIsHarvesters', field, params);
  }

  return isNoShare(value) ? finding('percentNotFinite', field, params) : undefined;
}

/** Signals with a soft threshold that is not turned off and has no grace period beside it. */
function missingGrace({ evictionSoft, evictionSoftGracePeriod }: Settings): Finding[] {
  return Object.entries(evictionSoft ?? {})
    .filter(([signal, text]) => attempt(() => parseThresholdStatements({ [signal]: text }).length > 0).value && entryOf(evictionSoftGracePeriod, signal) === undefined)
    .map(([signal]) => finding('graceMissing', { setting: 'evictionSoftGracePeriod', key: signal }, { key: signal, kubeletText: `grace period must be specified for the soft eviction threshold ${ signal }` }));
}

function scalarFinding(setting: typeof SCALAR_SETTINGS[number], settings: Settings): Finding | undefined {
  const given = settings[setting];

  if (given === undefined) {
    return undefined;
  }
  const text = String(given);
  const params = { text };

  if (text.includes(TEMPLATE)) {
    return finding('template', { setting }, params);
  }
  const { error } = attempt<unknown>(() => (setting === 'evictionMaxPodGracePeriod' ? new Int32Flag(0).set(text) : parseDuration(text)));

  return error === undefined ? undefined : finding(setting === 'evictionMaxPodGracePeriod' ? 'podGraceRange' : 'durationSyntax', { setting }, { ...params, kubeletText: error });
}

/**
 * Everything for which no kubelet would start with these settings, on any node, one finding for each input; and what it
 * would start with but nobody may write: CPU reservations and shares that are none. Empty for settings that can be
 * written. Follows parseThresholdConfig in pkg/kubelet/eviction/helpers.go, parseResourceList in
 * cmd/kubelet/app/server.go and the kubelet's flags.
 */
export function kubeletFindings(settings: Settings): Finding[] {
  const entries = MAP_SETTINGS.flatMap((setting) => Object.entries(settings[setting] ?? {}).map(([key, text]) => entryFinding(setting, key, text)));
  const scalars = SCALAR_SETTINGS.map((setting) => scalarFinding(setting, settings));

  return [...[...entries, ...scalars].filter((found) => found !== undefined), ...missingGrace(settings)];
}
