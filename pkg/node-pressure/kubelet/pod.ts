/**
 * The part of the Kubernetes API's Pod (core/v1, 1.36) that the kubelet's decisions read.
 * Shapes are those of the API's JSON: quantities are strings as written, absent fields are undefined.
 */

/** Resource name (`cpu`, `memory`, `ephemeral-storage`, `hugepages-2Mi`, …) to a quantity as written. */
export type ResourceList = Record<string, string>;

/** core/v1 ResourceRequirements. */
export interface ResourceRequirements {
  readonly requests?: ResourceList;
  readonly limits?: ResourceList;
  readonly claims?: readonly object[];
}

/** core/v1 ContainerResizePolicy. */
export interface ContainerResizePolicy {
  readonly resourceName: string;
  readonly restartPolicy: string;
}

/** core/v1 Container and init container. An init container with restartPolicy `Always` is a sidecar. */
export interface Container {
  readonly name: string;
  readonly resources?: ResourceRequirements;
  readonly restartPolicy?: string;
  readonly resizePolicy?: readonly ContainerResizePolicy[];
}

/** core/v1 ContainerStatus. */
export interface ContainerStatus {
  readonly name: string;
  readonly restartCount?: number;
  readonly allocatedResources?: ResourceList;
  readonly resources?: ResourceRequirements;
  readonly state?: { readonly running?: object; readonly waiting?: object; readonly terminated?: object };
}

/** core/v1 Toleration. */
export interface Toleration {
  readonly key?: string;
  readonly operator?: string;
  readonly value?: string;
  readonly effect?: string;
}

/** core/v1 PodCondition. */
export interface PodCondition {
  readonly type: string;
  readonly status: string;
  readonly reason?: string;
  readonly message?: string;
  readonly lastTransitionTime?: string;
}

/** core/v1 Volume, as far as the kubelet's eviction looks at it. */
export interface Volume {
  readonly name: string;
  readonly emptyDir?: { readonly medium?: string; readonly sizeLimit?: string };
  readonly hostPath?: object;
  readonly configMap?: object;
  readonly gitRepo?: object;
}

/** meta/v1 OwnerReference, to tell what a pod belongs to. */
export interface OwnerReference {
  readonly kind: string;
  readonly name: string;
  readonly uid: string;
  readonly controller?: boolean;
}

/** core/v1 Pod. */
export interface Pod {
  readonly metadata: {
    readonly name: string;
    readonly namespace?: string;
    readonly uid?: string;
    readonly creationTimestamp?: string;
    readonly deletionTimestamp?: string;
    readonly labels?: Readonly<Record<string, string>>;
    readonly annotations?: Readonly<Record<string, string>>;
    readonly ownerReferences?: readonly OwnerReference[];
  };
  readonly spec: {
    readonly nodeName?: string;
    readonly os?: { readonly name: string };
    readonly containers: readonly Container[];
    readonly initContainers?: readonly Container[];
    readonly resources?: ResourceRequirements;
    readonly overhead?: ResourceList;
    readonly priority?: number;
    readonly priorityClassName?: string;
    readonly restartPolicy?: string;
    readonly terminationGracePeriodSeconds?: number;
    readonly tolerations?: readonly Toleration[];
    readonly volumes?: readonly Volume[];
  };
  readonly status?: {
    readonly phase?: string;
    readonly qosClass?: string;
    readonly reason?: string;
    readonly conditions?: readonly PodCondition[];
    readonly containerStatuses?: readonly ContainerStatus[];
    readonly initContainerStatuses?: readonly ContainerStatus[];
    readonly allocatedResources?: ResourceList;
    readonly resources?: ResourceRequirements;
  };
}
