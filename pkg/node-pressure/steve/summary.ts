import type { ContainerStats, FsStats, MemoryStats, NodeStats, PodStats, RlimitStats, Summary, VolumeStats } from '../kubelet/summary';
import { isObject, objectsOf, requireObject, textOf, type JsonObject } from './shape';

/** The named figures that are finite numbers, and the time; the rest of the object is left behind. */
function figures<Key extends string>(value: unknown, keys: readonly Key[]): ({ readonly time?: string } & { readonly [K in Key]?: number }) | undefined {
  if (!isObject(value)) {
    return undefined;
  }
  const numbers = keys.filter((key) => Number.isFinite(value[key])).map((key) => [key, value[key]]);

  return { time: textOf(value['time']), ...Object.fromEntries(numbers) };
}

function memory(value: unknown): MemoryStats | undefined {
  return figures(value, ['availableBytes', 'usageBytes', 'workingSetBytes', 'rssBytes', 'pageFaults', 'majorPageFaults']);
}

function fs(value: unknown): FsStats | undefined {
  return figures(value, ['availableBytes', 'capacityBytes', 'usedBytes', 'inodesFree', 'inodes', 'inodesUsed']);
}

function rlimit(value: unknown): RlimitStats | undefined {
  return figures(value, ['maxpid', 'curproc']);
}

function container(value: JsonObject): ContainerStats {
  return {
    name:      textOf(value['name']) ?? '',
    startTime: textOf(value['startTime']),
    memory:    memory(value['memory']),
    rootfs:    fs(value['rootfs']),
    logs:      fs(value['logs']),
  };
}

function volume(value: JsonObject): VolumeStats {
  const claim = value['pvcRef'];
  const pvcRef = isObject(claim) ? { name: textOf(claim['name']) ?? '', namespace: textOf(claim['namespace']) ?? '' } : undefined;

  return { ...fs(value), name: textOf(value['name']) ?? '', pvcRef };
}

function pod(value: JsonObject): PodStats {
  const podRef = isObject(value['podRef']) ? value['podRef'] : {};

  return {
    podRef:              { name: textOf(podRef['name']) ?? '', namespace: textOf(podRef['namespace']) ?? '', uid: textOf(podRef['uid']) ?? '' },
    startTime:           textOf(value['startTime']),
    containers:          objectsOf(value['containers']).map(container),
    memory:              memory(value['memory']),
    volume:              objectsOf(value['volume']).map(volume),
    'ephemeral-storage': fs(value['ephemeral-storage']),
    process_stats:       figures(value['process_stats'], ['process_count']),
  };
}

function nodeStats(value: JsonObject): NodeStats {
  const runtime = isObject(value['runtime']) ? value['runtime'] : {};

  return {
    nodeName:         textOf(value['nodeName']) ?? '',
    startTime:        textOf(value['startTime']),
    systemContainers: objectsOf(value['systemContainers']).map(container),
    memory:           memory(value['memory']),
    fs:               fs(value['fs']),
    runtime:          { imageFs: fs(runtime['imageFs']), containerFs: fs(runtime['containerFs']) },
    rlimit:           rlimit(value['rlimit']),
    swap:             figures(value['swap'], ['swapAvailableBytes', 'swapUsageBytes']),
  };
}

/**
 * The body of `/stats/summary` (k8s.io/kubelet/pkg/apis/stats/v1alpha1). A figure of a wrong kind is "not known".
 *
 * @throws UnexpectedBodyError when the body has no node
 */
export function parseSummary(body: unknown): Summary {
  const summary = requireObject(body, 'stats/summary');

  return { node: nodeStats(requireObject(summary['node'], 'node of stats/summary')), pods: objectsOf(summary['pods']).map(pod) };
}
