import { timestamp } from '../clock';
import type { Cluster } from '../cluster';
import type { MigrationPlan, NamespacePlan } from '../scenarios/plan';
import { deltaOf } from '../../../pkg/node-pressure/harvester/migration/delta';
import type { ResourceQuota, Setting, VirtualMachineInstance } from '../../../pkg/node-pressure/harvester/migration/objects';
import type { KubeObject } from '../store/objects';
import { annotated } from './machines';
import { amounts, QuotaController, RAISE } from './quotaController';
import { hardOf, trackQuotaUse } from './quotaUse';
import { LASTS, VirtController } from './virtController';

const PERIOD = 1000;
/** From an empty phase to Running, or to as far as it gets. */
const STEPS = 8;

interface Transition {
  phase: string;
  phaseTransitionTimestamp: string;
}

interface Condition {
  lastProbeTime: string;
}

/** Everything in a Harvester cluster that has a say when VMs migrate. */
export class MigrationControllers {
  private readonly virt: VirtController;
  private readonly quota: QuotaController;

  constructor(private readonly cluster: Cluster) {
    trackQuotaUse(cluster);
    this.virt = new VirtController(cluster);
    this.quota = new QuotaController(cluster);
    cluster.clock.every(PERIOD, () => this.step());
  }

  private step(): void {
    this.quota.requeue();
    this.virt.step();
    this.quota.step();
  }

  /** Migrations that began before the scenario, as far as they would have got. */
  begin(plans: readonly MigrationPlan[]): void {
    const { store, kinds, clock } = this.cluster;
    const kind = kinds.get('kubevirt.io.virtualmachineinstancemigration');
    const began = plans.map((plan) => store.create(kind, {
      apiVersion: 'kubevirt.io/v1',
      kind: 'VirtualMachineInstanceMigration',
      metadata: {
        name: `${ plan.virtualMachine }-migration`,
        namespace: plan.namespace,
        creationTimestamp: timestamp(clock.now() - plan.ageSeconds * 1000),
        annotations: plan.lastsSeconds === undefined ? {} : { [LASTS]: String(plan.lastsSeconds) },
      },
      spec: { vmiName: plan.virtualMachine },
      status: {},
    }));

    for (let step = 0; began.length > 0 && step < STEPS; step++) {
      this.step();
    }
    began.forEach(({ metadata: { namespace, name } }, index) => this.age(store.get(kind, namespace, name), plans[index]?.ageSeconds ?? 0));
  }

  private age(vmim: KubeObject, ageSeconds: number): void {
    const { store, kinds } = this.cluster;
    const { phaseTransitionTimestamps = [], conditions = [], ...status } = vmim.status as { phaseTransitionTimestamps?: Transition[]; conditions?: Condition[] };
    const earlier = (time: string): string => timestamp(Date.parse(time) - ageSeconds * 1000);

    store.update(kinds.get('kubevirt.io.virtualmachineinstancemigration'), {
      ...vmim,
      status: {
        ...status,
        phaseTransitionTimestamps: phaseTransitionTimestamps.map((transition) => ({ ...transition, phaseTransitionTimestamp: earlier(transition.phaseTransitionTimestamp) })),
        conditions: conditions.map((condition) => ({ ...condition, lastProbeTime: earlier(condition.lastProbeTime) })),
      },
    }, { status: true });
  }

  /** What somebody did to a namespace's quota behind the controllers' back. */
  edit({ name, quotaEdit }: NamespacePlan): void {
    const { store, kinds } = this.cluster;
    const kind = kinds.get('resourcequota');
    const quota = quotaEdit && store.find(kind, name, 'default-quota');

    if (quota) {
      if (quotaEdit.unattended) {
        this.quota.leave(name);
      }
      const orphans = (quotaEdit.orphanedRaises ?? []).map((vm) => this.raise(quota, vm));
      const { metadata } = annotated(quota, { ...quotaEdit.annotations, ...Object.fromEntries(orphans) });

      store.update(kind, { ...quota, metadata, spec: { ...quota.spec as object, hard: { ...hardOf(quota), ...quotaEdit.hard } } });
    }
  }

  private raise(quota: KubeObject, virtualMachine: string): [string, string] {
    const { store, kinds } = this.cluster;
    const vmi = store.get(kinds.get('kubevirt.io.virtualmachineinstance'), quota.metadata.namespace, virtualMachine);
    const setting = store.find(kinds.get('harvesterhci.io.setting'), undefined, 'additional-guest-memory-overhead-ratio');

    return [RAISE + (vmi.metadata.uid ?? ''), amounts(deltaOf(quota as unknown as ResourceQuota, vmi as unknown as VirtualMachineInstance, { setting: (setting ?? null) as Setting | null }) ?? {})];
  }
}
