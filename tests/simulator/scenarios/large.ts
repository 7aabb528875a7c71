import { Random } from '../random';
import { LAYER, kubeletArgLayer } from './layer';
import { GIB, MIB } from './plan';
import type { NodePlan, PodPlan, Scenario, VirtualMachinePlan } from './plan';
import { node, small } from './small';
import { systemPods } from './systemPods';

const SIZES = [
  [16, 64],
  [32, 128],
  [48, 192],
  [64, 256],
] as const;
/** Share of a node's memory that its VMs and containers use, from and to. */
const USE = [0.35, 0.9] as const;

const THRESHOLDS = [
  'eviction-hard=imagefs.available<5%,memory.available<2Gi,nodefs.available<5%',
  'eviction-minimum-reclaim=imagefs.available=10%,memory.available=1Gi,nodefs.available=10%',
];

const pad = (value: number, width: number): string => String(value).padStart(width, '0');

interface Workload {
  machines: VirtualMachinePlan[];
  pods: PodPlan[];
}

/** VMs and containers that fill a node to a share drawn by lot. */
function fill(plan: NodePlan, random: Random): Workload {
  const machines: VirtualMachinePlan[] = [];
  let left = plan.memoryBytes * random.between(...USE) - plan.systemUseBytes;

  for (let index = 1; left > 4 * GIB && index <= 4; index++) {
    const memoryBytes = random.pick([4, 8, 16, 24]) * GIB;
    const useBytes = Math.round(Math.min(left, memoryBytes * random.between(0.5, 0.97)));

    machines.push({
      name: `vm-${ plan.name }-${ index }`,
      namespace: 'prod',
      node: plan.name,
      cpuCores: random.pick([1, 2, 4]),
      memoryBytes,
      useBytes,
      ageSeconds: random.int(3600, 40 * 86_400),
    });
    left -= useBytes;
  }
  const pods = [1, 2].map(
    (index): PodPlan => ({
      name: `web-${ plan.name }-${ index }`,
      namespace: 'shop',
      node: plan.name,
      owner: 'ReplicaSet',
      useBytes: Math.round(random.between(200, 3000)) * MIB,
      ageSeconds: random.int(600, 20 * 86_400),
      containers: [{ name: 'web', requests: { cpu: '250m', memory: `${ random.pick([256, 512, 1024]) }Mi` }, limits: { memory: '4Gi' } }],
    }),
  );

  return { machines, pods };
}

/** A cluster of `count` nodes: three servers, the rest workers. A tenth of them have a memory threshold. */
export function large(name: string, count: number): Scenario {
  const random = new Random(count);
  const width = String(count).length;
  const nodes = Array.from({ length: count }, (_, index): NodePlan => {
    const [cores, gib] = random.pick(SIZES);
    const layers = random.next() < 0.1 ? { layers: { [LAYER]: kubeletArgLayer(THRESHOLDS) } } : {};

    return { ...node(`node-${ pad(index + 1, width) }`, index < 3 ? 'management' : 'worker', cores, gib), ...layers };
  });
  const workloads = nodes.map((plan) => fill(plan, random));

  return {
    ...small,
    name,
    description: `${ count } nodes`,
    seed: count,
    harvester: {
      ...small.harvester,
      nodes,
      namespaces: small.harvester.namespaces.map((namespace) => ({
        name: namespace.name,
        ...(namespace.project ? { project: namespace.project } : {}),
      })),
      pods: [...nodes.flatMap((plan) => systemPods(plan)), ...workloads.flatMap(({ pods }) => pods)],
      virtualMachines: workloads.flatMap(({ machines }) => machines),
    },
  };
}
