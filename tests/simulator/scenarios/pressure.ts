import { LAYER, kubeletArgLayer } from './layer';
import { GIB, MIB } from './plan';
import type { NodePlan, Scenario } from './plan';
import { small } from './small';

/** What the product would write for these memory thresholds. */
function thresholds(hard: string, soft: string): string {
  const args = [
    `eviction-hard=imagefs.available<5%,memory.available<${ hard },nodefs.available<5%`,
    'eviction-max-pod-grace-period=120',
    'eviction-minimum-reclaim=imagefs.available=10%,memory.available=500Mi,nodefs.available=10%',
    `eviction-soft=memory.available<${ soft }`,
    'eviction-soft-grace-period=memory.available=1m30s',
  ];

  return kubeletArgLayer(args);
}

/** 150 MiB above its hard threshold and closing in: about 20 minutes to the soft one, 40 to the hard one. */
function closingIn(plan: NodePlan): NodePlan {
  return {
    ...plan,
    layers: { [LAYER]: thresholds('1Gi', '1100Mi') },
    course: { workingSetBytes: plan.memoryBytes - GIB - 150 * MIB, bytesPerSecond: 64 * 1024 },
  };
}

function withPressure(plan: NodePlan): NodePlan {
  switch (plan.name) {
  case 'node-1': return { ...plan, layers: { [LAYER]: thresholds('2Gi', '3Gi') } };
  case 'node-2': return closingIn(plan);
  default: return plan;
  }
}

/** node-2 is about to evict; node-1 has thresholds and room, node-3 has no memory threshold at all. */
export const pressure: Scenario = {
  ...small,
  name: 'pressure',
  description: 'one node about to evict',
  harvester: {
    ...small.harvester,
    nodes: small.harvester.nodes.map(withPressure),
  },
};
