/** How far what a kubelet runs with is from what its policy says, and why. */
import { attempt } from '../../harvester/amounts';
import type { KubeletConfiguration } from '../../kubelet/config/types';
import { formatDuration, parseDuration } from '../../kubelet/go/duration';
import { effectiveSettings } from './effective';
import { kubeletArgsOf } from './file';
import type { Policy, Rollout } from './policy';
import { entryOf, EVICTION_MAPS, RESERVATIONS, type SettingField, type Settings } from './settings';

/** An input whose desired and effective values differ; undefined is "not set". */
export interface Difference {
  readonly field: SettingField;
  readonly desired: string | number | undefined;
  readonly effective: string | number | undefined;
}

/**
 * `inSync`: the kubelet runs with what the policy says. `unmanaged`: no policy matches and nothing is left of one.
 * Otherwise drift, by its reason:
 * `editedOutside` the policy's contents are not ours, so nobody knows what is desired;
 * `leftBehind` no policy wants it any more, and the kubelet still runs with it;
 * `keptOut` the guard passes over this node: a witness, or less memory than the settings were checked for;
 * `pendingRollOut` the policy is paused; `arriving` node-manager has not brought it to the node yet;
 * `pendingReboot` the node has it and reads it at its next boot, known by RKE2's arguments where the kubelet was not read; `overridden` the kubelet was started with it, and
 * another layer of its configuration wins; `unread` what the kubelet runs with is not known.
 */
export type DriftState = 'inSync' | 'unmanaged' | 'editedOutside' | 'leftBehind' | 'keptOut' | 'pendingRollOut' | 'arriving' | 'pendingReboot' | 'overridden' | 'unread';

export interface Drift {
  readonly state: DriftState;
  readonly differences: readonly Difference[];
}

/** What is known about a node and its policy. */
export interface DriftInput {
  /** The policy that matches the node. */
  readonly policy?: Policy;
  /** How its CloudInit stands on this node. */
  readonly rollout?: Rollout;
  /** The settings of a policy that brought them here and matches no more, if there is one. */
  readonly former?: Settings;
  readonly configuration?: KubeletConfiguration;
  /** Annotation `rke2.io/node-args`: the arguments that RKE2 was last started with, as JSON. */
  readonly nodeArgs?: string;
  readonly isWitness: boolean;
  /** MemTotal, KiB. */
  readonly memoryKib?: number;
}

/** The inputs in which a running kubelet differs from settings. What settings do not write is not compared, and CPU is Harvester's. */
export function differences(settings: Settings, configuration: KubeletConfiguration): Difference[] {
  const effective = effectiveSettings(configuration);
  const whole = EVICTION_MAPS.flatMap((setting) => {
    const desired = settings[setting];

    return desired ? [...new Set([...Object.keys(desired), ...Object.keys(effective[setting])])].sort().map((key) => ({ setting, key })) : [];
  });
  const added = RESERVATIONS.flatMap((setting) => Object.keys(settings[setting] ?? {}).sort().map((key) => ({ setting, key })));
  const maps = [...whole, ...added].map(({ setting, key }) => ({ field: { setting, key }, desired: entryOf(settings[setting], key), effective: entryOf(effective[setting], key) }));
  const { evictionMaxPodGracePeriod: grace, evictionPressureTransitionPeriod: transition } = settings;
  const scalars: Difference[] = [
    ...(grace === undefined ? [] : [{ field: { setting: 'evictionMaxPodGracePeriod' as const }, desired: grace, effective: effective.evictionMaxPodGracePeriod }]),
    // However it is written
    ...(transition === undefined || parseDuration(transition) === effective.evictionPressureTransitionPeriod ? [] : [{ field: { setting: 'evictionPressureTransitionPeriod' as const }, desired: transition, effective: formatDuration(effective.evictionPressureTransitionPeriod) }]),
  ];

  return [...maps, ...scalars].filter((difference) => difference.desired !== difference.effective);
}

const NOTHING: ReadonlySet<unknown> = new Set();
/** The arguments read last: a node is asked about one after the other of a policy's former settings. */
let lastRead: { readonly text: string | undefined; readonly args: ReadonlySet<unknown> } = { text: undefined, args: NOTHING };
const wanted = new WeakMap<Settings, readonly string[]>();

function startArguments(nodeArgs: string | undefined): ReadonlySet<unknown> {
  if (lastRead.text !== nodeArgs) {
    const args = attempt(() => JSON.parse(nodeArgs ?? '[]') as unknown).value;

    lastRead = { text: nodeArgs, args: Array.isArray(args) ? new Set(args) : NOTHING };
  }

  return lastRead.args;
}

/** Whether RKE2 was last started with all of the settings' arguments. */
export function wasStartedWith(settings: Settings, nodeArgs: string | undefined): boolean {
  const args = wanted.get(settings) ?? kubeletArgsOf(settings);
  const started = startArguments(nodeArgs);

  wanted.set(settings, args);

  return args.length > 0 && args.every((arg) => started.has(arg));
}

function conditionOf({ conditions = [] }: Rollout = {}, type: string): string | undefined {
  return conditions.find((condition) => condition.type === type)?.status;
}

/** Why a node does not have the policy's file yet. */
function pendingState({ paused }: Policy, rollout: Rollout | undefined): DriftState | undefined {
  const isThere = conditionOf(rollout, 'Present') === 'True' && conditionOf(rollout, 'OutOfSync') === 'False';

  if (isThere) {
    return undefined;
  }

  return paused ? 'pendingRollOut' : 'arriving';
}

/** Of a kubelet that was not read: without the settings' arguments it was not started with them, whatever it runs with. */
function unreadState(settings: Settings, nodeArgs: string | undefined): DriftState {
  return nodeArgs !== undefined && !wasStartedWith(settings, nodeArgs) ? 'pendingReboot' : 'unread';
}

/** A policy that takes settings away, or none at all: what is left of the former settings. */
function withoutSettings({ policy, rollout, former, nodeArgs }: DriftInput): DriftState {
  const waiting = policy && pendingState(policy, rollout);

  if (former && nodeArgs === undefined) {
    return waiting ?? 'unread';
  }
  if (former && wasStartedWith(former, nodeArgs)) {
    return policy ? waiting ?? 'pendingReboot' : 'leftBehind';
  }

  return policy ? waiting ?? 'inSync' : 'unmanaged';
}

/** How one node stands to its policy. */
export function driftOf(input: DriftInput): Drift {
  const { policy, rollout, configuration, nodeArgs, isWitness, memoryKib } = input;

  if (policy?.contents.kind === 'foreign') {
    return { state: 'editedOutside', differences: [] };
  }
  if (policy?.contents.kind !== 'settings') {
    return { state: withoutSettings(input), differences: [] };
  }
  const { settings, minimumMemoryKib } = policy.contents;

  if (isWitness || (memoryKib !== undefined && memoryKib < minimumMemoryKib)) {
    return { state: 'keptOut', differences: [] };
  }
  if (!configuration) {
    return { state: pendingState(policy, rollout) ?? unreadState(settings, nodeArgs), differences: [] };
  }
  const found = differences(settings, configuration);

  if (found.length === 0) {
    return { state: 'inSync', differences: [] };
  }

  return { state: pendingState(policy, rollout) ?? (wasStartedWith(settings, nodeArgs) ? 'overridden' : 'pendingReboot'), differences: found };
}
