import { hash } from '../random';
import type { Cluster } from '../cluster';
import { timestamp } from '../clock';
import { ApiError } from '../store/errors';
import { omit, valueAt } from '../store/objects';
import type { KubeObject } from '../store/objects';
import { matchesLabels } from '../store/selectors';
import { isFinal, launcherOf, type Migrating, migrations, phaseOf, setStatus } from './machines';

const REJECTED = 'migrationRejectedByResourceQuota';
/** One phase after the other, as fast as the controller looks. */
const NEXT: Readonly<Record<string, string>> = { Scheduled: 'PreparingTarget', PreparingTarget: 'TargetReady', TargetReady: 'Running' };
const DEFAULT_LIMITS = { parallelMigrationsPerCluster: 5, parallelOutboundMigrationsPerNode: 2 };
/** How long a migration copies memory, if its object does not say. */
const SECONDS = 8;

/** Annotation of a simulated migration: how many seconds it copies memory. */
export const LASTS = 'simulator/lasts-seconds';

type Limits = typeof DEFAULT_LIMITS;

const isRunning = ({ vmim }: Migrating): boolean => !isFinal(vmim) && !['', 'Pending'].includes(phaseOf(vmim));
const nodeOf = (vmi: KubeObject): string => String(valueAt(vmi, 'status.nodeName'));

/** KubeVirt's virt-controller, as far as migrations go: with every step it takes each one to its next phase. */
export class VirtController {
  constructor(private readonly cluster: Cluster) {}

  step(): void {
    migrations(this.cluster).filter(({ vmim }) => !isFinal(vmim)).forEach((migrating) => this.advance(migrating));
  }

  private advance(migrating: Migrating): void {
    const { vmim } = migrating;
    const phase = phaseOf(vmim);

    switch (phase) {
    case '':
      setStatus(this.cluster, vmim, { phase: 'Pending' });
      break;
    case 'Pending':
      if (this.mayRun(migrating)) {
        this.createTarget(migrating);
      }
      break;
    case 'Scheduling':
      if (this.targetNode(migrating)) {
        setStatus(this.cluster, vmim, { phase: 'Scheduled' });
      }
      break;
    case 'Running':
      this.run(migrating);
      break;
    default:
      setStatus(this.cluster, vmim, { phase: NEXT[phase] });
    }
  }

  private limits(): Limits {
    const setting = this.cluster.store.find(this.cluster.kinds.get('harvesterhci.io.setting'), undefined, 'kubevirt-migration');

    return { ...DEFAULT_LIMITS, ...JSON.parse(String(setting?.value || setting?.default || '{}')) as Partial<Limits> };
  }

  private mayRun({ vmi }: Migrating): boolean {
    const running = migrations(this.cluster).filter(isRunning);
    const { parallelMigrationsPerCluster, parallelOutboundMigrationsPerNode } = this.limits();

    return running.length < parallelMigrationsPerCluster && running.filter((other) => nodeOf(other.vmi) === nodeOf(vmi)).length < parallelOutboundMigrationsPerNode;
  }

  /** Another node that matches and can take pods; nothing is asked about its memory. */
  private candidate(vmi: KubeObject): KubeObject | undefined {
    const { store, kinds } = this.cluster;
    const selector = (valueAt(vmi, 'spec.nodeSelector') ?? {}) as Record<string, string>;

    return store.list(kinds.get('node')).find((node) => node.metadata.name !== nodeOf(vmi) && matchesLabels(node, selector) && !valueAt(node, 'spec.unschedulable') && node.metadata.labels?.['node-role.harvesterhci.io/witness'] === undefined);
  }

  private createTarget({ vmim, vmi }: Migrating): void {
    const { store, kinds } = this.cluster;
    const source = launcherOf(this.cluster, vmi);

    if (!source) {
      return;
    }
    const conditions = (valueAt(vmim, 'status.conditions') ?? []) as { type: string }[];
    const others = conditions.filter(({ type }) => type !== REJECTED);

    try {
      const node = this.candidate(vmi)?.metadata.name;
      const target = store.create(kinds.get('pod'), this.targetPod(source, vmim, node));

      if (!node) {
        store.update(kinds.get('pod'), { ...target, status: { phase: 'Pending' } }, { status: true });
      }
      setStatus(this.cluster, vmim, { phase: 'Scheduling', conditions: others });
    } catch (error) {
      if (!(error instanceof ApiError)) {
        throw error;
      }
      if (others.length === conditions.length) {
        setStatus(this.cluster, vmim, { conditions: [...others, { type: REJECTED, status: 'True', reason: 'exceeded quota', message: error.message, lastProbeTime: timestamp(this.cluster.clock.now()) }] });
      }
    }
  }

  private targetPod(source: KubeObject, vmim: KubeObject, node: string | undefined): KubeObject {
    const { namespace, labels, ownerReferences = [], annotations = {} } = source.metadata;

    return {
      ...source,
      metadata: {
        name: `${ source.metadata.name.replace(/-[a-z0-9]+$/, '') }-${ hash(vmim.metadata.uid ?? '').toString(36).slice(0, 5) }`,
        namespace,
        labels: { ...labels, 'kubevirt.io/migrationJobUID': vmim.metadata.uid ?? '' },
        annotations,
        ownerReferences,
      },
      spec: node ? { ...source.spec as object, nodeName: node } : omit(source.spec as Record<string, unknown>, 'nodeName'),
    };
  }

  private target(vmim: KubeObject): KubeObject | undefined {
    const { store, kinds } = this.cluster;

    return store.list(kinds.get('pod'), vmim.metadata.namespace).find(({ metadata: { labels } }) => labels?.['kubevirt.io/migrationJobUID'] === vmim.metadata.uid);
  }

  private targetNode({ vmim }: Migrating): string | undefined {
    const target = this.target(vmim);

    return target && (valueAt(target, 'spec.nodeName') as string | undefined);
  }

  private run({ vmim, vmi }: Migrating): void {
    const { store, kinds, clock } = this.cluster;
    const kind = kinds.get('kubevirt.io.virtualmachineinstance');
    const target = this.target(vmim);
    const targetNode = target && String(valueAt(target, 'spec.nodeName'));
    const started = ((valueAt(vmim, 'status.phaseTransitionTimestamps') ?? []) as { phase: string; phaseTransitionTimestamp: string }[]).find(({ phase }) => phase === 'Running');
    const lasts = Number(vmim.metadata.annotations?.[LASTS] ?? SECONDS) * 1000;
    const state = { migrationUid: vmim.metadata.uid, sourceNode: nodeOf(vmi), targetNode, targetPod: target?.metadata.name, startTimestamp: started?.phaseTransitionTimestamp };
    const source = launcherOf(this.cluster, vmi);
    const active = (...pods: readonly (KubeObject | undefined)[]): Record<string, unknown> => Object.fromEntries(pods.flatMap((pod) => (pod ? [[pod.metadata.uid, valueAt(pod, 'spec.nodeName')]] : [])));

    if (clock.now() < Date.parse(started?.phaseTransitionTimestamp ?? '') + lasts) {
      setStatus(this.cluster, vmim, { migrationState: state });
      store.update(kind, { ...vmi, status: { ...vmi.status as object, migrationState: state, activePods: active(source, target) } }, { status: true });

      return;
    }
    const done = { ...state, endTimestamp: timestamp(clock.now()), completed: true };

    store.update(kind, { ...vmi, status: { ...vmi.status as object, nodeName: targetNode, migrationState: done, activePods: active(target) } }, { status: true });
    if (source) {
      store.remove(kinds.get('pod'), source.metadata.namespace, source.metadata.name);
    }
    setStatus(this.cluster, vmim, { phase: 'Succeeded', migrationState: done });
  }
}
