/**
 * The parts of Kubernetes, KubeVirt and Harvester objects that decide whether a VM can migrate within its quota.
 * Shapes are those of the API's JSON; every string is as the cluster sent it.
 */
import type { OwnerReference, Pod, ResourceList, ResourceRequirements, Toleration } from '../../kubelet/pod';

/** meta/v1 ObjectMeta. */
export interface ObjectMeta {
  readonly name?: string;
  readonly namespace?: string;
  readonly uid?: string;
  readonly labels?: Readonly<Record<string, string>> | null;
  readonly annotations?: Readonly<Record<string, string>> | null;
  readonly resourceVersion?: string;
  readonly creationTimestamp?: string | null;
  readonly deletionTimestamp?: string | null;
  readonly ownerReferences?: readonly OwnerReference[] | null;
}

/** A condition as Kubernetes and KubeVirt write it. */
export interface Condition {
  readonly type: string;
  readonly status: string;
  readonly reason?: string;
  readonly message?: string;
  readonly lastProbeTime?: string | null;
  readonly lastTransitionTime?: string | null;
}

/** core/v1 NodeSelectorRequirement. */
export interface NodeSelectorRequirement {
  readonly key: string;
  readonly operator: string;
  readonly values?: readonly string[] | null;
}

/** core/v1 NodeSelectorTerm. */
export interface NodeSelectorTerm {
  readonly matchExpressions?: readonly NodeSelectorRequirement[] | null;
  readonly matchFields?: readonly NodeSelectorRequirement[] | null;
}

/** core/v1 PodAffinityTerm. */
export interface PodAffinityTerm {
  readonly namespaces?: readonly string[] | null;
  readonly namespaceSelector?: object | null;
}

/** core/v1 PodAffinity and PodAntiAffinity. */
export interface PodAffinity {
  readonly requiredDuringSchedulingIgnoredDuringExecution?: readonly PodAffinityTerm[] | null;
  readonly preferredDuringSchedulingIgnoredDuringExecution?: readonly { readonly podAffinityTerm: PodAffinityTerm }[] | null;
}

/** core/v1 Affinity. */
export interface Affinity {
  readonly podAffinity?: PodAffinity | null;
  readonly podAntiAffinity?: PodAffinity | null;
  readonly nodeAffinity?: {
    readonly requiredDuringSchedulingIgnoredDuringExecution?: { readonly nodeSelectorTerms?: readonly NodeSelectorTerm[] | null } | null;
  } | null;
}

/** core/v1 Namespace. */
export interface Namespace {
  readonly metadata?: ObjectMeta;
}

/** core/v1 ScopedResourceSelectorRequirement. */
export interface ScopeRequirement {
  readonly scopeName: string;
  readonly operator: string;
  readonly values?: readonly string[] | null;
}

/** core/v1 ResourceQuota. */
export interface ResourceQuota {
  readonly metadata?: ObjectMeta;
  readonly spec?: {
    readonly hard?: ResourceList | null;
    readonly scopes?: readonly string[] | null;
    readonly scopeSelector?: { readonly matchExpressions?: readonly ScopeRequirement[] | null } | null;
  };
  readonly status?: { readonly used?: ResourceList | null };
}

/** harvesterhci.io/v1beta1 Setting. */
export interface Setting {
  readonly value?: string;
  readonly default?: string;
}

/** kubevirt.io/v1 DomainSpec. */
export interface DomainSpec {
  readonly resources?: ResourceRequirements | null;
  readonly cpu?: {
    readonly model?: string;
    readonly cores?: number;
    readonly sockets?: number;
    readonly threads?: number;
    readonly dedicatedCpuPlacement?: boolean;
  } | null;
  readonly memory?: {
    readonly guest?: string | null;
    readonly reservedOverhead?: { readonly addedOverhead?: string | null } | null;
  } | null;
  readonly devices?: {
    readonly autoattachGraphicsDevice?: boolean | null;
    readonly autoattachSerialConsole?: boolean | null;
    readonly logSerialConsole?: boolean | null;
    readonly gpus?: readonly object[] | null;
    readonly hostDevices?: readonly object[] | null;
    readonly interfaces?: readonly { readonly sriov?: object | null }[] | null;
    readonly tpm?: { readonly enabled?: boolean | null } | null;
  } | null;
  readonly launchSecurity?: { readonly sev?: object | null; readonly snp?: object | null } | null;
}

/** kubevirt.io/v1 Probe. */
export interface Probe {
  readonly exec?: object | null;
}

/** kubevirt.io/v1 VirtualMachineInstanceSpec. */
export interface VirtualMachineInstanceSpec {
  readonly architecture?: string;
  readonly domain?: DomainSpec;
  readonly livenessProbe?: Probe | null;
  readonly readinessProbe?: Probe | null;
  readonly volumes?: readonly VmVolume[] | null;
  readonly nodeSelector?: Readonly<Record<string, string>> | null;
  readonly affinity?: Affinity | null;
  readonly tolerations?: readonly Toleration[] | null;
  readonly priorityClassName?: string;
  readonly evictionStrategy?: string | null;
}

/** kubevirt.io/v1 Volume. */
export interface VmVolume {
  readonly name?: string;
  readonly downwardMetrics?: object | null;
  readonly persistentVolumeClaim?: { readonly hotpluggable?: boolean } | null;
  readonly dataVolume?: { readonly hotpluggable?: boolean } | null;
}

/** kubevirt.io/v1 VirtualMachineInstance. */
export interface VirtualMachineInstance {
  readonly metadata?: ObjectMeta;
  readonly spec?: VirtualMachineInstanceSpec;
  readonly status?: {
    readonly phase?: string;
    readonly nodeName?: string;
    readonly conditions?: readonly Condition[] | null;
    /** UIDs of its pods that run, to their nodes. */
    readonly activePods?: Readonly<Record<string, string>> | null;
    readonly volumeStatus?: readonly { readonly hotplugVolume?: object | null }[] | null;
    readonly migrationState?: MigrationState | null;
  };
}

/** kubevirt.io/v1 VirtualMachineInstanceMigrationState. */
export interface MigrationState {
  readonly migrationUid?: string;
  readonly sourceNode?: string;
  readonly targetNode?: string;
  readonly targetPod?: string;
  readonly completed?: boolean;
}

/** kubevirt.io/v1 VirtualMachine. */
export interface VirtualMachine {
  readonly metadata?: ObjectMeta;
  readonly spec?: {
    readonly running?: boolean | null;
    readonly runStrategy?: string | null;
    readonly template?: { readonly spec?: VirtualMachineInstanceSpec } | null;
  };
  readonly status?: { readonly printableStatus?: string };
}

/** kubevirt.io/v1 VirtualMachineInstanceMigration. */
export interface VirtualMachineInstanceMigration {
  readonly metadata?: ObjectMeta;
  readonly spec?: { readonly vmiName?: string; readonly addedNodeSelector?: Readonly<Record<string, string>> | null };
  readonly status?: {
    readonly phase?: string;
    readonly migrationState?: MigrationState | null;
    readonly conditions?: readonly Condition[] | null;
    readonly phaseTransitionTimestamps?: readonly { readonly phase: string; readonly phaseTransitionTimestamp?: string | null }[] | null;
  };
}

/** A pod of a VM, by its labels. */
export interface LabelledPod {
  readonly metadata?: ObjectMeta;
}

/** A pod of a VM whole: its launcher, or the one that attaches hot-plugged volumes. */
export interface VmPod extends Pod {
  readonly spec: Pod['spec'] & {
    readonly nodeSelector?: Readonly<Record<string, string>> | null;
    readonly affinity?: Affinity | null;
    readonly activeDeadlineSeconds?: number | null;
  };
}
