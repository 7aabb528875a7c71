import { createHash } from 'node:crypto';
import { timestamp } from '../clock';
import type { Cluster } from '../cluster';
import type { ResourceKind } from '../kinds/kind';
import { isRecord, valueAt } from '../store/objects';
import type { KubeObject } from '../store/objects';
import { matchesLabels } from '../store/selectors';
import { OEM_DIRECTORY } from './disk';
import type { Machine } from './machine';

const HASH = 'node.harvesterhci.io/cloudinit-hash';
/** One finalizer for all nodes: the first that handles a deletion lets the object go. */
const FINALIZER = 'wrangler.cattle.io/harvester-node-cloud-init-controller';
/** The informers' resync: node labels are not watched, so a changed label takes effect here at the latest. */
const RESYNC = 10 * 3_600_000;

interface Condition {
  type: string;
  status: 'True' | 'False';
  reason: string;
  message: string;
  lastTransitionTime: string;
}
type Rollouts = Record<string, { conditions?: Condition[] }>;

export const sha256 = (text: string): string => createHash('sha256').update(text).digest('hex');

/** Harvester's node-manager on every node: keeps `/oem` in step with the CloudInits. */
export class CloudInitController {
  private readonly kind: ResourceKind;
  private readonly pending = new Set<string>();

  constructor(private readonly cluster: Cluster) {
    this.kind = cluster.kinds.get('node.harvesterhci.io.cloudinit');
    cluster.store.watch(({ kind, type, object }) => {
      if (kind === this.kind && type !== 'DELETED') {
        this.enqueue(object.metadata.name);
      }
    });
    cluster.clock.every(RESYNC, () => this.resync());
  }

  /** Looks at every CloudInit again, as a restarted node-manager does. */
  resync(): void {
    this.cluster.store.list(this.kind).forEach(({ metadata }) => this.enqueue(metadata.name));
  }

  /** The API's answer goes out first: a controller only learns of a write afterwards. */
  private enqueue(name: string): void {
    if (!this.pending.has(name)) {
      this.pending.add(name);
      queueMicrotask(() => {
        this.pending.delete(name);
        this.reconcile(name);
      });
    }
  }

  private reconcile(name: string): void {
    const { store } = this.cluster;
    const object = store.find(this.kind, undefined, name);

    if (!object) {
      return;
    }
    if (object.metadata.deletionTimestamp) {
      this.reachable().forEach((machine) => machine.disk.remove(this.path(object)));
      store.update(this.kind, {
        ...object,
        metadata: { ...object.metadata, finalizers: (object.metadata.finalizers ?? []).filter((finalizer) => finalizer !== FINALIZER) },
      });

      return;
    }
    const current = store.update(this.kind, {
      ...object,
      metadata: {
        ...object.metadata,
        annotations: { ...object.metadata.annotations, [HASH]: sha256(contentsOf(object)) },
        finalizers: [...new Set([...(object.metadata.finalizers ?? []), FINALIZER])],
      },
    });
    const before = (valueAt(current, 'status.rollouts') ?? {}) as Rollouts;
    const rollouts = this.reachable().reduce<Rollouts>(
      (result, machine) => ({ ...result, [machine.name]: { conditions: this.rollOut(current, machine, before[machine.name]?.conditions ?? []) } }),
      before,
    );

    store.update(this.kind, { ...current, status: { rollouts } }, { status: true });
  }

  /** Brings one node's file up to date, unless the CloudInit is paused, and says how the node stands. */
  private rollOut(object: KubeObject, machine: Machine, before: readonly Condition[]): Condition[] {
    const path = this.path(object);
    const contents = contentsOf(object);
    const applicable = this.isApplicable(object, machine);

    if (valueAt(object, 'spec.paused') !== true) {
      if (!applicable) {
        machine.disk.remove(path);
      } else if (machine.disk.read(path) !== contents) {
        machine.disk.write(path, contents);
        this.event(object, machine);
      }
    }
    const inSync = machine.disk.read(path) === contents;
    const present = machine.disk.has(path);
    const condition = (type: string, status: boolean, reason: string): Condition => {
      const old = before.find((candidate) => candidate.type === type);
      const text = status ? 'True' : 'False';

      return {
        type,
        status: text,
        reason,
        message: '',
        lastTransitionTime: old?.status === text ? old.lastTransitionTime : timestamp(this.cluster.clock.now()),
      };
    };

    return [
      condition('Applicable', applicable, applicable ? 'CloudInitApplicable' : 'CloudInitNotApplicable'),
      condition('OutOfSync', applicable && !inSync, inSync || !applicable ? 'CloudInitChecksumMatch' : 'CloudInitChecksumMismatch'),
      condition('Present', present, present ? 'CloudInitPresentOnDisk' : 'CloudInitAbsentFromDisk'),
    ];
  }

  private isApplicable(object: KubeObject, machine: Machine): boolean {
    const node = this.cluster.store.find(this.cluster.kinds.get('node'), undefined, machine.name);
    const selector = valueAt(object, 'spec.matchSelector');

    return node !== undefined && isRecord(selector) && matchesLabels(node, selector as Record<string, string>);
  }

  /** Nodes on which node-manager runs. */
  private reachable(): Machine[] {
    return [...this.cluster.fleet.machines.values()].filter(({ managed }) => managed);
  }

  private path(object: KubeObject): string {
    return `${ OEM_DIRECTORY }/${ String(valueAt(object, 'spec.filename')) }`;
  }

  private event(object: KubeObject, machine: Machine): void {
    const { store, kinds, clock } = this.cluster;
    const time = timestamp(clock.now());

    store.create(kinds.get('event'), {
      apiVersion: 'v1',
      kind: 'Event',
      metadata: { name: '', generateName: `${ object.metadata.name }.`, namespace: 'default' },
      involvedObject: { apiVersion: object.apiVersion, kind: object.kind, name: object.metadata.name, uid: object.metadata.uid },
      action: 'ReconcileContents',
      reason: 'CloudInitFileModified',
      type: 'Normal',
      message: `${ this.path(object) } has been overwritten on ${ machine.name }`,
      firstTimestamp: time,
      lastTimestamp: time,
      count: 1,
      reportingComponent: 'harvester-node-manager',
      source: { component: 'harvester-node-manager', host: machine.name },
    });
  }
}

function contentsOf(object: KubeObject): string {
  return String(valueAt(object, 'spec.contents') ?? '');
}
