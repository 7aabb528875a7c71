import { newQuantity, type Format, type Quantity } from './quantity';
import type { Signal } from './signals';
import type { FsStats, MemoryStats, RlimitStats, Summary } from './summary';

/** What a signal stands at: how much is left of how much, and when that was measured (RFC 3339, absent if unknown). */
export interface SignalObservation {
  readonly available: Quantity;
  readonly capacity: Quantity;
  readonly time?: string;
}

/** Only signals with both figures are there: a missing one is "not known", and its thresholds are not met. */
export type SignalObservations = Partial<Record<Signal, SignalObservation>>;

/** The system container whose cgroup holds all pods (SystemContainerPods). */
const PODS = 'pods';

/**
 * The observation of every signal that a summary has the figures for. Follows makeSignalObservations in
 * pkg/kubelet/eviction/helpers.go on Linux: bytes are BinarySI, inodes and process ids DecimalSI, and the capacity
 * of memory is what is available plus the working set.
 */
export function makeSignalObservations({ node }: Summary): SignalObservations {
  const pods = node.systemContainers?.find(({ name }) => name === PODS);
  const { imageFs, containerFs } = node.runtime ?? {};

  const candidates: Record<Signal, SignalObservation | undefined> = {
    'memory.available':            memory(node.memory),
    'nodefs.available':            bytes(node.fs),
    'nodefs.inodesFree':           inodes(node.fs),
    'imagefs.available':           bytes(imageFs),
    'imagefs.inodesFree':          inodes(imageFs),
    'containerfs.available':       bytes(containerFs),
    'containerfs.inodesFree':      inodes(containerFs),
    'pid.available':               processIds(node.rlimit),
    'allocatableMemory.available': memory(pods?.memory),
  };

  return Object.fromEntries(Object.entries(candidates).filter(([, observation]) => observation));
}

function memory(stats: MemoryStats | undefined): SignalObservation | undefined {
  const available = figure(stats?.availableBytes);
  const workingSet = figure(stats?.workingSetBytes);

  return observation(available, plus(available, workingSet), 'BinarySI', stats);
}

function bytes(stats: FsStats | undefined): SignalObservation | undefined {
  return observation(figure(stats?.availableBytes), figure(stats?.capacityBytes), 'BinarySI', stats);
}

function inodes(stats: FsStats | undefined): SignalObservation | undefined {
  return observation(figure(stats?.inodesFree), figure(stats?.inodes), 'DecimalSI', stats);
}

function processIds(stats: RlimitStats | undefined): SignalObservation | undefined {
  const maximum = figure(stats?.maxpid);
  const running = figure(stats?.curproc);

  return observation(plus(maximum, running === undefined ? undefined : -running), maximum, 'DecimalSI', stats);
}

function observation(available: bigint | undefined, capacity: bigint | undefined, format: Format, stats: { readonly time?: string } | undefined): SignalObservation | undefined {
  if (available === undefined || capacity === undefined) {
    return undefined;
  }

  return { available: newQuantity(BigInt.asIntN(64, available), format), capacity: newQuantity(BigInt.asIntN(64, capacity), format), time: stats?.time };
}

/** A figure as the kubelet's own integer types would hold it; anything else in its place counts as missing. */
function figure(value: number | undefined): bigint | undefined {
  return Number.isInteger(value) ? BigInt(value as number) : undefined;
}

function plus(a: bigint | undefined, b: bigint | undefined): bigint | undefined {
  return a === undefined || b === undefined ? undefined : a + b;
}
