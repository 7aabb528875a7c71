import { ManualClock } from '../simulator/clock';
import { Machine } from '../simulator/nodes/machine';
import { newNode } from '../simulator/nodes/status';
import { scenario } from '../simulator/scenarios';
import type { ClusterPlan, NodePlan, Scenario } from '../simulator/scenarios/plan';
import type { KubeObject } from '../simulator/store/objects';
import { HARVESTER_CLUSTER, makeCluster, PLAIN_CLUSTER } from '../simulator/world';
import type { ClusterId } from './cluster';
import { missingOwners, nodeFile, objectsOf, podUse } from './scenario';
import type { NodeFile } from './scenario';

/** Objects that come into a running cluster, and what pods among them use, by `namespace/name`. */
export interface Workloads {
  readonly objects: readonly KubeObject[];
  readonly podUse: Readonly<Record<string, number>>;
}

/** Whether a pod runs is for its kubelet to say. */
const untold = (object: KubeObject): KubeObject => (object.kind === 'Pod' ? { ...object, status: undefined } : object);

/** Makes what joins a running cluster from a plan, as the simulator would: what it consists of is the same there. */
export class Newcomers {
  private readonly plan: ClusterPlan;
  private readonly scenario: Scenario;
  private machines: number;

  constructor(name: string, private readonly id: ClusterId) {
    this.scenario = scenario(name);
    this.plan = id === PLAIN_CLUSTER ? this.scenario.plain : this.scenario.harvester;
    this.machines = this.plan.nodes.length;
  }

  /** A machine, with an address that none before it had. */
  node(plan: NodePlan): NodeFile {
    const clock = new ManualClock(Date.now());
    const machine = new Machine(plan, this.machines++, this.plan.kubernetesVersion, plan.name, clock);

    return nodeFile(machine, newNode(machine, this.id === HARVESTER_CLUSTER, clock.now()));
  }

  /** Pods and VMs. */
  workloads({ pods = [], virtualMachines = [] }: Partial<Pick<ClusterPlan, 'pods' | 'virtualMachines'>>): Workloads {
    const namespaces = new Set([...pods, ...virtualMachines].map(({ namespace }) => namespace));
    const cluster = makeCluster(this.id, {
      kubernetesVersion: this.plan.kubernetesVersion, nodes: [], namespaces: [...namespaces].map((name) => ({ name })), pods, virtualMachines,
    }, this.scenario, new ManualClock(Date.now()));
    const objects = objectsOf(cluster).filter(({ kind }) => kind !== 'Namespace');

    return { objects: [...missingOwners(objects), ...objects.map(untold)], podUse: podUse({ pods, virtualMachines }, objects) };
  }
}
