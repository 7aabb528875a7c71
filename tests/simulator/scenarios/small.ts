import { GIB, MIB } from './plan';
import type { ClusterPlan, ContainerPlan, NodePlan, PodPlan, Scenario } from './plan';
import { SYSTEM_NAMESPACES, systemPods } from './systemPods';

export const HARVESTER_VERSION = 'v1.9.0';
export const KUBERNETES_VERSION = 'v1.36.3+rke2r1';

/** MemTotal is never a round figure. */
const RESERVED_BY_FIRMWARE = 700 * MIB + 868 * 1024;

export function node(name: string, role: NodePlan['role'], cpuCores: number, memoryGib: number, rest: Partial<NodePlan> = {}): NodePlan {
  return {
    name,
    role,
    cpuCores,
    memoryBytes: memoryGib * GIB - RESERVED_BY_FIRMWARE,
    diskBytes: 450 * GIB - 37 * MIB - 52 * 1024,
    diskUsedBytes: 120 * GIB,
    systemUseBytes: (role === 'witness' ? 0.7 : 2.4) * GIB,
    ...rest,
  };
}

const web: ContainerPlan = { name: 'web', requests: { cpu: '250m', memory: '512Mi' }, limits: { memory: '2Gi' } };
const cache: ContainerPlan = { name: 'cache', requests: { memory: '1Gi' } };

function container(
  name: string,
  on: string,
  containers: readonly ContainerPlan[],
  useBytes: number,
  owner: PodPlan['owner'] = 'ReplicaSet',
): PodPlan {
  return { name, namespace: 'shop', node: on, containers, useBytes, owner };
}

/** A cluster that Rancher manages and that has nothing to do with Harvester. */
export const plainCluster: ClusterPlan = {
  kubernetesVersion: KUBERNETES_VERSION,
  nodes: [node('plain-1', 'worker', 4, 16)],
  namespaces: [
    ...SYSTEM_NAMESPACES.filter(({ name }) => ['cattle-system', 'default', 'kube-system'].includes(name)),
    { name: 'shop', project: 'p-default' },
  ],
  pods: [...systemPods(node('plain-1', 'worker', 4, 16), false), container('web-plain-a', 'plain-1', [web], 700 * MIB)],
  virtualMachines: [],
};

/** The cluster in which Rancher runs. */
export const localCluster: ClusterPlan = {
  kubernetesVersion: KUBERNETES_VERSION,
  nodes: [node('rancher-1', 'management', 4, 16)],
  namespaces: ['cattle-system', 'cattle-ui-plugin-system', 'default', 'fleet-default', 'fleet-local', 'kube-system', 'c-m-harv01', 'c-m-plain01'].map(
    (name) => ({ name, project: 'p-system' }),
  ),
  pods: systemPods(node('rancher-1', 'management', 4, 16), false),
  virtualMachines: [],
};

export const smallNodes: readonly NodePlan[] = [
  node('node-1', 'management', 16, 64),
  node('node-2', 'management', 8, 32),
  node('node-3', 'management', 32, 128),
];

/** Three nodes of different sizes, VMs and containers side by side, and Harvester's own settings: no memory threshold anywhere. */
export const small: Scenario = {
  name: 'small',
  description: 'three nodes of mixed sizes',
  seed: 1,
  containerWorkload: true,
  harvesterVersion: HARVESTER_VERSION,
  harvester: {
    kubernetesVersion: KUBERNETES_VERSION,
    nodes: smallNodes,
    namespaces: [
      ...SYSTEM_NAMESPACES,
      { name: 'prod', project: 'p-default', quota: { limitsCpu: '24000m', limitsMemory: '72Gi' } },
      { name: 'shop', project: 'p-default' },
    ],
    pods: [
      ...smallNodes.flatMap((plan) => systemPods(plan)),
      container('web-6f7d-a', 'node-1', [web], 900 * MIB),
      container('web-6f7d-b', 'node-2', [web], 700 * MIB),
      container('web-6f7d-c', 'node-3', [web], 1100 * MIB),
      container('cache-0', 'node-1', [cache], 2600 * MIB, 'StatefulSet'),
      container('batch-x2x', 'node-2', [{ name: 'batch' }], 1800 * MIB, 'None'),
    ],
    virtualMachines: [
      { name: 'db-1', namespace: 'prod', node: 'node-1', cpuCores: 4, memoryBytes: 24 * GIB, useBytes: 21.5 * GIB },
      { name: 'app-1', namespace: 'prod', node: 'node-1', cpuCores: 4, memoryBytes: 16 * GIB, useBytes: 10.5 * GIB },
      { name: 'app-2', namespace: 'prod', node: 'node-2', cpuCores: 2, memoryBytes: 12 * GIB, useBytes: 11.4 * GIB },
      { name: 'windows-1', namespace: 'default', node: 'node-2', cpuCores: 2, memoryBytes: 8 * GIB, useBytes: 6.9 * GIB },
      { name: 'build-1', namespace: 'default', node: 'node-3', cpuCores: 8, memoryBytes: 48 * GIB, useBytes: 31 * GIB, runStrategy: 'Always' },
      { name: 'spare-1', namespace: 'default', node: 'node-3', cpuCores: 2, memoryBytes: 4 * GIB, useBytes: 0, runStrategy: 'Halted' },
    ],
  },
  plain: plainCluster,
  local: localCluster,
};
