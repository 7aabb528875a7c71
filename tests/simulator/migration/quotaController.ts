import { migrationCompensation } from '../../../pkg/node-pressure/harvester/migration/compensation';
import { migrationDelta, type MigrationQuestion } from '../../../pkg/node-pressure/harvester/migration/delta';
import { defaultQuota, isDefaultQuota, isResyncNeeded } from '../../../pkg/node-pressure/harvester/migration/keys';
import type { Namespace, ResourceQuota, Setting, VirtualMachineInstance, VirtualMachineInstanceMigration } from '../../../pkg/node-pressure/harvester/migration/objects';
import { resync } from '../../../pkg/node-pressure/harvester/migration/resync';
import { parseQuantity, type Quantity } from '../../../pkg/node-pressure/kubelet/quantity';
import type { Cluster } from '../cluster';
import { keyOf } from '../store/objects';
import type { KubeObject } from '../store/objects';
import { annotated, type Annotations, isFinal, type Migrating, migrations, phaseOf } from './machines';
import { hardOf } from './quotaUse';

/** Annotation of a quota: what the migration of the VM with this UID adds. */
export const RAISE = 'harvesterhci.io/migratingUID-';
const COMPENSATION = 'harvesterhci.io/migratingCompensation';
const RESYNC = 'harvesterhci.io/migratingScalingResyncNeeded';

export const amounts = (list: { readonly cpu?: Quantity | undefined; readonly memory?: Quantity | undefined }): string => JSON.stringify({
  ...(list.cpu && { 'limits.cpu': list.cpu.toString() }),
  ...(list.memory && { 'limits.memory': list.memory.toString() }),
});

/**
 * Harvester's two controllers around migrations: one writes annotations on the quota when migrations begin, are turned
 * away and end, the other computes the quota's limits from them. The arithmetic is the product's own, which is compared
 * with Harvester's code.
 */
export class QuotaController {
  private readonly changed = new Set<string>();
  private readonly unattended = new Set<string>();
  private isScheduled = false;

  constructor(private readonly cluster: Cluster) {
    const [quotas, vmims] = [cluster.kinds.get('resourcequota'), cluster.kinds.get('kubevirt.io.virtualmachineinstancemigration')];

    cluster.store.watch(({ kind, object: { metadata } }) => {
      if (kind === vmims) {
        this.changed.add(keyOf(metadata.namespace, metadata.name));
      }
      if ((kind === vmims || kind === quotas) && !this.isScheduled) {
        this.isScheduled = true;
        queueMicrotask(() => this.step());
      }
    });
  }

  /** Looks at every migration that changed, and at every quota whose limits are due. */
  step(): void {
    this.isScheduled = false;
    const due = migrations(this.cluster).filter(({ vmim: { metadata } }) => this.changed.has(keyOf(metadata.namespace, metadata.name)));

    this.changed.clear();
    due.forEach((migrating) => this.onMigration(migrating));
    this.quotas().filter((quota) => isDefaultQuota(quota as unknown as ResourceQuota) && quota.metadata.annotations && !this.unattended.has(quota.metadata.namespace ?? '')).forEach((quota) => this.scale(quota));
  }

  /** Leaves a namespace's quota alone from now on, as a controller does that is down. */
  leave(namespace: string): void {
    this.unattended.add(namespace);
  }

  /** Looks at pending migrations again, as the controller does when a quota changed under them. */
  requeue(): void {
    migrations(this.cluster).filter(({ vmim }) => phaseOf(vmim) === 'Pending').forEach(({ vmim: { metadata } }) => this.changed.add(keyOf(metadata.namespace, metadata.name)));
    this.step();
  }

  private quotas(namespace?: string): KubeObject[] {
    return this.cluster.store.list(this.cluster.kinds.get('resourcequota'), namespace);
  }

  private namespace(name: string | undefined): KubeObject {
    return this.cluster.store.get(this.cluster.kinds.get('namespace'), undefined, name ?? '');
  }

  private update(quota: KubeObject, changes: Annotations): void {
    this.cluster.store.update(this.cluster.kinds.get('resourcequota'), annotated(quota, { ...changes, [RESYNC]: 'true' }));
  }

  private onMigration(migrating: Migrating): void {
    const { vmim, vmi } = migrating;

    if (isFinal(vmim)) {
      this.restore(vmi);
      this.mark(vmi, {});
    } else {
      this.mark(vmi, { uid: vmim.metadata.uid, state: ['', 'Pending'].includes(phaseOf(vmim)) ? 'Pending migration' : 'Migrating' });
      this.raise(migrating);
    }
  }

  private mark(vmi: KubeObject, { uid, state }: { uid?: string | undefined; state?: string }): void {
    this.cluster.store.update(this.cluster.kinds.get('kubevirt.io.virtualmachineinstance'), annotated(vmi, { 'harvesterhci.io/migrationUID': uid, 'harvesterhci.io/migrationState': state }));
  }

  private question({ vmim, vmi }: Migrating): MigrationQuestion {
    const { store, kinds } = this.cluster;
    const setting = store.find(kinds.get('harvesterhci.io.setting'), undefined, 'additional-guest-memory-overhead-ratio');

    return {
      namespace: this.namespace(vmim.metadata.namespace) as unknown as Namespace,
      resourceQuotas: this.quotas(vmim.metadata.namespace) as unknown as ResourceQuota[],
      vmi: vmi as unknown as VirtualMachineInstance,
      vmim: vmim as unknown as VirtualMachineInstanceMigration,
      setting: (setting ?? null) as Setting | null,
    };
  }

  private raise(migrating: Migrating): void {
    const question = this.question(migrating);
    const quota = defaultQuota(question.resourceQuotas) as KubeObject | undefined;
    const delta = migrationDelta(question);

    if (quota && delta) {
      this.update(quota, { [RAISE + (migrating.vmi.metadata.uid ?? '')]: amounts(delta) });

      return;
    }
    const compensation = migrationCompensation(question);

    if (quota && compensation) {
      this.update(quota, { [COMPENSATION]: amounts({ memory: compensation }) });
    }
  }

  private restore(vmi: KubeObject): void {
    const key = RAISE + (vmi.metadata.uid ?? '');
    const quota = defaultQuota(this.quotas(vmi.metadata.namespace) as unknown as ResourceQuota[]) as KubeObject | undefined;

    if (quota?.metadata.annotations?.[key] !== undefined) {
      this.update(quota, { [key]: undefined, [COMPENSATION]: undefined });
    }
  }

  /**
   * The limits that follow from base and annotations, with or without the flag; it is taken down unless the namespace
   * cannot be read.
   */
  private scale(quota: KubeObject): void {
    const { outcome, hard } = resync(this.namespace(quota.metadata.namespace) as unknown as Namespace, quota as unknown as ResourceQuota);

    if (outcome === 'malformedNamespace') {
      return;
    }
    const flag = isResyncNeeded(quota as unknown as ResourceQuota) ? { [RESYNC]: 'false' } : {};
    const differs = (name: string, wanted: Quantity | undefined): boolean => !!wanted && (hardOf(quota)[name] === undefined || parseQuantity(hardOf(quota)[name] ?? '').cmp(wanted) !== 0);
    const limits = {
      ...hardOf(quota),
      ...(outcome === 'computed' && differs('limits.cpu', hard.cpu) && { 'limits.cpu': hard.cpu?.toString() }),
      ...(outcome === 'computed' && differs('limits.memory', hard.memory) && { 'limits.memory': hard.memory?.toString() }),
    };

    this.cluster.store.update(this.cluster.kinds.get('resourcequota'), { ...annotated(quota, flag), spec: { ...quota.spec as object, hard: limits } });
  }
}
