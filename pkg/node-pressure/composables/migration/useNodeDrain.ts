import { computed, type ComputedRef, type Ref } from 'vue';
import { nodeDrainReport } from '../../planner/migration/drain';
import type { NodeDrainReport } from '../../planner/migration/drainReport';
import type { ReadFailure } from '../../planner/reading';
import type { Host } from '../useHost';
import { useMigrationCluster } from './useMigrationCluster';

export interface NodeDrain {
  /** Undefined while the VMs' pods are being read, and where that is not possible. */
  readonly report: ComputedRef<NodeDrainReport | undefined>;
  readonly failure: ComputedRef<ReadFailure | undefined>;
  readonly missing: ComputedRef<readonly ReadFailure[]>;
}

/** What a drain of a node would do. Reads while `active`. Call in `setup`. */
export function useNodeDrain(host: Host, node: string, active: Readonly<Ref<boolean>>): NodeDrain {
  const { cluster, failure, missing, pendingPods } = useMigrationCluster(host, active, node);

  return {
    report: computed(() => (cluster.value && pendingPods.value === 0 ? nodeDrainReport(cluster.value, node) : undefined)),
    failure,
    missing,
  };
}
