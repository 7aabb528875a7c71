import { timestamp } from '../clock';
import type { ContainerStats, FsStats, MemoryStats, PodStats, Summary } from '../../../pkg/node-pressure/kubelet/summary';
import { kubepodsCgroup } from '../../../pkg/node-pressure/kubelet/allocatable';
import { valueAt } from '../store/objects';
import type { KubeObject } from '../store/objects';
import type { NodeFleet } from './fleet';
import type { Machine } from './machine';
import { busyCores } from './metrics';

/** Page cache that counts as used but can be dropped, as a share of what is free. */
const CACHE_SHARE = 0.4;
const BYTES_PER_INODE = 16_384;
/** What a container beside a pod's workload uses, such as a VM's console log. */
const BESIDE_BYTES = 24 * 2 ** 20;
const MAX_PIDS = 4_194_304;

function memoryStats(time: string, workingSetBytes: number, limitBytes?: number, cacheBytes = Math.round(workingSetBytes * 0.1)): MemoryStats {
  return {
    time,
    ...(limitBytes === undefined ? {} : { availableBytes: limitBytes - workingSetBytes }),
    usageBytes: workingSetBytes + cacheBytes,
    workingSetBytes,
    rssBytes: Math.round(workingSetBytes * 0.8),
    pageFaults: Math.round(workingSetBytes / 4096),
    majorPageFaults: 0,
  };
}

function fsStats(time: string, machine: Machine, usedBytes?: number): FsStats {
  const { diskBytes, diskUsedBytes } = machine.plan;
  const inodes = Math.round(diskBytes / BYTES_PER_INODE);
  const inodesUsed = Math.round((usedBytes ?? diskUsedBytes) / (8 * BYTES_PER_INODE));

  return {
    time,
    availableBytes: diskBytes - diskUsedBytes,
    capacityBytes: diskBytes,
    usedBytes: usedBytes ?? diskUsedBytes,
    inodesFree: inodes - Math.round(diskUsedBytes / (8 * BYTES_PER_INODE)),
    inodes,
    inodesUsed,
  };
}

function cpuStats(time: string, cores: number): { time: string; usageNanoCores: number; usageCoreNanoSeconds: number } {
  return { time, usageNanoCores: Math.round(cores * 1e9), usageCoreNanoSeconds: Math.round(cores * 1e9) * 3600 };
}

/** A static pod's figures carry its hash, not the uid of the mirror that stands for it in the API. */
function uidInStats({ metadata: { annotations, uid } }: KubeObject): string {
  return annotations?.['kubernetes.io/config.mirror'] ?? uid ?? '';
}

function podStats(pod: KubeObject, machine: Machine, bytes: number, time: string): PodStats {
  const names = ((valueAt(pod, 'spec.containers') ?? []) as { name: string }[]).map(({ name }) => name);
  const startTime = String(valueAt(pod, 'status.startTime') ?? time);
  // The first container is the workload; what stands beside it is small
  const beside = Math.round(Math.min(bytes * 0.02, BESIDE_BYTES));
  const use = (index: number): number => (index === 0 ? bytes - beside * (names.length - 1) : beside);
  const containers = names.map((name, index): ContainerStats & Record<string, unknown> => ({
    name,
    startTime,
    cpu: cpuStats(time, 0.02),
    memory: memoryStats(time, use(index)),
    rootfs: fsStats(time, machine, 40_960),
    logs: fsStats(time, machine, 65_536),
    swap: { time, swapUsageBytes: 0 },
  }));

  return {
    podRef: { name: pod.metadata.name, namespace: pod.metadata.namespace ?? '', uid: uidInStats(pod) },
    startTime,
    containers,
    memory: memoryStats(time, bytes),
    'ephemeral-storage': fsStats(time, machine, 106_496 * names.length),
    process_stats: { process_count: 4 * names.length },
    volume: [],
  };
}

/** The answer of `/stats/summary`. */
export function summary(fleet: NodeFleet, machine: Machine): Summary {
  const now = fleet.clock.now();
  const time = timestamp(now);
  const startTime = timestamp(machine.bootedAt);
  const sample = fleet.sample(machine);
  const pods = fleet.podsOn(machine);
  const ofPods = [...sample.podBytes.values()].reduce((sum, bytes) => sum + bytes, 0);
  const { kubelet, plan } = machine;
  const limit = kubelet ? kubepodsCgroup(kubelet.capacity, kubelet.reservations, (kubelet.configuration.enforceNodeAllocatable ?? ['pods']).includes('pods'))
    .memoryLimitBytes : undefined;
  const system = (name: string, bytes: number, limitBytes?: number): ContainerStats & Record<string, unknown> => ({
    name,
    startTime,
    cpu: cpuStats(time, 0.1),
    memory: memoryStats(time, bytes, limitBytes),
    swap: { time, swapUsageBytes: 0 },
  });
  const stats = pods.map((pod) => podStats(pod, machine, sample.podBytes.get(pod.metadata.uid ?? '') ?? 0, time));
  const node = {
    nodeName: machine.name,
    startTime,
    systemContainers: [
      system('kubelet', Math.min(180 * 2 ** 20, sample.systemBytes)),
      system('pods', ofPods, limit === undefined ? undefined : Number(limit)),
    ],
    cpu: cpuStats(time, busyCores(machine.name, plan.cpuCores, now)),
    memory: memoryStats(time, sample.workingSetBytes, plan.memoryBytes, Math.round((plan.memoryBytes - sample.workingSetBytes) * CACHE_SHARE)),
    fs: fsStats(time, machine),
    runtime: {
      imageFs: fsStats(time, machine, Math.round(plan.diskUsedBytes * 0.6)),
      containerFs: fsStats(time, machine, Math.round(plan.diskUsedBytes * 0.6)),
    },
    rlimit: { time, maxpid: MAX_PIDS, curproc: 900 + 40 * pods.length },
    swap: { time, swapAvailableBytes: 0, swapUsageBytes: 0 },
  };

  return { node, pods: stats };
}
