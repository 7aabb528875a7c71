import { KubeletError } from '../errors';
import { compareStrings } from '../go/strings';
import { aggregate } from './aggregate';
import { ALPHA, BETA_OFF, BETA_ON, DEPENDENCIES, FREE_OFF, FREE_ON, LOCKED_OFF, LOCKED_ON } from './featureGateTable';
import { LATEST_MINOR } from './version';

type Stage = 'alpha' | 'beta' | 'stable';

interface Gate {
  readonly stage: Stage;
  readonly enabled: boolean;
  readonly locked: boolean;
}

function gates(names: readonly string[], stage: Stage, enabled: boolean, locked: boolean): (readonly [string, Gate])[] {
  return names.map((name) => [name, { stage, enabled, locked }]);
}

/** Every gate of 1.36. The two that stand for many are of no stage themselves. */
const KNOWN: ReadonlyMap<string, Gate> = new Map([
  ...gates(ALPHA, 'alpha', false, false),
  ...gates(BETA_ON, 'beta', true, false),
  ...gates(BETA_OFF, 'beta', false, false),
  ...gates(LOCKED_ON, 'stable', true, true),
  ...gates(LOCKED_OFF, 'stable', false, true),
  ...gates(FREE_ON, 'stable', true, false),
  ...gates(FREE_OFF, 'stable', false, false),
  ...gates(['AllAlpha', 'AllBeta'], 'stable', false, false),
]);

/** Gates that the configuration's defaults and rules ask for and that were off, or not there, before a minor version. */
const ON_SINCE: Readonly<Record<string, number>> = {
  CustomCPUCFSQuotaPeriod: 36, KubeletCrashLoopBackOffMax: 35, KubeletEnsureSecretPulledImages: 35, NodeLogQuery: 36,
};

/** Which features are on in a kubelet with the given settings. */
export interface FeatureGates {
  enabled(name: string): boolean;
}

/**
 * The features of a kubelet: defaults, with `featureGates` of its configuration on top. Follows SetFromMap of
 * k8s.io/component-base/featuregate. The names, locks and dependencies known are those of 1.36; for older versions
 * only defaults that the configuration depends on are, so that no name is refused there.
 *
 * Of several wrong settings Go takes them in random order; here it is the order of their names.
 *
 * @throws KubeletError with Go's text: `unrecognized feature gate: X`, a locked gate, a dependency that is off
 */
export function featureGates(settings: Readonly<Record<string, boolean>> | null, minor: number): FeatureGates {
  const chosen = new Map(Object.entries(settings ?? {}).sort(([a], [b]) => compareStrings(a, b)));
  const enabled = (name: string): boolean => chosen.get(name) ?? groupSetting(chosen, name) ?? defaultOf(name, minor);

  if (minor >= LATEST_MINOR) {
    throwIfAny(refusals(chosen));
    throwIfAny(missingDependencies(enabled));
  }

  return { enabled };
}

function groupSetting(chosen: ReadonlyMap<string, boolean>, name: string): boolean | undefined {
  const stage = KNOWN.get(name)?.stage;

  return stage === 'alpha' ? chosen.get('AllAlpha') : stage === 'beta' ? chosen.get('AllBeta') : undefined;
}

function defaultOf(name: string, minor: number): boolean {
  return KNOWN.get(name)?.enabled === true && minor >= (ON_SINCE[name] ?? 0);
}

function refusals(chosen: ReadonlyMap<string, boolean>): string[] {
  const errors: string[] = [];

  for (const [name, value] of chosen) {
    const gate = KNOWN.get(name);

    if (!gate) {
      // Go looks no further
      return [...errors, `unrecognized feature gate: ${ name }`];
    }
    if (gate.locked && gate.enabled !== value) {
      errors.push(`cannot set feature gate ${ name } to ${ value }, feature is locked to ${ gate.enabled }`);
    }
  }

  return errors;
}

function missingDependencies(enabled: (name: string) => boolean): string[] {
  return Object.entries(DEPENDENCIES).flatMap(([name, needed]) => {
    const missing = enabled(name) ? needed.filter((dependency) => !enabled(dependency)) : [];

    return missing.length > 0 ? [`${ name } is enabled, but depends on features that are disabled: [${ missing.join(' ') }]`] : [];
  });
}

function throwIfAny(errors: readonly string[]): void {
  if (errors.length > 0) {
    throw new KubeletError(aggregate(errors));
  }
}
