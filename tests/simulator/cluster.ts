import type { Clock } from './clock';
import type { KindCatalogue } from './kinds/kind';
import type { NodeFleet } from './nodes/fleet';
import type { ObjectStore } from './store/store';

/** A cluster that Rancher manages, or Rancher's own (`local`). */
export interface Cluster {
  id: string;
  clock: Clock;
  kinds: KindCatalogue;
  store: ObjectStore;
  /** The machines behind the Node objects. */
  fleet: NodeFleet;
  kubernetesVersion: string;
}
