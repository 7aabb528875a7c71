import { attempt } from '../../harvester/amounts';
import { defaultConfiguration } from '../../kubelet/config/defaults';
import { rke2Defaults } from '../../kubelet/config/rke2Defaults';
import type { StringMap } from '../../kubelet/flags';
import { expandKubeletArgs, readKubeletArgs, type KubeletArg } from '../../kubelet/kubeletArgs';
import { effectiveSettings, rke2Settings, type EffectiveSettings } from '../settings/effective';
import { kubeletArgsOf } from '../settings/file';
import { isPolicy, policyOf, type CloudInit } from '../settings/policy';
import { entryOf, MAP_FLAGS, MAP_SETTINGS } from '../settings/settings';
import { kubeletArgsIn } from './nodeArgs';

/**
 * Who sets a value of a kubelet's configuration. `default` the kubelet itself; `rke2` RKE2's drop-in or flags;
 * `harvester` its files; `ours` the file of this extension; `cloudInit` the file of another CloudInit; `otherFlag` an
 * argument from a file that we do not know; `otherFile` a drop-in that we do not know; `unknown` it cannot be told.
 */
export type Layer = 'default' | 'rke2' | 'harvester' | 'ours' | 'cloudInit' | 'otherFlag' | 'otherFile' | 'unknown';

export interface LayerFound {
  readonly layer: Layer;
  /** Of the CloudInit that brings the argument. */
  readonly name?: string;
}

/** What tells one layer from another. */
export interface LayerInput {
  /** Of the kubelet: 36 for 1.36. */
  readonly minor: number;
  /** Annotation `rke2.io/node-args` of the node: what RKE2 was last started with, as JSON. */
  readonly nodeArgs?: string;
  /** Undefined when they could not be read. */
  readonly cloudInits?: readonly CloudInit[];
  readonly isHarvester: boolean;
}

/** A value of a running kubelet whose layer is asked for. */
export interface LayerQuestion {
  /** The flag that would set it. */
  readonly flag: string;
  /** Of a map. */
  readonly key?: string;
  /** The value as text; undefined for a key that the map does not have. */
  readonly value: string | undefined;
  /** The same value in other settings, as text. */
  readonly pick: (settings: EffectiveSettings) => string | undefined;
}

const UNKNOWN: LayerFound = { layer: 'unknown' };
const DROP_IN_SINCE = 32;

/** What some copies of k3s have instead of 5% and 10%. */
const OTHER_RKE2 = {
  evictionHard:           { 'imagefs.available': '15%', 'nodefs.available': '15%' },
  evictionMinimumReclaim: { 'imagefs.available': '20%', 'nodefs.available': '20%' },
};

/** The arguments of our policies, also of those that match no more, whose files stay, and of what they said before. */
function ourArgs(cloudInits: readonly CloudInit[]): ReadonlySet<string> {
  return new Set(cloudInits.filter(isPolicy).map(policyOf).flatMap(({ contents, history }) => [
    ...(contents.kind === 'settings' ? [contents.settings] : []),
    ...history.flatMap(({ before }) => before ?? []),
  ]).flatMap(kubeletArgsOf));
}

/** RKE2's own arguments: it passes its settings as flags only before it had a drop-in. */
function rke2Args(minor: number): StringMap {
  return Object.fromEntries((rke2Defaults(minor).args ?? []).map((arg) => arg.slice(2).split(/=(.*)/, 2) as [string, string]));
}

function textOf({ name, value }: KubeletArg): string {
  return `${ name }=${ value }`;
}

/** Harvester reserves CPU, in one argument for each of the two reservations. */
function isHarvesterArg(text: string): boolean {
  return /^(system|kube)-reserved=cpu=[^,]*$/.test(text);
}

/** Tells who wrote an argument. */
function argLayers({ cloudInits = [], isHarvester, minor }: LayerInput, isUnread: boolean): (text: string) => LayerFound {
  const ours = ourArgs(cloudInits);
  const others = cloudInits.filter((cloudInit) => !isPolicy(cloudInit));
  const rke2 = Object.entries(rke2Args(minor)).map(([name, value]) => textOf({ name, value }));

  return (text) => {
    if (isHarvester && isHarvesterArg(text)) {
      return { layer: 'harvester' };
    }
    if (ours.has(text)) {
      return { layer: 'ours' };
    }
    const bringer = others.find(({ spec }) => spec.contents.includes(text));

    if (bringer) {
      return { layer: 'cloudInit', name: bringer.metadata.name };
    }

    // Without the CloudInits it might be ours
    return rke2.includes(text) ? { layer: 'rke2' } : isUnread ? UNKNOWN : { layer: 'otherFlag' };
  };
}

/** The map that arguments of one flag come to; undefined where they are none of a map, or cannot be read. */
function mapOf(args: readonly KubeletArg[]): StringMap | undefined {
  const maps = attempt(() => readKubeletArgs(args.map(textOf))).value?.maps ?? {};

  return MAP_SETTINGS.map((setting) => maps[MAP_FLAGS[setting]]).find((map) => map !== undefined);
}

/** The argument that has the last word on a value: a map flag that does not name the key has taken it away from the layers below. */
function winnerOf(given: readonly KubeletArg[], { key, value }: LayerQuestion): KubeletArg | undefined {
  if (key === undefined) {
    return given.at(-1);
  }

  // RKE2 may have been given other arguments since, without having started this kubelet with them
  return entryOf(mapOf(given), key) === value ? given.findLast((arg) => entryOf(mapOf([arg]), key) !== undefined) ?? given.at(-1) : undefined;
}

/** Tells whose a value is that no flag sets, by what RKE2 and the kubelet itself would have. */
function layersBelow(minor: number): (question: LayerQuestion) => LayerFound {
  const kubelet = effectiveSettings(defaultConfiguration(minor));
  const isDropIn = minor >= DROP_IN_SINCE;
  const rke2 = isDropIn ? rke2Settings(minor) : kubelet;

  return ({ value, pick }) => {
    if (value === pick(rke2)) {
      return { layer: value === pick(kubelet) ? 'default' : 'rke2' };
    }

    return { layer: isDropIn && value === pick({ ...rke2, ...OTHER_RKE2 }) ? 'rke2' : 'otherFile' };
  };
}

/** Tells of each value who sets it, as far as that can be seen from outside: without RKE2's arguments it cannot. */
export function layerFinder(input: LayerInput): (question: LayerQuestion) => LayerFound {
  const entries = kubeletArgsIn(input.nodeArgs);

  if (!entries) {
    return () => UNKNOWN;
  }
  const args = expandKubeletArgs(entries, rke2Args(input.minor));
  const layerBelow = layersBelow(input.minor);
  const layerOfArg = argLayers(input, input.isHarvester && !input.cloudInits);

  return (question) => {
    const given = args.filter(({ name }) => name === question.flag);
    const winner = winnerOf(given, question);

    if (given.length === 0) {
      return layerBelow(question);
    }

    return winner ? layerOfArg(textOf(winner)) : UNKNOWN;
  };
}
