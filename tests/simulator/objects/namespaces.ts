import type { Cluster } from '../cluster';
import { parseQuantity } from '../../../pkg/node-pressure/kubelet/quantity';
import { valueAt } from '../store/objects';
import type { KubeObject } from '../store/objects';
import type { NamespacePlan } from '../scenarios/plan';

/** The sum of one resource over the limits of the containers of pods that are not done. */
function used(pods: readonly KubeObject[], resource: string): string {
  const quantities = pods
    .flatMap((pod) => (valueAt(pod, 'spec.containers') ?? []) as { resources?: { limits?: Record<string, string> } }[])
    .flatMap(({ resources }) => resources?.limits?.[resource] ?? []);

  return quantities
    .map(parseQuantity)
    .reduce((sum, quantity) => sum.add(quantity), parseQuantity('0'))
    .toString();
}

/** A namespace, in a project of Rancher when the plan names one. */
export function addNamespace({ id, store, kinds }: Cluster, { name, project, quota }: NamespacePlan): void {
  store.create(kinds.get('namespace'), {
    apiVersion: 'v1',
    kind: 'Namespace',
    metadata: {
      name,
      labels: { 'kubernetes.io/metadata.name': name, ...(project ? { 'field.cattle.io/projectId': project } : {}) },
      annotations: {
        ...(project ? { 'field.cattle.io/projectId': `${ id }:${ project }` } : {}),
        ...(quota ? { 'field.cattle.io/resourceQuota': JSON.stringify({ limit: quota }) } : {}),
      },
    },
    spec: { finalizers: ['kubernetes'] },
    status: { phase: 'Active' },
  });
}

/** The quota that Rancher makes of a namespace's annotation, with what the namespace's pods use of it. */
export function addQuota({ store, kinds }: Cluster, { name, quota }: NamespacePlan): void {
  if (!quota) {
    return;
  }
  const pods = store.list(kinds.get('pod'), name);
  const hard = { 'limits.cpu': quota.limitsCpu, 'limits.memory': quota.limitsMemory };

  store.create(kinds.get('resourcequota'), {
    apiVersion: 'v1',
    kind: 'ResourceQuota',
    metadata: { name: 'default-quota', namespace: name, labels: { 'resourcequota.management.cattle.io/default-resource-quota': 'true' } },
    spec: { hard },
    status: { hard, used: { 'limits.cpu': used(pods, 'cpu'), 'limits.memory': used(pods, 'memory') } },
  });
}
