import { type Node, readinessOf } from '../node';
import { annotation } from './keys';
import { MAINTENANCE } from './launcherNodes';
import { notLiveMigratable } from './migratable';
import { meetsAffinity, missingLabel } from './nodeAffinity';
import type { VirtualMachineInstance } from './objects';

/**
 * Why Harvester does not put a node into maintenance: it is the only one of the control plane; not three of those are
 * left out of maintenance; KubeVirt says of VMs that they cannot migrate; VMs ask for nodes that there are none of.
 */
export type DrainRefusal =
  | { readonly code: 'singleControlPlane'; readonly params: Record<string, never> }
  | { readonly code: 'otherControlPlane'; readonly params: { readonly count: number } }
  | { readonly code: 'notLiveMigratable'; readonly params: { readonly reason: string; readonly name: string; readonly count: number } }
  | { readonly code: 'noOtherNode'; readonly params: { readonly name: string; readonly count: number } };

/** Labels of nodes whose loss the cluster may not stand: with etcd. */
const CONTROL_PLANE: readonly string[] = ['node-role.kubernetes.io/control-plane', 'node-role.kubernetes.io/etcd'];
const WANTED = 3;

function isControlPlane({ metadata: { labels } }: Node): boolean {
  return CONTROL_PLANE.some((key) => labels && Object.hasOwn(labels, key));
}

/** Follows DrainPossible in Harvester's pkg/util/drainhelper/helper.go. */
function controlPlaneRefusal(node: Node, nodes: readonly Node[]): DrainRefusal | undefined {
  const members = nodes.filter(isControlPlane);
  const count = members.filter(({ metadata }) => annotation(metadata, MAINTENANCE) === undefined).length;

  if (!isControlPlane(node) || (members.length > 1 && count === WANTED)) {
    return undefined;
  }

  return members.length === 1 ? { code: 'singleControlPlane', params: {} } : { code: 'otherControlPlane', params: { count } };
}

function nameOf({ metadata }: VirtualMachineInstance): string {
  return `${ metadata?.namespace }/${ metadata?.name }`;
}

/** Follows IdentifyNonMigratableVMS in Harvester's pkg/controller/master/nodedrain/nodedrain_controller.go. */
function migrationRefusals(vmis: readonly VirtualMachineInstance[]): DrainRefusal[] {
  const byReason = new Map<string, string[]>();

  for (const vmi of vmis) {
    const refused = notLiveMigratable(vmi);

    if (refused) {
      byReason.set(refused.reason, [...byReason.get(refused.reason) ?? [], nameOf(vmi)]);
    }
  }

  return [...byReason].map(([reason, names]) => ({ code: 'notLiveMigratable', params: { reason, name: names[0] as string, count: names.length } }));
}

/** Follows CheckVMISchedulingRequirements there: what the VM itself asks of nodes, on those that are ready and not cordoned. */
function nodeRefusal(node: Node, nodes: readonly Node[], vmis: readonly VirtualMachineInstance[]): DrainRefusal[] {
  const others = nodes.filter((other) => other.metadata.name !== node.metadata.name && !other.spec?.unschedulable && readinessOf(other) === 'ready');
  const [first, ...more] = vmis.filter(({ spec }) => !others.some((other) => meetsAffinity(other, spec?.affinity) && !missingLabel(other, spec?.nodeSelector)));

  return first ? [{ code: 'noOtherNode', params: { name: nameOf(first), count: more.length + 1 } }] : [];
}

/**
 * Everything for which Harvester refuses to put a node into maintenance without force. Volumes whose last healthy replica
 * is on the node are another reason, which Longhorn's objects would tell.
 * @param vmis the VMs on the node
 */
export function drainRefusals(node: Node, nodes: readonly Node[], vmis: readonly VirtualMachineInstance[]): DrainRefusal[] {
  const controlPlane = controlPlaneRefusal(node, nodes);

  return [...(controlPlane ? [controlPlane] : []), ...migrationRefusals(vmis), ...nodeRefusal(node, nodes, vmis)];
}
