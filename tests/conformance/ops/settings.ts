/** What the product writes for a kubelet, and what becomes of a node with it. */
import { isWritable, parseSettingsFile, renderSettings } from '../../../pkg/node-pressure/planner/settings/file';
import { settingsAfter } from '../../../pkg/node-pressure/planner/settings/effective';
import { stopsKubelet, type Finding } from '../../../pkg/node-pressure/planner/settings/finding';
import { kubeletFindings } from '../../../pkg/node-pressure/planner/settings/kubeletRules';
import type { SettingsNode } from '../../../pkg/node-pressure/planner/settings/node';
import { startWith } from '../../../pkg/node-pressure/planner/settings/outcome';
import { MAP_SETTINGS, type Settings } from '../../../pkg/node-pressure/planner/settings/settings';
import { LATEST_MINOR } from '../../../pkg/node-pressure/kubelet/config/version';
import type { Quantities } from '../../../pkg/node-pressure/kubelet/podResources';
import { newQuantity } from '../../../pkg/node-pressure/kubelet/quantity';
import { text, textMap } from '../fields';
import { amount } from '../figures';
import type { Input, Operation, Output } from '../protocol';

const HUGE_PAGES = 'hugepages-';

function given(value: unknown): Settings {
  const fields = (value ?? {}) as Input;
  const maps = MAP_SETTINGS.flatMap((setting) => {
    const map = textMap(fields[setting]);

    return map ? [[setting, Object.fromEntries(Object.entries(map).map(([key, item]) => [key, text(item)]))] as const] : [];
  });
  const { evictionMaxPodGracePeriod: grace, evictionPressureTransitionPeriod: transition } = fields;

  return {
    ...Object.fromEntries(maps),
    ...(grace !== undefined && grace !== null && { evictionMaxPodGracePeriod: Number(grace) }),
    ...(transition !== undefined && transition !== null && { evictionPressureTransitionPeriod: text(transition) }),
  };
}

const codes = (findings: readonly Finding[]): string[] => [...new Set(findings.map(({ code }) => code))];

function file({ settings }: Input): Output {
  const asked = given(settings);

  return isWritable(asked) ? { file: renderSettings(asked) } : { errors: codes(kubeletFindings(asked)) };
}

function read({ file: content }: Input): Output {
  const settings = parseSettingsFile(text(content));

  return settings ? { settings } : { foreign: true };
}

/** Huge pages as bytes of memory, by page size, or all of them in one figure. */
function hugePages(value: unknown): Record<string, unknown> {
  const bySize = typeof value === 'object' && value !== null ? Object.entries(value) : [['2Mi', value] as const];

  return Object.fromEntries(bySize.map(([name, item]) => [name.startsWith(HUGE_PAGES) ? name : HUGE_PAGES + name, item]));
}

/** A node that nobody configured before: RKE2's own defaults, Harvester's CPU reservation, which no memory depends on. */
function node({ memory, ephemeralStorage, pids, hugepages }: Input): SettingsNode {
  const figures = { memory, 'ephemeral-storage': ephemeralStorage, ...hugePages(hugepages) };
  const capacity: Quantities = Object.fromEntries(Object.entries(figures).flatMap(([name, figure]) => {
    const value = amount(figure);

    return value === undefined ? [] : [[name, newQuantity(value, 'BinarySI')]];
  }));
  const maxpid = amount(pids);

  return {
    name: '', role: 'worker', minor: LATEST_MINOR, capacity, allocatable: capacity, pressures: [],
    ...(maxpid !== undefined && { summary: { node: { nodeName: '', rlimit: { maxpid: Number(maxpid), curproc: 0 } }, pods: [] } }),
  };
}

function check(input: Input): Output {
  const settings = given(input.settings);
  const stops = kubeletFindings(settings).filter(stopsKubelet);

  if (stops.length > 0) {
    return { starts: false, errors: codes(stops) };
  }
  const asked = node((input.node ?? {}) as Input);
  const { outcome, failure } = startWith(asked, settingsAfter(asked, settings));

  return failure ? { starts: false, errors: [failure.rule] } : { starts: true, errors: [], allocatableMemory: outcome.allocatable.memory?.value().toString() };
}

export const ops: Record<string, Operation> = { 'settings.file': file, 'settings.read': read, 'settings.check': check };
