import type { Cluster } from '../cluster';
import { podRequests } from '../../../pkg/node-pressure/kubelet/podResources';
import { newQuantity } from '../../../pkg/node-pressure/kubelet/quantity';
import type { Pod } from '../../../pkg/node-pressure/kubelet/pod';
import { deepEqual } from '../store/objects';

const ANNOTATION = 'management.cattle.io/pod-requests';
const PERIOD = 60_000;
const RESOURCES = ['cpu', 'memory'] as const;

function requestsOn({ store }: Cluster, node: string): Record<string, string> {
  const pods = store.podsOn(node);
  const lists = pods.map((pod) => podRequests(pod as unknown as Pod));
  const sums = RESOURCES.map((name) => [name, lists.reduce((sum, list) => (list[name] ? sum.add(list[name]) : sum), newQuantity(0n, 'DecimalSI')).toString()]);

  return { ...Object.fromEntries(sums) as Record<string, string>, pods: String(pods.length) };
}

/** What Rancher notes on every node of a cluster that it manages: the sum of its pods' requests, now and every minute. */
export function notePodRequests(cluster: Cluster): void {
  const { store, kinds, clock } = cluster;
  const kind = kinds.get('node');

  function note(): void {
    for (const node of store.list(kind)) {
      const annotations = { ...node.metadata.annotations, [ANNOTATION]: JSON.stringify(requestsOn(cluster, node.metadata.name)) };

      if (!deepEqual(annotations, node.metadata.annotations)) {
        store.update(kind, { ...node, metadata: { ...node.metadata, annotations } });
      }
    }
  }

  note();
  clock.every(PERIOD, note);
}
