import { admitAtKubeletStart } from '../../../pkg/node-pressure/kubelet/admission/restart';
import type { Pod } from '../../../pkg/node-pressure/kubelet/pod';
import type { Clock } from '../clock';
import type { KindCatalogue } from '../kinds/kind';
import type { NodePlan } from '../scenarios/plan';
import { hash } from '../random';
import { valueAt } from '../store/objects';
import type { KubeObject } from '../store/objects';
import type { ObjectStore } from '../store/store';
import { EvictionManager } from './evictionManager';
import { writeBootFiles } from './harvesterFiles';
import { startKubelet } from './kubelet';
import { Machine } from './machine';
import type { MemorySample, PodUse } from './memory';
import { failPod } from './podFailure';
import { newNode, nodeArgs, nodeStatus, withConditionTaints } from './status';
import type { Taint } from './status';
import { apply, bootActions } from './yip';

export interface FleetOptions {
  store: ObjectStore;
  kinds: KindCatalogue;
  clock: Clock;
  seed: string;
  kubernetesVersion: string;
  isHarvester: boolean;
}

/** How often a healthy kubelet reports although nothing changed (nodeStatusReportFrequency). */
const REPORT_PERIOD = 5 * 60_000;

/** The machines of a cluster, kept in step with its Node objects. */
export class NodeFleet {
  readonly machines = new Map<string, Machine>();
  private readonly podUse = new Map<string, number>();
  private readonly evictions: EvictionManager;
  /** How many machines there have ever been: none gets the address of one that is gone. */
  private joined = 0;
  private readonly started = new Set<(machine: Machine) => void>();

  constructor(private readonly options: FleetOptions) {
    this.evictions = new EvictionManager(this, options);
    options.clock.every(REPORT_PERIOD, () => this.machines.forEach((machine) => this.report(machine)));
  }

  get clock(): Clock {
    return this.options.clock;
  }

  /** Sets a machine up, boots it and lets it join the cluster. @throws ApiError when there is a node with its name */
  add(plan: NodePlan): Machine {
    const { clock, kinds, store, seed, kubernetesVersion, isHarvester } = this.options;
    const machine = new Machine(plan, this.joined++, kubernetesVersion, seed, clock);

    store.create(kinds.get('node'), newNode(machine, isHarvester, clock.now()));
    this.machines.set(plan.name, machine);
    this.startKubelet(machine);
    if (plan.down) {
      this.stopKubelet(machine, 'stopped when the scenario began');
    }

    return machine;
  }

  /** What a kubelet start does to the pods already there: those that no longer fit are rejected. */
  private admitAgain(machine: Machine): void {
    const allocatable = machine.kubelet?.allocatable;

    if (!allocatable) {
      return;
    }
    const { rejected, preempted } = admitAtKubeletStart(this.podsOn(machine) as unknown as Pod[], allocatable);

    rejected.forEach(({ pod, reason, message }) => failPod(this.options, pod as unknown as KubeObject, { reason, message }));
    preempted.forEach((pod) => failPod(this.options, pod as unknown as KubeObject, {
      reason: 'Preempting',
      message: 'Preempted in order to admit critical pod',
      disruptionTarget: true,
    }),
    );
  }

  /** Takes a machine away for good, with its Node object and its pods. */
  remove(machine: Machine): void {
    const { store, kinds } = this.options;

    this.machines.delete(machine.name);
    store.podsOn(machine.name).forEach(({ metadata }) => store.remove(kinds.get('pod'), metadata.namespace, metadata.name));
    store.remove(kinds.get('node'), undefined, machine.name);
  }

  /** RKE2 starts its kubelet anew; returns the kubelet's last words when it does not come up. */
  startKubelet(machine: Machine): string | null {
    const start = startKubelet(machine.disk, machine.plan, machine.kubernetesVersion, this.clock.now());

    machine.kubelet = start.kubelet ?? null;
    machine.lastError = start.error ?? '';
    this.report(machine);
    if (machine.kubelet) {
      machine.managed = true;
      this.admitAgain(machine);
      this.started.forEach((listener) => listener(machine));
    }

    return start.error ?? null;
  }

  /** Calls `listener` whenever a kubelet has come up. */
  onStart(listener: (machine: Machine) => void): void {
    this.started.add(listener);
  }

  /**
   * Boots a machine anew: Harvester's own files, those of `/oem`, then RKE2 and the kubelet.
   *
   * @returns the kubelet's last words when it does not come up
   * @throws NotSimulated, with nothing changed, when a boot file asks for what the simulator cannot do
   */
  reboot(machine: Machine): string | null {
    const actions = bootActions(machine.disk, Math.floor(machine.plan.memoryBytes / 1024));

    writeBootFiles(machine.disk, machine.plan);
    apply(machine.disk, actions);
    machine.managed = false;
    machine.boots++;
    machine.bootedAt = this.clock.now();

    return this.startKubelet(machine);
  }

  stopKubelet(machine: Machine, reason: string): void {
    machine.kubelet = null;
    machine.lastError = reason;
    this.report(machine);
  }

  /** Writes the Node's status as kubelet and node lifecycle controller would. */
  report(machine: Machine): void {
    const { store, kinds, clock } = this.options;
    const kind = kinds.get('node');
    const node = store.find(kind, undefined, machine.name);

    if (!node) {
      return;
    }
    const pressures = this.evictions.conditions(machine);
    const { taints: old = [], ...spec } = (node.spec ?? {}) as { taints?: Taint[] };
    const taints = withConditionTaints(old, pressures, machine.kubelet !== null);
    const started: Record<string, string> = machine.kubelet ? { 'rke2.io/node-args': nodeArgs(machine.plan, machine.kubelet.args) } : {};
    const annotations = { ...node.metadata.annotations, ...started };
    const current = store.update(kind, {
      ...node,
      metadata: { ...node.metadata, annotations },
      spec: { ...spec, ...(taints.length ? { taints } : {}) },
    });

    store.update(kind, { ...current, status: nodeStatus(machine, current, pressures, clock.now()) }, { status: true });
  }

  /** States around how many bytes a pod's use moves; pods that nobody states it for use what they request. */
  setPodUse(uid: string, useBytes: number): void {
    this.podUse.set(uid, useBytes);
  }

  podsOn(machine: Machine): KubeObject[] {
    return this.options.store.podsOn(machine.name).filter((pod) => !['Failed', 'Succeeded'].includes(String(valueAt(pod, 'status.phase'))));
  }

  /** The machine's memory at this moment. */
  sample(machine: Machine): MemorySample {
    return machine.memory.sample(
      this.clock.now(),
      this.podsOn(machine).map((pod) => this.useOf(pod)),
    );
  }

  private useOf(pod: KubeObject): PodUse {
    const uid = pod.metadata.uid ?? '';

    // A pod that a test made: 32 to 160 MiB, by its uid
    return { uid, useBytes: this.podUse.get(uid) ?? (32 + (hash(uid) % 128)) * 2 ** 20 };
  }
}
