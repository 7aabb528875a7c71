import { attempt } from '../../harvester/amounts';
import { activePodsWithStats } from '../../kubelet/eviction/activePods';
import { rankPods } from '../../kubelet/eviction/rank';
import { podRef, type PodRef } from './podRef';
import type { SettingsNode } from './node';

/**
 * The pod that the kubelet would evict first for want of memory; settings do not change the order. Undefined where pods
 * or their use are not known, none may be evicted, or a pod's requests cannot be read.
 */
export function firstInLine({ pods, summary }: Pick<SettingsNode, 'pods' | 'summary'>): PodRef | undefined {
  const ranked = pods && summary && attempt(() => rankPods('memory.available', 'single', activePodsWithStats(pods, summary))).value;
  const first = ranked?.find(({ exempt }) => exempt === undefined);

  return first && podRef(first.pod);
}
