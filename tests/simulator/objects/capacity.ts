import type { Cluster } from '../cluster';
import { newQuantity, parseQuantity } from '../../../pkg/node-pressure/kubelet/quantity';
import { podRequests } from '../../../pkg/node-pressure/kubelet/podResources';
import type { Quantities } from '../../../pkg/node-pressure/kubelet/podResources';
import type { Pod } from '../../../pkg/node-pressure/kubelet/pod';

const RESOURCES = ['cpu', 'memory', 'pods'] as const;

function total(lists: readonly Readonly<Quantities>[]): Record<string, string> {
  return Object.fromEntries(
    RESOURCES.map((name) => [name, lists.reduce((sum, list) => (list[name] ? sum.add(list[name]) : sum), parseQuantity('0')).toString()]),
  );
}

/** What Rancher writes of a cluster's size and use into its own Cluster object. */
export function capacityStatus({ fleet, store, kinds }: Cluster): Record<'capacity' | 'allocatable' | 'requested', Record<string, string>> {
  const kubelets = [...fleet.machines.values()].flatMap(({ kubelet }) => kubelet ?? []);
  const pods = store.list(kinds.get('pod'));

  return {
    capacity: total(kubelets.map(({ capacity }) => capacity)),
    allocatable: total(kubelets.map(({ allocatable }) => allocatable)),
    requested: { ...total(pods.map((pod) => podRequests(pod as unknown as Pod))), pods: newQuantity(BigInt(pods.length), 'DecimalSI').toString() },
  };
}
