/** What no kubelet checks and an admin should know before it starts with settings: one node, before and after. */
import { formatDuration } from '../../kubelet/go/duration';
import { isThresholdMet } from '../../kubelet/eviction/metThresholds';
import { conditionOf, type Signal } from '../../kubelet/signals';
import { getThresholdQuantity, isHardEvictionThreshold, type Threshold } from '../../kubelet/thresholds';
import { finding, type Finding } from './finding';
import { firstInLine } from './firstInLine';
import { MEMORY_TOLERANCE } from './guard';
import type { SettingsNode } from './node';
import { capacityOfSignal, type NodeOutcome } from './outcome';
import { entryOf, type SettingField } from './settings';

/** Withholding more than this share of a node's memory is more likely a slip than a wish. Our choice. */
const MUCH = 0.5;

const hardField = (signal: Signal): SettingField => ({ setting: 'evictionHard', key: signal });
const softField = (signal: Signal): SettingField => ({ setting: 'evictionSoft', key: signal });

/** A threshold's amount on a node, as the kubelet reckons it; undefined while its capacity is not known. */
export function thresholdAmount(node: SettingsNode, outcome: NodeOutcome, { signal, value }: Threshold): bigint | undefined {
  const capacity = capacityOfSignal(node, outcome, signal);

  return value.quantity?.value() ?? (capacity && getThresholdQuantity(value, capacity).value());
}

/** A soft threshold at or below the hard one never gets its grace: units that differ hide that on nodes of another size. */
function softBelowHard(node: SettingsNode, outcome: NodeOutcome): Finding[] {
  const hard = outcome.thresholds.filter(isHardEvictionThreshold);

  return outcome.thresholds.filter((threshold) => !isHardEvictionThreshold(threshold)).flatMap((soft) => {
    const twin = hard.find(({ signal }) => signal === soft.signal);
    const softAmount = thresholdAmount(node, outcome, soft);
    const hardAmount = twin && thresholdAmount(node, outcome, twin);

    return softAmount !== undefined && hardAmount !== undefined && softAmount <= hardAmount ? [finding('softBelowHard', softField(soft.signal), { signal: soft.signal, soft: softAmount, hard: hardAmount })] : [];
  });
}

/** The signal as the form has it: the pods' cgroup is watched with the memory threshold. */
function formSignal({ settings }: NodeOutcome, { signal }: Threshold): Signal {
  return signal === 'allocatableMemory.available' && entryOf(settings.evictionHard, signal) === undefined ? 'memory.available' : signal;
}

/** Thresholds that are met as things stand: memory evicts at once, disk and process ids also refuse pods at the start. */
function crossedNow(node: SettingsNode, outcome: NodeOutcome): Finding[] {
  const met = outcome.thresholds.filter((threshold) => {
    const observation = outcome.observations[threshold.signal];

    return observation !== undefined && isThresholdMet(threshold, observation, 'threshold');
  });

  return met.map((threshold) => {
    const { signal, gracePeriod } = threshold;
    const field = isHardEvictionThreshold(threshold) ? hardField(formSignal(outcome, threshold)) : softField(signal);
    const params = { signal, available: outcome.observations[signal]?.available.value(), threshold: thresholdAmount(node, outcome, threshold), grace: formatDuration(gracePeriod) };
    const first = firstInLine(node);

    return conditionOf(signal) === 'MemoryPressure' ? finding('evictsNow', field, params, first ? { pods: [first] } : {}) : finding('pressureNow', field, params);
  });
}

/** What reservations and thresholds leave for pods, against what the node has and what its pods use. */
function leftForPods({ capacity }: SettingsNode, { settings, allocatable, kubepodsMemoryBytes, kubepodsPids, observations }: NodeOutcome): Finding[] {
  const hugePages = Object.entries(capacity).filter(([name]) => name.startsWith('hugepages-')).reduce((sum, [, quantity]) => sum + quantity.value(), 0n);
  const memoryBytes = capacity.memory?.value();
  const leftBytes = allocatable.memory?.value() ?? 0n;
  const pods = observations['allocatableMemory.available'];
  const usedBytes = pods && pods.capacity.sub(pods.available).value();
  const withheldBytes = (memoryBytes ?? 0n) - leftBytes - hugePages;
  const isNothing = Number(leftBytes) <= MEMORY_TOLERANCE * Number(memoryBytes ?? 0n);
  const params = { withheldBytes, capacityBytes: memoryBytes };

  return [
    ...(memoryBytes !== undefined && isNothing ? [finding('nothingAllocatable', undefined, params)] : []),
    ...(memoryBytes !== undefined && !isNothing && Number(withheldBytes) > MUCH * Number(memoryBytes) ? [finding('reservesMuch', undefined, params)] : []),
    ...(usedBytes !== undefined && kubepodsMemoryBytes !== undefined && usedBytes > kubepodsMemoryBytes ? [finding('kubepodsBelowUse', undefined, { usedBytes, limitBytes: kubepodsMemoryBytes })] : []),
    ...(kubepodsPids === 0n ? [finding('noProcessesLeft', { setting: entryOf(settings.systemReserved, 'pid') === undefined ? 'kubeReserved' : 'systemReserved', key: 'pid' })] : []),
  ];
}

/** Signals that the kubelet watches now and would not watch any more. A map is replaced as a whole, so this happens by leaving out. */
function lost(before: NodeOutcome, after: NodeOutcome): Finding[] {
  const watches = ({ thresholds }: NodeOutcome, signal: string): boolean => thresholds.some((threshold) => threshold.signal === signal && isHardEvictionThreshold(threshold));
  const signals = Object.entries(before.settings.evictionHard).filter(([signal]) => watches(before, signal) && !watches(after, signal));
  const reclaims = Object.entries(before.settings.evictionMinimumReclaim).filter(([signal]) => watches(after, signal) && entryOf(after.settings.evictionMinimumReclaim, signal) === undefined);

  return [
    ...signals.map(([signal, text]) => finding('signalLost', { setting: 'evictionHard', key: signal }, { signal, text })),
    ...reclaims.map(([signal, text]) => finding('reclaimLost', { setting: 'evictionMinimumReclaim', key: signal }, { signal, text })),
  ];
}

/** What settings mean once they are in force, from their own texts. */
function meaning({ settings, thresholds }: NodeOutcome): Finding[] {
  const softs = Object.keys(settings.evictionSoft).filter((signal) => thresholds.some((threshold) => threshold.signal === signal && !isHardEvictionThreshold(threshold)));

  return [
    ...(softs.length > 0 && settings.evictionMaxPodGracePeriod <= 0 ? [finding('softWithoutPodGrace', { setting: 'evictionMaxPodGracePeriod' })] : []),
    ...(thresholds.length > 0 && settings.evictionPressureTransitionPeriod <= 0n ? [finding('conditionsNeverSet', { setting: 'evictionPressureTransitionPeriod' })] : []),
    ...(thresholds.some(({ signal }) => signal === 'memory.available') ? [] : [finding('memoryUnprotected', hardField('memory.available'))]),
  ];
}

/**
 * The dangers of one node under settings.
 *
 * @param before what its kubelet does now; absent where that is not known
 */
export function dangers(node: SettingsNode, before: NodeOutcome | undefined, after: NodeOutcome): Finding[] {
  return [...crossedNow(node, after), ...leftForPods(node, after), ...softBelowHard(node, after), ...(before ? lost(before, after) : []), ...meaning(after)];
}
