/** The figures that one pod is ranked by. Follows the comparators of pkg/kubelet/eviction/helpers.go. */

import type { Pod } from '../pod';
import { newQuantity, type Quantity } from '../quantity';
import { resourceOf, type Signal } from '../signals';
import type { PodStats } from '../summary';
import { measuredFilesystems, type FilesystemLayout } from './layout';
import { getResourceRequestQuantity, resourceRequestNumber, safeOrNaN } from './request';
import { int64, podDiskUsages, usageQuantity } from './usage';

/** Bytes for memory and disk signals, inodes for inode signals, processes for `pid.available`. */
export interface Standing {
  /** The kubelet knows no use of this pod: all figures are 0. */
  readonly noStats: boolean;
  /** More used than requested; equal is not more. Never for `pid.available`. */
  readonly exceedsRequest: boolean;
  readonly usage: number;
  /** The request that `exceedsRequest` looks at: 0 for inodes and processes, which nobody requests. */
  readonly request: number;
  /** Use above the request, negative below it. For inodes the kubelet subtracts the ephemeral-storage request, in bytes. */
  readonly excess: number;
  /** Set where a double cannot hold `excess`: fractions of a byte, or beyond 2^53. Ranking uses it; `excess` is then near it. */
  readonly exactExcess?: Quantity;
}

const WITHOUT_STATS: Standing = { noStats: true, exceedsRequest: false, usage: 0, request: 0, excess: 0 };
const MAX_INT64 = newQuantity(2n ** 63n - 1n, 'DecimalSI');
const MIN_INT64 = newQuantity(-(2n ** 63n), 'DecimalSI');

/** How the pods of a node are measured for a signal. @throws KubeletError if a pod's request cannot be parsed */
export function standingFor(signal: Signal, layout: FilesystemLayout): (pod: Pod, stats: PodStats | undefined) => Standing {
  const resource = resourceOf(signal);
  const measured = measuredFilesystems(signal, layout);

  switch (resource) {
  case 'pids':
    return (_pod, stats) => (stats ? processStanding(stats) : WITHOUT_STATS);
  case 'memory':
    return (pod, stats) => (stats ? standing(pod, [int64(stats.memory?.workingSetBytes)], resource, resource) : WITHOUT_STATS);
  case 'inodes':
    return (pod, stats) => (stats ? standing(pod, podDiskUsages(pod, stats, measured, 'inodesUsed'), resource, 'ephemeral-storage') : WITHOUT_STATS);
  case 'ephemeral-storage':
    return (pod, stats) => (stats ? standing(pod, podDiskUsages(pod, stats, measured, 'usedBytes'), resource, resource) : WITHOUT_STATS);
  }
}

function processStanding(stats: PodStats): Standing {
  const usage = int64(stats.process_stats?.process_count);

  return { noStats: false, exceedsRequest: false, usage, request: 0, excess: usage };
}

function standing(pod: Pod, usages: readonly number[], compared: string, subtracted: string): Standing {
  const usage = usages.reduce((sum, figure) => safeOrNaN(sum + figure), 0);
  const request = resourceRequestNumber(pod, compared);
  const excess = safeOrNaN(usage - (compared === subtracted ? request : resourceRequestNumber(pod, subtracted)));

  if (Number.isNaN(excess + request)) {
    return exactStanding(pod, usages, compared, subtracted);
  }

  return { noStats: false, exceedsRequest: usage > request, usage, request, excess };
}

function exactStanding(pod: Pod, usages: readonly number[], compared: string, subtracted: string): Standing {
  const usage = usages.reduce((sum, figure) => sum.add(usageQuantity(figure)), usageQuantity(undefined));
  const request = getResourceRequestQuantity(pod, compared);
  const exactExcess = usage.sub(getResourceRequestQuantity(pod, subtracted));

  return {
    noStats: false,
    exceedsRequest: usage.cmp(request) > 0,
    usage: nearestNumber(usage),
    request: nearestNumber(request),
    excess: nearestNumber(exactExcess),
    exactExcess,
  };
}

/** Rounded up to whole bytes, and held within int64, which `Quantity.value` would wrap around. */
function nearestNumber(quantity: Quantity): number {
  if (quantity.cmp(MAX_INT64) > 0) {
    return 2 ** 63;
  }

  return quantity.cmp(MIN_INT64) < 0 ? -(2 ** 63) : Number(quantity.value());
}

/**
 * Numbers in the order of the pods' excesses: the excesses themselves, or where one needs more than a double their
 * positions in an exact order, so that sorting compares plain numbers either way.
 */
export function sortableExcess(standings: readonly Standing[]): number[] {
  return standings.some(({ exactExcess }) => exactExcess) ? exactPositions(standings) : standings.map(({ excess }) => excess);
}

function exactPositions(standings: readonly Standing[]): number[] {
  const excesses = standings.map(({ exactExcess, excess }) => exactExcess ?? newQuantity(BigInt(excess), 'BinarySI'));
  const ascending = [...excesses.entries()].sort(([, a], [, b]) => a.cmp(b));
  const positions: number[] = [];

  ascending.forEach(([index, excess], at) => {
    const before = ascending[at - 1];

    positions[index] = before && before[1].cmp(excess) === 0 ? positions[before[0]] as number : at;
  });

  return positions;
}
