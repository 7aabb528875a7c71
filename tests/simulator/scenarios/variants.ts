import { plainCluster, node, small } from './small';
import type { Scenario } from './plan';
import { systemPods } from './systemPods';

const witnessNode = node('node-3', 'witness', 2, 8);

/** Two nodes that run VMs and one that only votes. */
export const witness: Scenario = {
  ...small,
  name: 'witness',
  description: 'two nodes and a witness',
  harvester: {
    ...small.harvester,
    nodes: small.harvester.nodes.map((plan) => (plan.name === 'node-3' ? witnessNode : plan)),
    pods: [...small.harvester.pods.filter((pod) => pod.node !== 'node-3'), ...systemPods(witnessNode)],
    virtualMachines: small.harvester.virtualMachines.filter((machine) => machine.node !== 'node-3'),
  },
};

const isOnFirstNode = ({ node: on }: { readonly node: string }): boolean => on === 'node-1';

/** One node and nowhere to go: its virtual machines stop whenever it reboots. */
export const single: Scenario = {
  ...small,
  name: 'single',
  description: 'one node',
  harvester: {
    ...small.harvester,
    nodes: small.harvester.nodes.filter(({ name }) => name === 'node-1'),
    pods: small.harvester.pods.filter(isOnFirstNode),
    virtualMachines: small.harvester.virtualMachines.filter(isOnFirstNode),
  },
};

/** A Harvester cluster whose nodes nobody may see yet: none has joined. */
export const empty: Scenario = {
  ...small,
  name: 'empty',
  description: 'no nodes',
  harvester: { ...small.harvester, nodes: [], pods: [], virtualMachines: [] },
  plain: plainCluster,
};

/** Container workloads on Harvester are switched off in Rancher. */
export const featureOff: Scenario = {
  ...small,
  name: 'feature-off',
  description: 'container workloads on Harvester switched off',
  containerWorkload: false,
};
