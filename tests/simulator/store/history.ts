import type { ResourceKind } from '../kinds/kind';
import type { KubeObject } from './objects';

export type ChangeType = 'ADDED' | 'MODIFIED' | 'DELETED';

export interface Change {
  type: ChangeType;
  kind: ResourceKind;
  object: KubeObject;
  revision: number;
}

export type Listener = (change: Change) => void;

/** How many changes a watcher may have missed before it has to list anew. */
const KEPT = 2000;

/** The latest changes of a cluster and who wants to hear of the next: the API server's watch cache. */
export class History {
  private changes: Change[] = [];
  private readonly listeners = new Set<Listener>();

  constructor(private oldest: number) {}

  add(change: Change): void {
    this.changes.push(change);
    if (this.changes.length > 2 * KEPT) {
      this.changes = this.changes.slice(-KEPT);
      this.oldest = this.changes[0]?.revision ?? this.oldest;
    }
    for (const listener of [...this.listeners]) {
      listener(change);
    }
  }

  watch(listener: Listener): () => void {
    this.listeners.add(listener);

    return () => this.listeners.delete(listener);
  }

  /** Null stands for "too old resource version". */
  since(revision: number): Change[] | null {
    return revision < this.oldest ? null : this.changes.filter((change) => change.revision > revision);
  }
}
