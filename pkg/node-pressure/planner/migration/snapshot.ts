import type { KubeVirt } from '../../harvester/migration/kubevirt';
import type { Namespace, ResourceQuota, Setting, VirtualMachine, VirtualMachineInstance, VirtualMachineInstanceMigration, VmPod } from '../../harvester/migration/objects';
import type { Node } from '../../harvester/node';
import type { ResourceList } from '../../kubelet/pod';

/** What a cluster's migrations depend on, as it was read. */
export interface MigrationSnapshot {
  readonly namespaces: readonly Namespace[];
  readonly resourceQuotas: readonly ResourceQuota[];
  /** Undefined where they could not be read: then nothing is said of VMs that do not run. */
  readonly virtualMachines?: readonly VirtualMachine[];
  readonly instances: readonly VirtualMachineInstance[];
  readonly migrations: readonly VirtualMachineInstanceMigration[];
  /** At least those with the label kubevirt.io, which launchers and the pods of hot-plugged volumes have. */
  readonly pods: readonly VmPod[];
  /** Namespaces whose pods were read; undefined: all. Of the others, launchers are estimated from their VMs. */
  readonly podsRead?: ReadonlySet<string>;
  /** Undefined where they could not be read: then nothing is said of where VMs could go. */
  readonly nodes?: readonly Node[];
  /** What all pods of a node request, by its name, where it was read; else Rancher's annotation of the node counts. */
  readonly requested?: ReadonlyMap<string, ResourceList>;
  /** The setting additional-guest-memory-overhead-ratio. */
  readonly ratioSetting?: Setting | null;
  /** The setting overcommit-config. */
  readonly overcommitSetting?: Setting | null;
  readonly kubevirt?: KubeVirt | null;
  /** Harvester's own version, from its setting server-version. */
  readonly harvesterVersion?: string;
}
