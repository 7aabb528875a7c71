import { attempt } from '../../harvester/amounts';
import { annotation } from '../../harvester/migration/keys';
import type { VmPod } from '../../harvester/migration/objects';
import { quantityIn } from '../../harvester/migration/quantities';
import { amountOf, type QuotaAmounts } from '../../harvester/migration/quotaUsage';
import type { Node } from '../../harvester/node';
import type { ResourceList } from '../../kubelet/pod';
import { podRequests } from '../../kubelet/podResources';

/** Rancher's sum of what a node's pods request, as JSON. */
const POD_REQUESTS = 'management.cattle.io/pod-requests';

/** What is left of a node for more pods, by resource. Things of which the sum is not known count as free. */
export type NodeRoom = (resource: string) => bigint;

function requestedOf(node: Node, requested: ReadonlyMap<string, ResourceList> | undefined): ResourceList | undefined {
  const written = annotation(node.metadata, POD_REQUESTS);

  return requested?.get(node.metadata.name) ?? (written === undefined ? undefined : attempt(() => JSON.parse(written) as ResourceList).value);
}

/** The room on a node, undefined where nobody says, or says it clearly, what its pods request. */
export function nodeRoom(node: Node, requested: ReadonlyMap<string, ResourceList> | undefined): NodeRoom | undefined {
  const sum = requestedOf(node, requested);

  return attempt(() => {
    const amount = (list: ResourceList | undefined, resource: string): bigint => amountOf(resource, quantityIn(list, resource));
    const names = [...Object.keys(sum ?? {}), ...Object.keys(node.status?.allocatable ?? {})];
    const free = new Map(names.map((name) => [name, amount(node.status?.allocatable, name) - amount(sum, name)]));

    return sum ? (resource: string) => free.get(resource) ?? 0n : undefined;
  }).value;
}

/** What a pod takes of a node. @throws KubeletError if an amount of the pod cannot be parsed */
export function nodeDemand(pod: VmPod): QuotaAmounts {
  return { ...Object.fromEntries(Object.entries(podRequests(pod)).map(([resource, quantity]) => [resource, amountOf(resource, quantity)])), pods: 1n };
}

/** The first thing of which there is too little for a pod. */
export function shortageIn(room: NodeRoom, demand: QuotaAmounts): { readonly resource: string; readonly missing: bigint } | undefined {
  return Object.entries(demand).map(([resource, amount]) => ({ resource, missing: amount - room(resource) })).find(({ missing }) => missing > 0n);
}
