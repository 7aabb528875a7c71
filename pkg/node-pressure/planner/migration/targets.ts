import { nodeRefusal, targetSelector } from '../../harvester/migration/launcherNodes';
import type { VirtualMachineInstance, VmPod } from '../../harvester/migration/objects';
import type { Node } from '../../harvester/node';
import { amountParam } from './amountParam';
import type { MigrationCluster } from './cluster';
import { nodeDemand, type NodeRoom, shortageIn } from './nodeRoom';
import type { Target } from './report';

/**
 * Every other node as the target of a VM's migration. Room is what the scheduler would compare: allocatable and the sum
 * of requests. Rules between pods, and where volumes can be attached, are not looked at.
 * @param launcher as the target's node would get it, with amounts that can be parsed
 */
export function targetsOf({ nodes }: MigrationCluster, vmi: VirtualMachineInstance, launcher: VmPod, roomOn: (node: Node) => NodeRoom | undefined): Target[] {
  const selector = targetSelector(vmi, launcher, nodes.get(vmi.status?.nodeName ?? ''));
  const demand = nodeDemand(launcher);

  return [...nodes.values()].filter(({ metadata }) => metadata.name !== vmi.status?.nodeName).map((node): Target => {
    const refusal = nodeRefusal(node, launcher, selector);

    if (refusal) {
      return { node: node.metadata.name, reason: refusal, roomUnknown: false };
    }

    const room = roomOn(node);
    const shortage = room && shortageIn(room, demand);

    return {
      node:        node.metadata.name,
      ...(shortage && { reason: { code: 'room', params: { resource: shortage.resource, ...amountParam('missing', shortage.resource, shortage.missing) } } }),
      roomUnknown: !room,
    };
  });
}
