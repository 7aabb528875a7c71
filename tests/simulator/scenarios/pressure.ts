import { GIB, MIB } from './plan';
import type { NodePlan, Scenario } from './plan';
import { small } from './small';

/** The file that the product writes, as if an admin had set these values a while ago. */
const LAYER = '99-z02-node-pressure.yaml';

function thresholds(hard: string, soft: string): string {
  return `kubelet-arg+:\n- "eviction-hard=imagefs.available<5%,memory.available<${ hard },nodefs.available<5%"\n- "eviction-max-pod-grace-period=120"\n- "eviction-minimum-reclaim=imagefs.available=10%,memory.available=500Mi,nodefs.available=10%"\n- "eviction-soft=memory.available<${ soft }"\n- "eviction-soft-grace-period=memory.available=1m30s"\n`;
}

/** 150 MiB above its hard threshold and closing in: about 20 minutes to the soft one, 40 to the hard one. */
function closingIn(plan: NodePlan): NodePlan {
  return { ...plan, layers: { [LAYER]: thresholds('1Gi', '1100Mi') }, course: { workingSetBytes: plan.memoryBytes - GIB - 150 * MIB, bytesPerSecond: 64 * 1024 } };
}

/** node-2 is about to evict; node-1 has thresholds and room, node-3 has no memory threshold at all. */
export const pressure: Scenario = {
  ...small,
  name: 'pressure',
  description: 'one node about to evict',
  harvester: {
    ...small.harvester,
    nodes: small.harvester.nodes.map((plan) => plan.name === 'node-2' ? closingIn(plan) : plan.name === 'node-1' ? { ...plan, layers: { [LAYER]: thresholds('2Gi', '3Gi') } } : plan),
  },
};
