/** The pods and node statistics that a question about eviction describes. */
import type { PodWithStats } from '../../../pkg/node-pressure/kubelet/eviction/rank';
import type { Pod, ResourceList } from '../../../pkg/node-pressure/kubelet/pod';
import type { ContainerStats, FsStats, PodStats, Summary } from '../../../pkg/node-pressure/kubelet/summary';
import { flag, text, textMap } from '../fields';
import { figure } from '../figures';
import type { Input } from '../protocol';

/** The names of a pod's one container and one emptyDir, which the protocol does not give but some texts do. */
const CONTAINER = 'c';
const VOLUME = 'v';

function used(value: unknown): FsStats | undefined {
  const usedBytes = figure(value);

  return usedBytes === undefined ? undefined : { usedBytes };
}

function optionalNumber(value: unknown): number | undefined {
  return typeof value === 'number' ? value : undefined;
}

/** A list without the entries that the question leaves out. */
function resourceList(entries: Readonly<Record<string, unknown>>): ResourceList {
  return Object.fromEntries(Object.entries(entries).filter(([, value]) => value !== undefined && value !== null).map(([name, value]) => [name, text(value)]));
}

interface Usage {
  readonly memory: unknown;
  readonly rootfs: unknown;
  readonly rootfsInodes?: unknown;
  readonly logs: unknown;
  readonly emptyDir: unknown;
  readonly processes: unknown;
}

/** A pod's share of local storage is what is known of its parts. */
function ephemeralStorage(parts: readonly unknown[]): FsStats | undefined {
  const known = parts.map(figure).filter((part) => part !== undefined);

  return known.length > 0 ? { usedBytes: known.reduce((sum, part) => sum + part, 0) } : undefined;
}

function podStats(name: string, { memory, rootfs, rootfsInodes, logs, emptyDir, processes }: Usage): PodStats {
  const memoryStats = figure(memory) === undefined ? undefined : { workingSetBytes: figure(memory) };
  const volume = used(emptyDir);
  const inodesUsed = figure(rootfsInodes);

  return {
    podRef:              { name, namespace: 'default', uid: name },
    containers:          [{ name: CONTAINER, memory: memoryStats, rootfs: inodesUsed === undefined ? used(rootfs) : { ...used(rootfs), inodesUsed }, logs: used(logs) }],
    memory:              memoryStats,
    volume:              volume && [{ name: VOLUME, ...volume }],
    process_stats:       { process_count: figure(processes) },
    'ephemeral-storage': ephemeralStorage([rootfs, logs, emptyDir]),
  };
}

/** A pod of `eviction.rank`. */
export function rankedPod(input: Input): PodWithStats {
  const name = text(input.name);
  const requests = resourceList({ memory: input.memoryRequest, 'ephemeral-storage': input.ephemeralStorageRequest });
  const pod: Pod = {
    metadata: { name },
    spec:     { priority: optionalNumber(input.priority), containers: [{ name: CONTAINER, resources: { requests } }], volumes: [{ name: VOLUME, emptyDir: {} }] },
  };

  return flag(input.noStats) ? { pod } : {
    pod,
    stats: podStats(name, {
      memory:       input.memoryWorkingSetBytes,
      rootfs:       input.rootfsUsedBytes,
      rootfsInodes: input.rootfsInodesUsed,
      logs:         input.logsUsedBytes,
      emptyDir:     input.emptyDirUsedBytes,
      processes:    input.processCount,
    }),
  };
}

/** A pod of `eviction.synchronize`. */
export function podWithStats(input: Input): PodWithStats {
  const name = text(input.name);
  const sizeLimit = text(input.emptyDirSizeLimit) || undefined;

  return {
    pod: {
      metadata: { name, annotations: flag(input.static) ? { 'kubernetes.io/config.source': 'file' } : undefined },
      spec:     {
        priority:                      optionalNumber(input.priority),
        terminationGracePeriodSeconds: optionalNumber(input.terminationGracePeriodSeconds),
        containers:                    [{ name: CONTAINER, resources: { requests: textMap(input.requests) ?? {}, limits: textMap(input.limits) ?? {} } }],
        volumes:                       [{ name: VOLUME, emptyDir: { sizeLimit } }],
      },
    },
    stats: podStats(name, { memory: input.memoryWorkingSet, rootfs: input.rootfsUsed, logs: input.logsUsed, emptyDir: input.emptyDirUsed, processes: input.processes }),
  };
}

/** The pod of `eviction.message`: a container's use is that of the starved resource. */
export function messagePod(containers: readonly Input[], resource: string, hasStats: boolean): PodWithStats {
  const stats = containers.map(({ name, usage }): ContainerStats => ({
    name: text(name), memory: { workingSetBytes: figure(usage) }, rootfs: { usedBytes: figure(usage) }, logs: { usedBytes: 0 },
  }));
  const pod: Pod = {
    metadata: { name: 'p' },
    spec:     { containers: containers.map(({ name, request }) => ({ name: text(name), resources: { requests: resourceList({ [resource]: request }) } })) },
  };

  return hasStats ? { pod, stats: { podRef: { name: 'p', namespace: 'default', uid: 'p' }, containers: stats } } : { pod };
}

function filesystem(value: unknown, time: string): FsStats | undefined {
  if (typeof value !== 'object' || value === null) {
    return undefined;
  }

  const { available, capacity, inodesFree, inodes } = value as Input;

  return { time, availableBytes: figure(available), capacityBytes: figure(capacity), inodesFree: figure(inodesFree), inodes: figure(inodes) };
}

/** The node's statistics of one step of `eviction.synchronize`. */
export function summaryOf(step: Input, time: string): Summary {
  return {
    node: {
      nodeName:         'node',
      memory:           { time, availableBytes: figure(step.memoryAvailable), workingSetBytes: figure(step.memoryWorkingSet) },
      systemContainers: [{
        name: 'pods', memory: { time, availableBytes: figure(step.allocatableMemoryAvailable), workingSetBytes: figure(step.allocatableMemoryWorkingSet) },
      }],
      fs:      filesystem(step.nodefs, time),
      runtime: { imageFs: filesystem(step.imagefs, time), containerFs: filesystem(step.containerfs, time) },
      rlimit:  { time, maxpid: figure(step.maxpid), curproc: figure(step.curproc) },
    },
    pods: [],
  };
}
