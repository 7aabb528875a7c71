import type { Clock } from '../clock';
import { timestamp } from '../clock';
import { apiVersion } from '../kinds/kind';
import type { KindCatalogue, ResourceKind } from '../kinds/kind';
import type { Admission, Operation } from './admission';
import { alreadyExists, badRequest, conflict, invalid, notFound } from './errors';
import { History } from './history';
import type { ChangeType, Listener } from './history';
import { nameErrors, Names } from './names';
import { deepEqual, keyOf, valueAt } from './objects';
import type { KubeObject } from './objects';

export interface WriteOptions {
  /** Runs defaults, admission and validation, and stores nothing. */
  dryRun?: boolean;
  /** Writes `status` and nothing else. */
  status?: boolean;
}

/**
 * The objects of one cluster: what etcd and the API server's registry do.
 *
 * Every change gets the next resourceVersion of the cluster. Objects are shared, never copied in depth: what was handed in
 * or out is not changed afterwards, by either side.
 */
export class ObjectStore {
  private readonly objects = new Map<ResourceKind, Map<string, KubeObject>>();
  private readonly podsByNode = new Map<string, Set<KubeObject>>();
  private readonly history: History;
  private version = 1000;
  private readonly names: Names;

  constructor(
    readonly kinds: KindCatalogue,
    private readonly clock: Clock,
    cluster: string,
    private readonly admission: readonly Admission[] = [],
  ) {
    this.history = new History(this.version);
    this.names = new Names(cluster);
  }

  /** The cluster's newest resourceVersion. */
  get revision(): string {
    return String(this.version);
  }

  get(kind: ResourceKind, namespace: string | undefined, name: string): KubeObject {
    const object = this.find(kind, namespace, name);

    if (!object) {
      throw notFound(kind, name);
    }

    return object;
  }

  find(kind: ResourceKind, namespace: string | undefined, name: string): KubeObject | undefined {
    return this.objects.get(kind)?.get(keyOf(namespace, name));
  }

  /** All objects of a kind, sorted by namespace and name as etcd returns them. */
  list(kind: ResourceKind, namespace?: string): KubeObject[] {
    const all = [...(this.objects.get(kind)?.entries() ?? [])];
    const wanted = namespace ? all.filter(([, { metadata }]) => metadata.namespace === namespace) : all;

    return wanted.sort(([a], [b]) => (a < b ? -1 : 1)).map(([, object]) => object);
  }

  /** The pods bound to a node, by an index: a thousand nodes' pods are never walked for one of them. */
  podsOn(nodeName: string): KubeObject[] {
    return [...(this.podsByNode.get(nodeName) ?? [])];
  }

  create(kind: ResourceKind, given: KubeObject, { dryRun = false }: WriteOptions = {}): KubeObject {
    const metadata = { ...given.metadata };
    const object: KubeObject = { ...given, metadata };

    this.checkType(kind, object);
    if (!metadata.name && metadata.generateName) {
      metadata.name = metadata.generateName + this.names.suffix();
    }
    if (!metadata.name) {
      throw invalid(kind, '', [
        { field: 'metadata.name', message: 'Required value: name or generateName is required', reason: 'FieldValueRequired' },
      ]);
    }
    // Built-in kinds have rules of their own each
    const errors = kind.custom ? nameErrors(metadata.name) : [];

    if (errors.length > 0) {
      throw invalid(kind, metadata.name, errors);
    }
    if (!kind.namespaced) {
      delete metadata.namespace;
    }
    const namesake = this.find(kind, metadata.namespace, metadata.name);

    if (namesake) {
      throw alreadyExists(kind, namesake);
    }
    Object.assign(metadata, {
      uid: this.names.uid(`${ kind.group }/${ kind.resource } ${ keyOf(metadata.namespace, metadata.name) }`),
      creationTimestamp: metadata.creationTimestamp ?? timestamp(this.clock.now()),
      generation: 1,
    });
    delete metadata.deletionTimestamp;
    this.admit(kind, 'CREATE', object, undefined);

    return dryRun ? object : this.commit(kind, 'ADDED', object);
  }

  update(kind: ResourceKind, given: KubeObject, { dryRun = false, status = false }: WriteOptions = {}): KubeObject {
    const { name, namespace } = given.metadata;
    const old = this.get(kind, namespace, name);

    if (given.metadata.resourceVersion && given.metadata.resourceVersion !== old.metadata.resourceVersion) {
      throw conflict(kind, name);
    }
    this.checkType(kind, given);
    const object: KubeObject = status ? { ...old, metadata: { ...old.metadata }, status: given.status } : { ...given, metadata: { ...given.metadata } };

    if (!status && kind.statusSubresource) {
      restore(object, old, 'status');
    }
    for (const field of ['uid', 'creationTimestamp', 'generation', 'deletionTimestamp', 'resourceVersion'] as const) {
      Object.assign(object.metadata, { [field]: old.metadata[field] });
    }
    this.admit(kind, 'UPDATE', object, old);
    if (deepEqual(object, old)) {
      return old;
    }
    if (!status && !deepEqual(object.spec, old.spec)) {
      object.metadata.generation = (old.metadata.generation ?? 1) + 1;
    }
    if (dryRun) {
      return object;
    }
    if (object.metadata.deletionTimestamp && !object.metadata.finalizers?.length) {
      return this.drop(kind, object);
    }

    return this.commit(kind, 'MODIFIED', object);
  }

  /** Deletes at once, or only marks an object that still has finalizers. */
  remove(kind: ResourceKind, namespace: string | undefined, name: string, { dryRun = false }: WriteOptions = {}): KubeObject {
    const old = this.get(kind, namespace, name);

    this.admit(kind, 'DELETE', old, old);
    if (dryRun) {
      return old;
    }
    if (!old.metadata.finalizers?.length) {
      return this.drop(kind, old);
    }
    if (old.metadata.deletionTimestamp) {
      return old;
    }

    return this.commit(kind, 'MODIFIED', {
      ...old,
      metadata: { ...old.metadata, deletionTimestamp: timestamp(this.clock.now()), deletionGracePeriodSeconds: 0 },
    });
  }

  /** Calls `listener` for every later change; returns how to stop that. */
  watch(listener: Listener): () => void {
    return this.history.watch(listener);
  }

  /** The changes after a resourceVersion, oldest first; null when they are no longer known. */
  changesSince(resourceVersion: string): ReturnType<History['since']> {
    return this.history.since(Number(resourceVersion));
  }

  private checkType(kind: ResourceKind, object: KubeObject): void {
    if (object.apiVersion !== apiVersion(kind) || object.kind !== kind.kind) {
      throw badRequest(
        `the API version in the data (${ object.apiVersion }, ${ object.kind }) does not match the expected API version (${ apiVersion(kind) }, ${
          kind.kind
        })`,
      );
    }
  }

  private admit(kind: ResourceKind, operation: Operation, object: KubeObject, old: KubeObject | undefined): void {
    const relevant = this.admission.filter((admission) => admission.kind === kind);

    if (operation !== 'DELETE') {
      relevant.forEach((admission) => admission.mutate?.(object));
    }
    relevant.forEach((admission) => admission.validate?.(object, { operation, old, store: this }));
  }

  private commit(kind: ResourceKind, type: ChangeType, object: KubeObject): KubeObject {
    const { namespace, name } = object.metadata;
    const old = this.find(kind, namespace, name);
    const stored = { ...object, metadata: { ...object.metadata, resourceVersion: String(++this.version) } };
    const ofKind = this.objects.get(kind) ?? new Map<string, KubeObject>();

    ofKind.set(keyOf(namespace, name), stored);
    this.objects.set(kind, ofKind);
    this.reindex(kind, old, stored);
    this.history.add({ type, kind, object: stored, revision: this.version });

    return stored;
  }

  private drop(kind: ResourceKind, object: KubeObject): KubeObject {
    const { namespace, name } = object.metadata;
    const old = this.find(kind, namespace, name);
    const last = { ...object, metadata: { ...object.metadata, resourceVersion: String(++this.version) } };

    this.objects.get(kind)?.delete(keyOf(namespace, name));
    this.reindex(kind, old, undefined);
    this.history.add({ type: 'DELETED', kind, object: last, revision: this.version });

    return last;
  }

  private reindex(kind: ResourceKind, old: KubeObject | undefined, object: KubeObject | undefined): void {
    if (kind.kind !== 'Pod' || kind.group !== '') {
      return;
    }
    const nodeOf = (pod: KubeObject | undefined): string => String(valueAt(pod, 'spec.nodeName') ?? '');

    if (old) {
      this.podsByNode.get(nodeOf(old))?.delete(old);
    }
    if (object) {
      this.podsByNode.set(nodeOf(object), (this.podsByNode.get(nodeOf(object)) ?? new Set()).add(object));
    }
  }
}

function restore(object: KubeObject, old: KubeObject, field: string): void {
  if (old[field] === undefined) {
    delete object[field];
  } else {
    object[field] = old[field];
  }
}
