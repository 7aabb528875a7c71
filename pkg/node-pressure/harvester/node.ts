/**
 * What Harvester writes on a node, and the part of core/v1 Node that the reports read.
 * Shapes are those of the API's JSON; every string is as the cluster sent it.
 */

/** core/v1 NodeCondition. */
export interface NodeCondition {
  readonly type: string;
  readonly status: string;
  readonly reason?: string;
  readonly message?: string;
  readonly lastTransitionTime?: string;
}

/** core/v1 Taint. */
export interface Taint {
  readonly key: string;
  readonly value?: string;
  readonly effect: string;
}

/** core/v1 Node. */
export interface Node {
  readonly metadata: {
    readonly name: string;
    readonly uid?: string;
    readonly resourceVersion?: string;
    readonly labels?: Readonly<Record<string, string>>;
    readonly annotations?: Readonly<Record<string, string>>;
  };
  readonly spec?: { readonly unschedulable?: boolean; readonly taints?: readonly Taint[] | null };
  readonly status?: {
    readonly capacity?: Readonly<Record<string, string>>;
    readonly allocatable?: Readonly<Record<string, string>>;
    readonly conditions?: readonly NodeCondition[];
    readonly nodeInfo?: { readonly kubeletVersion?: string; readonly bootID?: string; readonly operatingSystem?: string };
  };
}

/** Harvester's words for what a node does: it runs the control plane and VMs, only VMs, or only etcd. */
export const ROLES = ['management', 'worker', 'witness'] as const;
export type Role = typeof ROLES[number];

/** Whether the kubelet says it is ready; `unknown` when the control plane has not heard from it. */
export type Readiness = 'ready' | 'notReady' | 'unknown';

const PRESSURES = ['MemoryPressure', 'DiskPressure', 'PIDPressure'] as const;

/** The node conditions that eviction sets. */
export type Pressure = typeof PRESSURES[number];

/**
 * The node's role by Harvester's own labels (`node-role.harvesterhci.io/…`), or, where they are missing, by
 * Kubernetes' control plane label.
 */
export function roleOf(node: Node): Role {
  const labels = node.metadata.labels ?? {};

  if ('node-role.harvesterhci.io/witness' in labels) {
    return 'witness';
  }

  return 'node-role.harvesterhci.io/management' in labels || 'node-role.kubernetes.io/control-plane' in labels ? 'management' : 'worker';
}

/** Whether Harvester manages the node: only then does a CloudInit with its common selector reach it. */
export function isManaged(node: Node): boolean {
  return node.metadata.labels?.['harvesterhci.io/managed'] === 'true';
}

/** Whether it is a Windows node: Harvester has none, other clusters may. */
export function isWindows(node: Node): boolean {
  return node.status?.nodeInfo?.operatingSystem === 'windows';
}

function statusOf(node: Node, type: string): string | undefined {
  return node.status?.conditions?.find((condition) => condition.type === type)?.status;
}

/** The node's Ready condition in one word. */
export function readinessOf(node: Node): Readiness {
  switch (statusOf(node, 'Ready')) {
  case 'True': return 'ready';
  case 'False': return 'notReady';
  default: return 'unknown';
  }
}

/** The pressure conditions that are True, in the order memory, disk, process ids. */
export function pressuresOf(node: Node): Pressure[] {
  return PRESSURES.filter((type) => statusOf(node, type) === 'True');
}

/**
 * A text that changes when the node's kubelet may have been started anew: with a reboot, an upgrade, a change of
 * readiness, or of allocatable, which follows from the kubelet's reservations and hard threshold. What was read from
 * the kubelet's configuration before then is out of date.
 */
export function kubeletIncarnation(node: Node): string {
  const ready = node.status?.conditions?.find(({ type }) => type === 'Ready');
  const { bootID, kubeletVersion } = node.status?.nodeInfo ?? {};

  return [node.metadata.uid, bootID, kubeletVersion, ready?.status, ready?.lastTransitionTime, node.status?.allocatable?.['memory']].join('/');
}
