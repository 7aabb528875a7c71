/** What a text in the form means on the nodes that it is for. */
import { attempt } from '../../harvester/amounts';
import type { Quantity } from '../../kubelet/quantity';
import { makeSignalObservations } from '../../kubelet/observations';
import { parseResourceList } from '../../kubelet/resourceList';
import { isSignal, SIGNALS, type Signal } from '../../kubelet/signals';
import { getThresholdQuantity, type ThresholdValue } from '../../kubelet/thresholds';
import { parseMinimumReclaims, parseThresholdStatements } from '../../kubelet/thresholdStatements';
import { unitOf, type SignalUnit } from '../node/signalRows';
import type { SettingsNode } from './node';
import { capacityOfSignal } from './outcome';
import type { SettingField } from './settings';

interface Capacity {
  readonly node: string;
  readonly capacity: Quantity;
}

/** The nodes with the smallest and the largest capacity of a signal. */
export interface Extremes {
  readonly smallest: Capacity;
  readonly largest: Capacity;
}

/** What was worked out of a node stays with it: nodes are read one by one, and each of them brings all others along. */
const known = new WeakMap<SettingsNode, ReadonlyMap<Signal, Capacity>>();

function capacitiesOf(node: SettingsNode): ReadonlyMap<Signal, Capacity> {
  const before = known.get(node);

  if (before) {
    return before;
  }
  const observations = node.summary ? makeSignalObservations(node.summary) : {};
  const capacities = new Map(SIGNALS.flatMap((signal) => {
    const capacity = capacityOfSignal(node, { observations }, signal);

    return capacity ? [[signal, { node: node.name, capacity }] as const] : [];
  }));

  known.set(node, capacities);

  return capacities;
}

/** Of every signal whose capacity is known on at least one node. */
export function extremesOf(nodes: readonly SettingsNode[]): ReadonlyMap<Signal, Extremes> {
  const extremes = new Map<Signal, Extremes>();

  for (const node of nodes.filter(({ role }) => role !== 'witness')) {
    for (const [signal, each] of capacitiesOf(node)) {
      const { smallest, largest } = extremes.get(signal) ?? { smallest: each, largest: each };

      extremes.set(signal, {
        smallest: each.capacity.cmp(smallest.capacity) < 0 ? each : smallest,
        largest:  each.capacity.cmp(largest.capacity) > 0 ? each : largest,
      });
    }
  }

  return extremes;
}

/** An amount on one node; without a node where no node's capacity is known. */
export interface AmountOn {
  readonly node?: string;
  readonly amount: number;
  readonly capacity?: number;
  /** Of the capacity, to one decimal. */
  readonly percent?: number;
}

/**
 * `amounts`: on the smallest and on the largest node, one where they are alike. `off`: the kubelet takes it for no threshold.
 * `unknown`: a share of something that is not known.
 */
export type Meaning = { readonly kind: 'amounts'; readonly unit: SignalUnit; readonly amounts: readonly AmountOn[] } | { readonly kind: 'off' | 'unknown' };

/** Reserved resources as the signal that watches them. */
const SIGNAL_OF_RESOURCE: Readonly<Record<string, Signal>> = { memory: 'memory.available', 'ephemeral-storage': 'nodefs.available', pid: 'pid.available' };

interface Written {
  readonly signal: Signal;
  /** Undefined: no threshold at all. */
  readonly value: ThresholdValue | undefined;
}

/** The kubelet's reading of one input; undefined where it has none, or where the input is not about an amount. */
function read({ setting, key = '' }: SettingField, text: string): Written | undefined {
  switch (setting) {
  case 'evictionHard':
  case 'evictionSoft':
    return isSignal(key) ? { signal: key, value: parseThresholdStatements({ [key]: text })[0]?.value } : undefined;
  case 'evictionMinimumReclaim':
    return isSignal(key) ? { signal: key, value: parseMinimumReclaims({ [key]: text }).get(key) } : undefined;
  case 'systemReserved':
  case 'kubeReserved': {
    const signal = SIGNAL_OF_RESOURCE[key];

    return signal && { signal, value: { quantity: parseResourceList({ [key]: text })?.[key], percentage: 0 } };
  }
  default:
    return undefined;
  }
}

function amountOn({ node, capacity }: Capacity, value: ThresholdValue): AmountOn {
  const amount = Number(getThresholdQuantity(value, capacity).value());
  const whole = Number(capacity.value());

  return { node, amount, capacity: whole, ...(whole > 0 && { percent: Math.round(amount / whole * 1000) / 10 }) };
}

/** What an input's text comes to; undefined for texts that the kubelet cannot read, and inputs that are no amounts. */
export function meaningOf(field: SettingField, text: string, extremes: ReadonlyMap<Signal, Extremes>): Meaning | undefined {
  const written = text === '' ? undefined : attempt(() => read(field, text)).value;

  if (!written) {
    return undefined;
  }
  const { signal, value } = written;

  if (!value) {
    return { kind: 'off' };
  }
  const found = extremes.get(signal);

  if (!found) {
    return value.quantity ? { kind: 'amounts', unit: unitOf(signal), amounts: [{ amount: Number(value.quantity.value()) }] } : { kind: 'unknown' };
  }
  const { smallest, largest } = found;
  const capacities = smallest.capacity.cmp(largest.capacity) === 0 ? [smallest] : [smallest, largest];

  return { kind: 'amounts', unit: unitOf(signal), amounts: capacities.map((each) => amountOn(each, value)) };
}
