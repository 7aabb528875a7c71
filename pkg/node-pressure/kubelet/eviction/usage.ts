/** What a pod uses of a resource, from its stats. Follows the usage functions of pkg/kubelet/eviction/helpers.go. */

import type { Pod, Volume } from '../pod';
import { newQuantity, type Format, type Quantity } from '../quantity';
import type { PodStats } from '../summary';
import type { MeasuredFilesystems } from './layout';

/** Which figure of a filesystem is meant. */
export type FsFigure = 'usedBytes' | 'inodesUsed';

/** Go's `int64(*figure)` of an optional uint64: absent (and what is no integer) counts as 0, from 2^63 on it is negative. */
export function int64(figure: number | undefined): number {
  if (figure === undefined || !Number.isInteger(figure)) {
    return 0;
  }

  return Number.isSafeInteger(figure) ? figure : Number(BigInt.asIntN(64, BigInt(figure)));
}

/** A stats figure as the quantity that the kubelet makes of it. */
export function usageQuantity(figure: number | undefined, format: Format = 'BinarySI'): Quantity {
  return newQuantity(BigInt(int64(figure)), format);
}

/** `localVolumeNames`: volumes that live on the node's own disks. */
function isLocalVolume({ hostPath, gitRepo, configMap, emptyDir }: Volume): boolean {
  return Boolean(hostPath ?? gitRepo ?? configMap) || (emptyDir ? !emptyDir.medium : false);
}

/** `podDiskUsage`, before it is added up: what each measured filesystem of a pod holds, in bytes or inodes. */
export function podDiskUsages(pod: Pod, stats: PodStats, measured: MeasuredFilesystems, figure: FsFigure): number[] {
  const usages: number[] = [];

  for (const { rootfs, logs } of stats.containers ?? []) {
    if (measured.rootfs) {
      usages.push(int64(rootfs?.[figure]));
    }
    if (measured.logs) {
      usages.push(int64(logs?.[figure]));
    }
  }
  for (const volume of measured.localVolumes ? pod.spec.volumes ?? [] : []) {
    if (isLocalVolume(volume)) {
      usages.push(int64(stats.volume?.find(({ name }) => name === volume.name)?.[figure]));
    }
  }

  return usages;
}
