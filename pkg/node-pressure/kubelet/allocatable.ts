/**
 * What of a node is left for pods.
 * Follows pkg/kubelet/cm/node_container_manager_linux.go and pkg/kubelet/nodestatus/setters.go.
 */

import { milliCPUToShares } from './cgroups';
import { goQuote } from './go/quote';
import type { Quantities } from './podResources';
import { isExtendedResourceName, isHugePageResourceName } from './resourceNames';
import { newMilliQuantity, newQuantity, type Quantity } from './quantity';
import { getThresholdQuantity, type Threshold } from './thresholds';

/** What a kubelet's configuration takes from a node. */
export interface NodeReservations {
  readonly systemReserved: Readonly<Quantities> | null;
  readonly kubeReserved: Readonly<Quantities> | null;
  /** Thresholds parsed from `evictionHard` alone; soft ones never count. Empty with `experimental-allocatable-ignore-eviction`. */
  readonly hardEvictionThresholds: readonly Threshold[];
}

/** The limits of the cgroup that holds all pods. Fields are absent where the node has no such resource. */
export interface KubepodsCgroup {
  readonly memoryLimitBytes?: bigint;
  readonly cpuShares?: bigint;
  readonly pidsLimit?: bigint;
}

const ZERO = newQuantity(0n, 'DecimalSI');

function own(list: Readonly<Quantities> | null, name: string): Quantity | undefined {
  return list && Object.hasOwn(list, name) ? list[name] : undefined;
}

/** Below nothing there is nothing. */
function atLeastZero(quantity: Quantity): Quantity {
  return quantity.sign() < 0 ? newQuantity(0n, quantity.format) : quantity;
}

function mapQuantities(list: Readonly<Quantities>, change: (name: string, quantity: Quantity) => Quantity): Quantities {
  return Object.fromEntries(Object.entries(list).map(([name, quantity]) => [name, change(name, quantity)]));
}

/** `hardEvictionReservation`: only `memory.available` and `nodefs.available` reserve, in percent of the capacity. */
function hardEvictionReservation(thresholds: readonly Threshold[], capacity: Readonly<Quantities>): Quantities {
  const resources: Partial<Record<string, string>> = { 'memory.available': 'memory', 'nodefs.available': 'ephemeral-storage' };

  return Object.fromEntries(thresholds.flatMap(({ signal, operator, value }) => {
    const resource = operator === 'LessThan' ? resources[signal] : undefined;

    return resource ? [[resource, getThresholdQuantity(value, own(capacity, resource) ?? ZERO)]] : [];
  }));
}

/**
 * `GetNodeAllocatableReservation`: what the scheduler may not use of each resource of the node, where that is not zero.
 * Bytes, cores and counts, in the units of the capacity.
 */
export function nodeAllocatableReservation(capacity: Readonly<Quantities>, reservations: NodeReservations): Quantities {
  const eviction = hardEvictionReservation(reservations.hardEvictionThresholds, capacity);
  const parts = [reservations.systemReserved, reservations.kubeReserved, eviction];
  const all = mapQuantities(capacity, (name) => parts.reduce((sum, part) => sum.add(own(part, name) ?? ZERO), ZERO));

  return Object.fromEntries(Object.entries(all).filter(([, quantity]) => !quantity.isZero()));
}

/**
 * `node.status.allocatable`: capacity less the reservation, never below 0; the whole of every huge page capacity is
 * taken from memory besides. Devices of plug-ins are as in the capacity here, the kubelet reports the healthy ones.
 */
export function nodeAllocatable(capacity: Readonly<Quantities>, reservations: NodeReservations): Quantities {
  const reservation = nodeAllocatableReservation(capacity, reservations);
  const allocatable = mapQuantities(capacity, (name, quantity) => {
    const reserved = own(reservation, name);

    return atLeastZero(reserved ? quantity.sub(reserved) : quantity);
  });

  return Object.entries(capacity).reduce((result, [name, quantity]) => (
    isHugePageResourceName(name) ? { ...result, memory: atLeastZero((result.memory ?? ZERO).sub(quantity)) } : result
  ), allocatable);
}

/**
 * The stricter of two allocatables for every resource: a starting kubelet may still read the old one, so pods must fit
 * this. A resource that one of them lacks is none (0 to the kubelet), but an extended one is then as the other says,
 * since a kubelet does not look at those that its node does not list.
 */
export function strictestAllocatable(a: Readonly<Quantities>, b: Readonly<Quantities>): Quantities {
  return Object.fromEntries(Object.entries({ ...a, ...b }).flatMap(([name, either]) => {
    const [one, other] = [own(a, name), own(b, name)];

    if (one && other) {
      return [[name, one.cmp(other) < 0 ? one : other]];
    }

    return isExtendedResourceName(name) ? [[name, either]] : [];
  }));
}

/**
 * `getNodeAllocatableAbsoluteImpl` and `getCgroupConfig`: the limits written to /kubepods. Where `enforceNodeAllocatable`
 * has `pods` (the default) that is capacity less system and kube reservation, else the capacity. The eviction threshold
 * is **not** subtracted: pods may use it up, which is what makes the kubelet evict.
 *
 * @param capacity with `pid` where the limit of processes is wanted
 */
export function kubepodsCgroup(capacity: Readonly<Quantities>, reservations: NodeReservations, enforcesPods = true): KubepodsCgroup {
  const { systemReserved, kubeReserved } = reservations;
  const limit = (name: string): Quantity | undefined => {
    const quantity = own(capacity, name);

    return enforcesPods && quantity ? atLeastZero(quantity.sub(own(systemReserved, name) ?? ZERO).sub(own(kubeReserved, name) ?? ZERO)) : quantity;
  };
  const [memory, cpu, pids] = ['memory', 'cpu', 'pid'].map(limit);

  return {
    ...(memory && { memoryLimitBytes: memory.value() }),
    ...(cpu && { cpuShares: milliCPUToShares(cpu.milliValue()) }),
    ...(pids && { pidsLimit: pids.value() }),
  };
}

/** A capacity as the kubelet measures it: NumCores × 1000 for cpu, whole units for the rest. */
function measured(name: string, capacity: Quantity): Quantity {
  return name === 'cpu' ? newMilliQuantity(capacity.milliValue(), capacity.format) : newQuantity(capacity.value(), capacity.format);
}

/**
 * `validateNodeAllocatable`, which a starting kubelet runs: its error if more is reserved than there is of a resource.
 * Reserving exactly everything is allowed. Several resources are named in the order of their names (random in Go).
 */
export function validateNodeAllocatable(capacity: Readonly<Quantities>, reservations: NodeReservations): string | undefined {
  const reservation = nodeAllocatableReservation(capacity, reservations);
  const problems = Object.entries(capacity).sort(([a], [b]) => (a < b ? -1 : 1)).flatMap(([name, quantity]) => {
    const reserved = own(reservation, name);
    const available = measured(name, quantity);

    return reserved && available.cmp(reserved) < 0 ? [`Resource ${ goQuote(name) } has a reservation of ${ reserved.fieldsText() } but capacity of ${ available.fieldsText() }. Expected capacity >= reservation.`] : [];
  });

  return problems.length > 0 ? `invalid Node Allocatable configuration. ${ problems.join(' ') }` : undefined;
}
