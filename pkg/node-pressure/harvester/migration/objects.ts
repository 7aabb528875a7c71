/**
 * The parts of Kubernetes, KubeVirt and Harvester objects that decide whether a VM can migrate within its quota.
 * Shapes are those of the API's JSON; every string is as the cluster sent it.
 */
import type { ResourceList, ResourceRequirements } from '../../kubelet/pod';

/** meta/v1 ObjectMeta. */
export interface ObjectMeta {
  readonly name?: string;
  readonly namespace?: string;
  readonly uid?: string;
  readonly labels?: Readonly<Record<string, string>> | null;
  readonly annotations?: Readonly<Record<string, string>> | null;
  readonly deletionTimestamp?: string | null;
}

/** core/v1 Namespace. */
export interface Namespace {
  readonly metadata?: ObjectMeta;
}

/** core/v1 ResourceQuota. */
export interface ResourceQuota {
  readonly metadata?: ObjectMeta;
  readonly spec?: { readonly hard?: ResourceList | null };
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
  readonly domain?: DomainSpec;
  readonly livenessProbe?: Probe | null;
  readonly readinessProbe?: Probe | null;
  readonly volumes?: readonly { readonly downwardMetrics?: object | null }[] | null;
}

/** kubevirt.io/v1 VirtualMachineInstance. */
export interface VirtualMachineInstance {
  readonly metadata?: ObjectMeta;
  readonly spec?: VirtualMachineInstanceSpec;
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
  readonly spec?: { readonly vmiName?: string };
  readonly status?: {
    readonly phase?: string;
    readonly conditions?: readonly { readonly type: string; readonly status: string }[] | null;
  };
}

/** A pod of a VM, by its labels. */
export interface LabelledPod {
  readonly metadata?: ObjectMeta;
}
