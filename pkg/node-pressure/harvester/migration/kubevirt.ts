import type { Condition } from './objects';

/** kubevirt.io/v1 KubeVirt, as far as it decides on migrations. */
export interface KubeVirt {
  readonly spec?: {
    readonly configuration?: {
      readonly evictionStrategy?: string;
      readonly additionalGuestMemoryOverheadRatio?: string | null;
      readonly migrations?: {
        readonly parallelMigrationsPerCluster?: number;
        readonly parallelOutboundMigrationsPerNode?: number;
      } | null;
    };
  };
  readonly status?: {
    readonly observedKubeVirtVersion?: string;
    readonly conditions?: readonly Condition[] | null;
  };
}

/** How many migrations may run at a time, from the moment that they have a target pod. */
export interface ParallelLimits {
  readonly perCluster: number;
  /** From one node. */
  readonly perNode: number;
}

/** KubeVirt's defaults, which Harvester leaves. Follows pkg/virt-config/virt-config.go of KubeVirt. */
const DEFAULTS: ParallelLimits = { perCluster: 5, perNode: 2 };

/** What KubeVirt's configuration allows. */
export function parallelLimits(kubevirt: KubeVirt | null | undefined): ParallelLimits {
  const { parallelMigrationsPerCluster, parallelOutboundMigrationsPerNode } = kubevirt?.spec?.configuration?.migrations ?? {};

  return { perCluster: parallelMigrationsPerCluster ?? DEFAULTS.perCluster, perNode: parallelOutboundMigrationsPerNode ?? DEFAULTS.perNode };
}

/**
 * Whether Harvester takes KubeVirt for ready, without which it begins no migration by an admin's word. Undefined when
 * the object was not read. Follows migrate in Harvester's pkg/api/vm/handler.go: the first condition of its type counts.
 */
export function isKubeVirtReady(kubevirt: KubeVirt | null | undefined): boolean | undefined {
  const available = kubevirt?.status?.conditions?.find(({ type }) => type === 'Available');

  return kubevirt ? available?.status === 'True' && available.reason === 'AllComponentsReady' : undefined;
}
