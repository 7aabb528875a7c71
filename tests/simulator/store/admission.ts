import type { ResourceKind } from '../kinds/kind';
import type { KubeObject } from './objects';
import type { ObjectStore } from './store';

export type Operation = 'CREATE' | 'UPDATE' | 'DELETE';

export interface AdmissionContext {
  operation: Operation;
  old: KubeObject | undefined;
  store: ObjectStore;
}

/** Defaults, schema validation and webhooks of one kind, in that order. */
export interface Admission {
  kind: ResourceKind;
  /** May change the object, which is not stored yet. */
  mutate?(object: KubeObject): void;
  /** Throws an ApiError to refuse. */
  validate?(object: KubeObject, context: AdmissionContext): void;
}
