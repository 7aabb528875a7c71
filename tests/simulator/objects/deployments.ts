import type { Cluster } from '../cluster';

/** A Deployment of Rancher's in `cattle-system` that is up; its pod is not simulated. */
export function addDeployment({ store, kinds }: Cluster, name: string): void {
  store.create(kinds.get('apps.deployment'), {
    apiVersion: 'apps/v1',
    kind: 'Deployment',
    metadata: { name, namespace: 'cattle-system', labels: { app: name } },
    spec: {
      replicas: 1,
      selector: { matchLabels: { app: name } },
      template: { metadata: { labels: { app: name } }, spec: { containers: [{ name, image: `registry.example/${ name }:1` }] } },
    },
    status: {
      replicas: 1,
      readyReplicas: 1,
      updatedReplicas: 1,
      availableReplicas: 1,
      observedGeneration: 1,
      conditions: [{ type: 'Available', status: 'True', reason: 'MinimumReplicasAvailable' }],
    },
  });
}
