/** Pods over their own limits on local storage. Follows `localStorageEviction` of pkg/kubelet/eviction/eviction_manager.go. */

import { goQuote } from '../go/quote';
import type { Pod } from '../pod';
import { podLimit, quantityOf } from '../podResources';
import { parseQuantity, type Quantity } from '../quantity';
import type { PodStats } from '../summary';
import type { PodWithStats } from './rank';
import { usageQuantity } from './usage';

/** Signals under which the kubelet counts evictions for a limit of the pod's own. */
export type LocalStorageSignal = 'emptydirfs.limit' | 'ephemeralpodfs.limit' | 'ephemeralcontainerfs.limit';

/** The first limit that a pod exceeds, and the message of its eviction. */
export interface LocalStorageViolation {
  readonly signal: LocalStorageSignal;
  readonly message: string;
}

const EPHEMERAL_STORAGE = 'ephemeral-storage';

function emptyDirViolation({ spec }: Pod, stats: PodStats): LocalStorageViolation | undefined {
  const used = new Map(stats.volume?.map(({ name, usedBytes }) => [name, usedBytes]));

  for (const { name, emptyDir } of spec.volumes ?? []) {
    const usedBytes = used.get(name);
    const limit = emptyDir?.sizeLimit === undefined ? undefined : parseQuantity(emptyDir.sizeLimit);

    if (usedBytes !== undefined && limit && limit.sign() === 1 && usageQuantity(usedBytes).cmp(limit) > 0) {
      return { signal: 'emptydirfs.limit', message: `Usage of EmptyDir volume ${ goQuote(name) } exceeds the limit ${ goQuote(limit.toString()) }. ` };
    }
  }

  return undefined;
}

function podViolation(pod: Pod, stats: PodStats): LocalStorageViolation | undefined {
  const limit = podLimit(pod, EPHEMERAL_STORAGE);

  if (limit && usageQuantity(stats[EPHEMERAL_STORAGE]?.usedBytes).cmp(limit) > 0) {
    return { signal: 'ephemeralpodfs.limit', message: `Pod ephemeral local storage usage exceeds the total limit of containers ${ limit.toString() }. ` };
  }

  return undefined;
}

/** Containers' limits by name, those without one or of 0 left out. */
function containerLimits({ spec }: Pod): Map<string, Quantity> {
  return new Map(spec.containers.flatMap(({ name, resources }) => {
    const limit = quantityOf(resources?.limits, EPHEMERAL_STORAGE);

    return limit && limit.value() !== 0n ? [[name, limit]] : [];
  }));
}

function containerViolation(pod: Pod, stats: PodStats, dedicatedImageFs: boolean): LocalStorageViolation | undefined {
  const limits = containerLimits(pod);

  for (const { name, rootfs, logs } of stats.containers ?? []) {
    const limit = limits.get(name);
    const used = usageQuantity(logs?.usedBytes).add(usageQuantity(dedicatedImageFs ? undefined : rootfs?.usedBytes));

    if (limit && limit.cmp(used) < 0) {
      return { signal: 'ephemeralcontainerfs.limit', message: `Container ${ name } exceeded its local ephemeral storage limit ${ goQuote(limit.toString()) }. ` };
    }
  }

  return undefined;
}

/**
 * The limit for which the kubelet evicts a pod at once, whatever the node has left: an emptyDir over its size limit, the
 * pod over the sum of its limits, a container's logs (and writable layer, where it is on the nodefs) over its own.
 * A volume without a known use counts as within its limit; the kubelet would crash on one.
 * @throws KubeletError if a limit of the pod cannot be parsed
 */
export function localStorageViolation({ pod, stats }: PodWithStats, dedicatedImageFs: boolean): LocalStorageViolation | undefined {
  return stats && (emptyDirViolation(pod, stats) ?? podViolation(pod, stats) ?? containerViolation(pod, stats, dedicatedImageFs));
}
