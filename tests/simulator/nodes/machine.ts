import type { Clock } from '../clock';
import type { NodePlan } from '../scenarios/plan';
import { Disk } from './disk';
import { writeBootFiles, writeInstalledFiles } from './harvesterFiles';
import type { RunningKubelet } from './kubelet';
import { MemoryModel } from './memory';

/** One machine: its disk, its kubelet and its memory. The Node object is what the cluster knows of it. */
export class Machine {
  readonly disk = new Disk();
  readonly memory: MemoryModel;
  /** Null while the kubelet is not running. */
  kubelet: RunningKubelet | null = null;
  /** node-manager's container runs: it outlives the kubelet, but not the machine. */
  managed = false;
  /** Why the kubelet is not running, as its log ends. */
  lastError = '';
  /** How often the machine was started: gives every boot an id of its own. */
  boots = 0;
  bootedAt: number;

  readonly kubernetesVersion: string;

  constructor(readonly plan: NodePlan, readonly index: number, clusterVersion: string, seed: string, clock: Clock) {
    this.kubernetesVersion = plan.kubernetesVersion ?? clusterVersion;
    this.bootedAt = clock.now();
    this.memory = new MemoryModel(`${ seed }/${ plan.name }`, clock.now(), plan.memoryBytes, plan.systemUseBytes);
    if (plan.course) {
      this.memory.follow({ ...plan.course, since: clock.now() });
    }
    writeInstalledFiles(this.disk, plan);
    writeBootFiles(this.disk, plan);
  }

  get name(): string {
    return this.plan.name;
  }

  /** Documentation addresses (RFC 5737): never anybody's real node. */
  get address(): string {
    return `192.0.2.${ 11 + (this.index % 240) }`;
  }
}
