/** What effective settings make of a node. */
import { attempt } from '../../harvester/amounts';
import { kubepodsCgroup, nodeAllocatable, nodeAllocatableReservation, validateNodeAllocatable, type NodeReservations } from '../../kubelet/allocatable';
import { makeSignalObservations, type SignalObservation, type SignalObservations } from '../../kubelet/observations';
import type { Quantities } from '../../kubelet/podResources';
import { newQuantity, type Quantity } from '../../kubelet/quantity';
import { parseResourceList } from '../../kubelet/resourceList';
import type { Signal } from '../../kubelet/signals';
import { parseThresholdConfig, type Threshold } from '../../kubelet/thresholds';
import type { EffectiveSettings } from './effective';
import type { SettingsNode } from './node';

/** A kubelet that starts, and what it does with its node. */
export interface NodeOutcome {
  readonly settings: EffectiveSettings;
  readonly thresholds: readonly Threshold[];
  readonly allocatable: Readonly<Quantities>;
  /** Limits of the cgroup of all pods; absent where the node does not tell its memory or its process ids. */
  readonly kubepodsMemoryBytes?: bigint;
  readonly kubepodsPids?: bigint;
  /** What its signals stand at now, under its own limits. */
  readonly observations: SignalObservations;
}

/** Why a kubelet would not start: the rule, and the kubelet's own words. */
export interface StartFailure {
  readonly rule: 'otherLayer' | 'reservedBeyondCapacity' | 'memoryManager';
  readonly kubeletText: string;
}

export type Start = { readonly outcome: NodeOutcome; readonly failure?: undefined } | { readonly outcome?: undefined; readonly failure: StartFailure };

const ZERO = newQuantity(0n, 'BinarySI');

/** The pods' cgroup under another limit: what it uses stays, what is left changes. */
function underLimit({ available, capacity }: SignalObservation, limit: Quantity): SignalObservation {
  return { available: limit.sub(capacity.sub(available)), capacity: limit };
}

function observationsUnder(now: SignalObservations, kubepodsMemoryBytes: bigint | undefined): SignalObservations {
  const pods = now['allocatableMemory.available'];

  return pods && kubepodsMemoryBytes !== undefined ? { ...now, 'allocatableMemory.available': underLimit(pods, newQuantity(kubepodsMemoryBytes, 'BinarySI')) } : now;
}

function reservationsOf({ systemReserved, kubeReserved, evictionHard }: EffectiveSettings): NodeReservations {
  return {
    systemReserved:         parseResourceList(systemReserved),
    kubeReserved:           parseResourceList(kubeReserved),
    hardEvictionThresholds: parseThresholdConfig([], { evictionHard, evictionSoft: null, evictionSoftGracePeriod: null, evictionMinimumReclaim: null }),
  };
}

/** The static memory manager wants its own reservations to come to exactly what is withheld from pods. */
function memoryManagerText({ configuration }: SettingsNode, withheld: Quantity): string | undefined {
  if (configuration?.memoryManagerPolicy !== 'Static') {
    return undefined;
  }
  const reserved = (configuration.reservedMemory ?? []).reduce((sum, { limits }) => sum.add(limits?.['memory'] ?? ZERO), ZERO);

  return reserved.cmp(withheld) === 0 ? undefined : `the total amount "${ reserved.toString() }" of type "memory" is not equal to the value "${ withheld.toString() }" determined by Node Allocatable feature`;
}

/**
 * What becomes of a node whose kubelet starts with settings, or why it does not start. Follows parseThresholdConfig,
 * parseResourceList, validateNodeAllocatable (which does not look at process ids) and, for a static memory manager,
 * validateReservedMemory in pkg/kubelet/cm/memorymanager/memory_manager.go.
 */
export function startWith(node: SettingsNode, settings: EffectiveSettings): Start {
  const { value, error } = attempt(() => ({ thresholds: parseThresholdConfig(settings.enforceNodeAllocatable, settings), reservations: reservationsOf(settings) }));

  if (!value) {
    return { failure: { rule: 'otherLayer', kubeletText: error } };
  }
  const { thresholds, reservations } = value;
  const { capacity } = node;
  const tooMuch = validateNodeAllocatable(capacity, reservations);

  if (tooMuch !== undefined) {
    return { failure: { rule: 'reservedBeyondCapacity', kubeletText: tooMuch } };
  }
  const unequal = memoryManagerText(node, nodeAllocatableReservation(capacity, reservations).memory ?? ZERO);

  if (unequal !== undefined) {
    return { failure: { rule: 'memoryManager', kubeletText: unequal } };
  }
  const now = node.summary ? makeSignalObservations(node.summary) : {};
  const pid = now['pid.available']?.capacity;
  const kubepods = kubepodsCgroup(pid ? { ...capacity, pid } : capacity, reservations, settings.enforceNodeAllocatable.includes('pods'));

  return {
    outcome: {
      settings,
      thresholds,
      allocatable:         nodeAllocatable(capacity, reservations),
      kubepodsMemoryBytes: kubepods.memoryLimitBytes,
      kubepodsPids:        kubepods.pidsLimit,
      observations:        observationsUnder(now, kubepods.memoryLimitBytes),
    },
  };
}

const RESOURCES: Readonly<Partial<Record<Signal, string>>> = { 'memory.available': 'memory', 'nodefs.available': 'ephemeral-storage' };

/** What a signal's percentages refer to: what the kubelet measures, or for memory and nodefs the node's capacity; undefined where neither is known. */
export function capacityOfSignal({ capacity }: SettingsNode, { observations }: Pick<NodeOutcome, 'observations'>, signal: Signal): Quantity | undefined {
  return observations[signal]?.capacity ?? capacity[RESOURCES[signal] ?? ''];
}
