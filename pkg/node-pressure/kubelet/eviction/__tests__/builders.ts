/** Short ways to write pods, stats, thresholds and observations in tests. */

import type { EvictionMaps, Threshold } from '../../thresholds';
import type { SignalObservation } from '../../observations';
import type { Pod, ResourceList } from '../../pod';
import { parseQuantity } from '../../quantity';
import type { PodStats } from '../../summary';
import { parseThresholdConfig } from '../../thresholds';
import type { PodWithStats } from '../rank';
import type { EvictionConfig } from '../synchronize';

export const Gi = 2 ** 30;
export const Mi = 2 ** 20;
export const SECOND = 1_000_000_000n;

interface PodFacts {
  requests?: ResourceList;
  limits?: ResourceList;
  memory?: number;
  rootfs?: number;
  logs?: number;
  emptyDir?: number;
  rootfsInodes?: number;
  processes?: number;
  spec?: Partial<Pod['spec']>;
  annotations?: Record<string, string>;
  stats?: Partial<PodStats> | 'none';
}

/** A pod of one container, named like the pod, with one emptyDir. */
export function podOf(name: string, facts: PodFacts = {}): PodWithStats {
  const { requests, limits, annotations, spec, memory, rootfs, logs, emptyDir, rootfsInodes, processes } = facts;
  const pod: Pod = {
    metadata: { name, uid: name, annotations },
    spec:     { containers: [{ name, resources: { requests, limits } }], volumes: [{ name: 'cache', emptyDir: {} }], ...spec },
  };

  if (facts.stats === 'none') {
    return { pod };
  }

  const stats: PodStats = {
    podRef:        { name, namespace: 'default', uid: name },
    containers:    [{ name, memory: { workingSetBytes: memory }, rootfs: { usedBytes: rootfs, inodesUsed: rootfsInodes }, logs: { usedBytes: logs } }],
    memory:        { workingSetBytes: memory },
    volume:        [{ name: 'cache', usedBytes: emptyDir }],
    process_stats: { process_count: processes },
    ...facts.stats,
  };

  return { pod, stats };
}

export function names(pods: readonly { readonly pod: Pod }[]): string[] {
  return pods.map(({ pod }) => pod.metadata.name);
}

const NO_MAPS: EvictionMaps = { evictionHard: null, evictionSoft: null, evictionSoftGracePeriod: null, evictionMinimumReclaim: null };

export function thresholdsOf(maps: Partial<EvictionMaps>, enforce: string[] = []): Threshold[] {
  return parseThresholdConfig(enforce, { ...NO_MAPS, ...maps });
}

export function onlyThreshold(maps: Partial<EvictionMaps>): Threshold {
  return thresholdsOf(maps)[0] as Threshold;
}

export function observed(available: string, capacity: string, time?: string): SignalObservation {
  return { available: parseQuantity(available), capacity: parseQuantity(capacity), time };
}

export function configOf(maps: Partial<EvictionMaps>, rest: Partial<EvictionConfig> = {}): EvictionConfig {
  return {
    thresholds:                    thresholdsOf(maps),
    pressureTransitionPeriod:      300n * SECOND,
    maxPodGracePeriodSeconds:      0,
    dedicatedImageFs:              false,
    splitContainerImageFs:         false,
    localStorageCapacityIsolation: false,
    ...rest,
  };
}
