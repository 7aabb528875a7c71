import { kubepodsCgroup, nodeAllocatable, nodeAllocatableReservation, type NodeReservations, validateNodeAllocatable } from '../../../pkg/node-pressure/kubelet/allocatable';
import type { StringMap } from '../../../pkg/node-pressure/kubelet/flags';
import type { Quantities } from '../../../pkg/node-pressure/kubelet/podResources';
import { newMilliQuantity, newQuantity, parseQuantity, type Quantity } from '../../../pkg/node-pressure/kubelet/quantity';
import { parseThresholdConfig } from '../../../pkg/node-pressure/kubelet/thresholds';
import { textMap } from '../fields';
import type { Input, Operation, Output } from '../protocol';

const HUGE_PAGES = 'hugepages-';

/** What cAdvisor makes of a capacity: whole cores, whole bytes, whole pages. */
function measured(name: string, quantity: Quantity): Quantity {
  if (name === 'cpu') {
    return newMilliQuantity(quantity.value() * 1000n, 'DecimalSI');
  }
  if (name.startsWith(HUGE_PAGES)) {
    const pageSize = parseQuantity(name.slice(HUGE_PAGES.length)).value();

    return newQuantity(quantity.value() / pageSize * pageSize, 'BinarySI');
  }

  return newQuantity(quantity.value(), name === 'pods' ? 'DecimalSI' : 'BinarySI');
}

function parsed(map: StringMap | null): Quantities {
  return Object.fromEntries(Object.entries(map ?? {}).sort(([a], [b]) => (a < b ? -1 : 1)).map(([name, text]) => [name, parseQuantity(text)]));
}

/** A kubelet always measures these, named in the question or not. */
const ALWAYS = { cpu: '1', memory: '0' };

function node(input: Input): Output {
  const named = textMap(input.capacity) ?? {};
  const ofNamed = (quantities: Quantities): [string, Quantity][] => Object.entries(quantities).filter(([name]) => Object.hasOwn(named, name));
  const printed = (quantities: Quantities): Output => Object.fromEntries(ofNamed(quantities).map(([name, quantity]) => [name, quantity.toString()]));
  const reserved = (field: unknown): Quantities => Object.fromEntries(ofNamed(parsed(textMap(field))));

  const capacity = Object.fromEntries(Object.entries(parsed({ ...ALWAYS, ...named })).map(([name, quantity]) => [name, measured(name, quantity)]));
  const reservations: NodeReservations = {
    systemReserved:         reserved(input.systemReserved),
    kubeReserved:           reserved(input.kubeReserved),
    hardEvictionThresholds: parseThresholdConfig([], { evictionHard: textMap(input.evictionHard), evictionSoft: null, evictionSoftGracePeriod: null, evictionMinimumReclaim: null }),
  };

  return {
    reservation:    printed(nodeAllocatableReservation(capacity, reservations)),
    allocatable:    printed(nodeAllocatable(capacity, reservations)),
    kubepodsMemory: Object.hasOwn(named, 'memory') ? kubepodsCgroup(capacity, reservations).memoryLimitBytes?.toString() : undefined,
    validateError:  validateNodeAllocatable(capacity, reservations),
  };
}

export const ops: Record<string, Operation> = { 'allocatable.node': node };
