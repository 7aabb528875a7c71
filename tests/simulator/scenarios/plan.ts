/**
 * What a scenario consists of: plain data, so that other servers can be scripted from the same files.
 * Memory and disk sizes are bytes, CPU is in cores.
 */

export type NodeRole = 'management' | 'worker' | 'witness';

export interface NodePlan {
  name: string;
  role: NodeRole;
  cpuCores: number;
  memoryBytes: number;
  /** Size of the one filesystem that holds the kubelet's data, images and logs. */
  diskBytes: number;
  diskUsedBytes: number;
  /** Working set of everything on the host that is no pod. */
  systemUseBytes: number;
  /** Files in `config.yaml.d` besides those that Harvester itself writes, by name. */
  layers?: Readonly<Record<string, string>>;
  labels?: Readonly<Record<string, string>>;
  taints?: readonly { key: string; value?: string; effect: string }[];
  unschedulable?: boolean;
  /** Working set of the whole node from the scenario's start on, whatever its pods use. */
  course?: { workingSetBytes: number; bytesPerSecond: number };
  /** Where it differs from the cluster's, as in the middle of an upgrade. */
  kubernetesVersion?: string;
  /** The kubelet is not running when the scenario begins. */
  down?: boolean;
}

export interface ContainerPlan {
  name: string;
  requests?: Readonly<Record<string, string>>;
  limits?: Readonly<Record<string, string>>;
}

export interface PodPlan {
  name: string;
  namespace: string;
  node: string;
  containers: readonly ContainerPlan[];
  /** Working set around which the pod's use moves. */
  useBytes: number;
  /** What keeps the pod alive. `Static`: a file on the node, shown by its mirror pod. */
  owner: 'ReplicaSet' | 'DaemonSet' | 'StatefulSet' | 'Static' | 'None';
  priority?: number;
  priorityClassName?: string;
  labels?: Readonly<Record<string, string>>;
  /** Labels of the nodes that it may run on. */
  nodeSelector?: Readonly<Record<string, string>>;
  /** Seconds before the scenario's start at which it was created. */
  ageSeconds?: number;
}

export interface VirtualMachinePlan {
  name: string;
  namespace: string;
  node: string;
  cpuCores: number;
  /** The guest's memory, which is the limit that Harvester sets. */
  memoryBytes: number;
  useBytes: number;
  runStrategy?: 'RerunOnFailure' | 'Always' | 'Manual' | 'Halted';
  ageSeconds?: number;
  /** Has no `resources.limits`: made past Harvester's UI. */
  unlimited?: boolean;
  /** Why KubeVirt says that it cannot be migrated. */
  notMigratable?: string;
  /** Labels of the nodes that it may run on. */
  nodeSelector?: Readonly<Record<string, string>>;
  /** Has a volume that was plugged in while it ran. */
  hotplugVolume?: boolean;
}

/** Limits of Rancher's annotation on a namespace, or of its project. */
export interface QuotaPlan {
  limitsCpu?: string;
  limitsMemory?: string;
}

export interface NamespacePlan {
  name: string;
  project?: string;
  quota?: QuotaPlan;
  /** What somebody did to the quota behind the controllers' back, after everything else. */
  quotaEdit?: {
    hard?: Readonly<Record<string, string>>;
    annotations?: Readonly<Record<string, string>>;
    /** VMs whose raise stayed behind when their migration's object vanished. */
    orphanedRaises?: readonly string[];
    /** Harvester's controller does not look at the quota any more. */
    unattended?: boolean;
  };
  /** Quotas besides Rancher's, by name. */
  otherQuotas?: Readonly<Record<string, { hard: Readonly<Record<string, string>>; scopes?: readonly string[] }>>;
  /** The annotation field.cattle.io/resourceQuota as somebody wrote it, in place of the quota's. */
  writtenQuota?: string;
}

/** A live migration that began before the scenario does. */
export interface MigrationPlan {
  namespace: string;
  virtualMachine: string;
  ageSeconds: number;
  /** How long it runs once the target is ready; by the VM's memory if absent. */
  lastsSeconds?: number;
}

export interface ClusterPlan {
  kubernetesVersion: string;
  nodes: readonly NodePlan[];
  namespaces: readonly NamespacePlan[];
  pods: readonly PodPlan[];
  virtualMachines: readonly VirtualMachinePlan[];
  migrations?: readonly MigrationPlan[];
  /** Limits of projects, by name. */
  projectQuotas?: Readonly<Record<string, QuotaPlan>>;
  /** Values of Harvester's settings that are not their defaults. */
  settings?: Readonly<Record<string, string>>;
  /** CloudInit objects that exist from the start, by name. */
  cloudInits?: Readonly<Record<string, { filename: string; contents: string; matchSelector: Readonly<Record<string, string>>; paused?: boolean }>>;
}

export interface Scenario {
  name: string;
  description: string;
  /** Decides every figure that moves or is drawn by lot. */
  seed: number;
  /** `spec.value` of Rancher's feature harvester-baremetal-container-workload. */
  containerWorkload: boolean | null;
  harvesterVersion: string;
  harvester: ClusterPlan;
  /** A cluster that Rancher manages and that is not Harvester. */
  plain: ClusterPlan;
  /** The cluster that Rancher itself runs in. */
  local: ClusterPlan;
}

export const GIB = 2 ** 30;
export const MIB = 2 ** 20;
