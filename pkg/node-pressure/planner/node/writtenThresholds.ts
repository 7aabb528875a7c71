import type { KubeletConfiguration } from '../../kubelet/config/types';
import { updateContainerFsThresholds } from '../../kubelet/containerFs';
import type { Filesystems } from '../../kubelet/eviction/layout';
import { parseThresholdConfig, type EvictionMaps, type Threshold } from '../../kubelet/thresholds';
import { entryOf } from '../settings/settings';

/** A threshold and the texts that it was configured with. */
export interface WrittenThreshold {
  readonly threshold: Threshold;
  /** `6Gi`, `5%`. */
  readonly setting: string;
  /** Of the minimum reclaim: `4Gi`, `10%`. */
  readonly reclaimSetting?: string;
  /** Taken over from another signal: by the pods' cgroup from `memory.available`, by the containers' filesystem. */
  readonly isDerived: boolean;
}

type EvictionConfiguration = Pick<KubeletConfiguration, keyof EvictionMaps | 'enforceNodeAllocatable'>;

const SINGLE_FILESYSTEM: Filesystems = { dedicatedImageFs: false, splitContainerImageFs: false };

/** Copies of a threshold share its value, which tells where they are from. */
function sourceOf<T extends { readonly value: object }>(thresholds: readonly T[], { value }: Threshold): T {
  return thresholds.find((threshold) => threshold.value === value) as T;
}

function parsePart(configuration: EvictionConfiguration, part: 'evictionHard' | 'evictionSoft'): WrittenThreshold[] {
  const { evictionSoftGracePeriod, evictionMinimumReclaim, enforceNodeAllocatable } = configuration;
  const none = { evictionHard: null, evictionSoft: null };
  const thresholds = parseThresholdConfig(enforceNodeAllocatable ?? [], { ...none, [part]: configuration[part], evictionSoftGracePeriod, evictionMinimumReclaim });

  return thresholds.map((threshold) => {
    const { signal } = sourceOf(thresholds, threshold);

    return {
      threshold,
      setting:        entryOf(configuration[part], signal) as string,
      reclaimSetting: entryOf(evictionMinimumReclaim, signal),
      isDerived:      signal !== threshold.signal,
    };
  });
}

/**
 * The thresholds that a running kubelet acts on, from its own configuration, with those that it derives for the pods'
 * cgroup and for the containers' filesystem (from its second look at the node on).
 *
 * @throws KubeletError when no kubelet could run with the configuration
 */
export function writtenThresholds(configuration: EvictionConfiguration, filesystems: Filesystems = SINGLE_FILESYSTEM): WrittenThreshold[] {
  const written = [...parsePart(configuration, 'evictionHard'), ...parsePart(configuration, 'evictionSoft')];
  const sources = written.map((each) => ({ ...each, value: each.threshold.value }));
  const { thresholds } = updateContainerFsThresholds(written.map(({ threshold }) => threshold), filesystems.dedicatedImageFs, filesystems.splitContainerImageFs);

  // Without a model the kubelet keeps an empty threshold, which is never met
  return thresholds.filter(({ operator }) => operator !== '').map((threshold) => {
    const { setting, reclaimSetting, threshold: { signal }, isDerived } = sourceOf(sources, threshold);

    return { threshold, setting, reclaimSetting, isDerived: isDerived || signal !== threshold.signal };
  });
}
