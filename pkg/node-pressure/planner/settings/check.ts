/** Everything to know about settings before they are saved. */
import { parseDuration } from '../../kubelet/go/duration';
import { dangers } from './dangers';
import { effectiveSettings, settingsAfter, settingsBelow } from './effective';
import { bySeverity, finding, type Finding } from './finding';
import { kubeletFindings } from './kubeletRules';
import type { SettingsNode } from './node';
import { startWith } from './outcome';
import { readmissionFindings } from './readmission';
import { entryOf, type SettingField, type Settings } from './settings';

const DISK = 'ephemeral-storage';

/**
 * Amounts of disk that a later, smaller node may not have, so that its kubelet would not start: the guard of the boot
 * file looks at memory alone.
 */
function unguarded({ evictionHard, systemReserved, kubeReserved }: Settings): SettingField[] {
  const threshold = entryOf(evictionHard, 'nodefs.available');

  return [
    ...(threshold !== undefined && !threshold.endsWith('%') ? [{ setting: 'evictionHard' as const, key: 'nodefs.available' }] : []),
    ...(entryOf(systemReserved, DISK) === undefined ? [] : [{ setting: 'systemReserved' as const, key: DISK }]),
    ...(entryOf(kubeReserved, DISK) === undefined ? [] : [{ setting: 'kubeReserved' as const, key: DISK }]),
  ];
}

/** What the texts say by themselves, whatever the node. */
function ownFindings(settings: Settings): Finding[] {
  const { evictionHard, evictionSoft, evictionSoftGracePeriod, evictionMinimumReclaim } = settings;
  const containerFs = (signal: string): boolean => signal.startsWith('containerfs.');
  const thresholds = [...Object.keys(evictionHard ?? {}), ...Object.keys(evictionSoft ?? {})];
  const graces = Object.entries(evictionSoftGracePeriod ?? {});

  return [
    ...unguarded(settings).map((field) => finding('diskUnguarded', field)),
    ...graces.filter(([signal, text]) => entryOf(evictionSoft, signal) !== undefined && parseDuration(text) === 0n).map(([key]) => finding('softGraceZero', { setting: 'evictionSoftGracePeriod', key }, { key })),
    ...graces.filter(([signal]) => evictionSoft && entryOf(evictionSoft, signal) === undefined).map(([key]) => finding('graceUnused', { setting: 'evictionSoftGracePeriod', key }, { key })),
    ...Object.keys(evictionMinimumReclaim ?? {}).filter((signal) => evictionHard && !thresholds.includes(signal)).map((key) => finding('reclaimUnused', { setting: 'evictionMinimumReclaim', key }, { key })),
    ...Object.keys(evictionHard ?? {}).filter(containerFs).map((key) => finding('containerFsIgnored', { setting: 'evictionHard', key }, { key })),
    ...Object.keys(evictionSoft ?? {}).filter(containerFs).map((key) => finding('containerFsIgnored', { setting: 'evictionSoft', key }, { key })),
  ];
}

/**
 * One node under settings: why its kubelet would not start, or what to know about it when it does.
 *
 * @param settings writable ones (`kubeletFindings` has nothing against them)
 */
export function nodeFindings(node: SettingsNode, settings: Settings): Finding[] {
  const { outcome: after, failure } = startWith(node, settingsAfter(node, settings));

  if (failure) {
    return [finding(failure.rule, undefined, { kubeletText: failure.kubeletText })];
  }
  const before = startWith(node, node.configuration ? effectiveSettings(node.configuration) : settingsBelow(node)).outcome;

  return [
    ...readmissionFindings(node, after),
    ...dangers(node, before, after),
    ...(node.configuration && node.summary ? [] : [finding('nodeUnread')]),
  ];
}

/** A finding and the node that it was made on. */
export type Named = readonly [string, Finding];

const keyOf = ({ code, field }: Finding): string => JSON.stringify([code, field?.setting, field?.key]);

/** One finding for all the nodes that it is true of. */
function grouped(found: readonly Named[]): Finding[] {
  const groups = new Map<string, Named[]>();

  for (const entry of found) {
    const key = keyOf(entry[1]);
    const group = groups.get(key);

    // A node that says so twice (its memory and its pods' cgroup are both below one threshold) counts once
    if (group) {
      group.push(...(group.at(-1)?.[0] === entry[0] ? [] : [entry]));
    } else {
      groups.set(key, [entry]);
    }
  }

  return [...groups.values()].flatMap((group) => group.slice(0, 1).map(([, first]) => {
    const pods = group.flatMap(([, { pods: some = [] }]) => some);

    return { ...first, nodes: group.map(([name]) => name), ...(pods.length > 0 && { pods }) };
  }));
}

/** Findings on settings themselves and those made on nodes, in one list, most serious first; of writable settings. */
export function gatherFindings(settings: Settings, found: readonly Named[]): Finding[] {
  return bySeverity([...ownFindings(settings), ...grouped(found)]);
}

/**
 * The findings on settings for the nodes that they are for, most serious first. Witness nodes are left out, as by the
 * guard. As long as no kubelet would start with the settings, nodes are not looked at. With very many nodes, a view may
 * take them one by one ({@link nodeFindings}, then {@link gatherFindings}) and stay responsive.
 */
export function checkSettings(settings: Settings, nodes: readonly SettingsNode[]): Finding[] {
  const findings = kubeletFindings(settings);

  if (findings.length > 0) {
    return findings;
  }

  return gatherFindings(settings, nodes.filter(({ role }) => role !== 'witness').flatMap((node) => nodeFindings(node, settings).map((each) => [node.name, each] as const)));
}
