import type { Cluster } from '../cluster';
import { usedOf } from '../migration/quotaUse';
import type { KubeObject } from '../store/objects';
import type { NamespacePlan } from '../scenarios/plan';

/** A namespace, in a project of Rancher when the plan names one. */
export function addNamespace({ id, store, kinds }: Cluster, { name, project, quota, writtenQuota }: NamespacePlan): void {
  store.create(kinds.get('namespace'), {
    apiVersion: 'v1',
    kind: 'Namespace',
    metadata: {
      name,
      labels: { 'kubernetes.io/metadata.name': name, ...(project ? { 'field.cattle.io/projectId': project } : {}) },
      annotations: {
        ...(project ? { 'field.cattle.io/projectId': `${ id }:${ project }` } : {}),
        ...(quota ? { 'field.cattle.io/resourceQuota': writtenQuota ?? JSON.stringify({ limit: quota }) } : {}),
      },
    },
    spec: { finalizers: ['kubernetes'] },
    status: { phase: 'Active' },
  });
}

function addOne({ store, kinds }: Cluster, metadata: KubeObject['metadata'], spec: { hard: Readonly<Record<string, string>>; scopes?: readonly string[] }): void {
  const quota = { apiVersion: 'v1', kind: 'ResourceQuota', metadata, spec };

  store.create(kinds.get('resourcequota'), { ...quota, status: { hard: spec.hard, used: usedOf(store, kinds, quota) } });
}

/** The quota that Rancher makes of a namespace's annotation, and others, with what the namespace's pods use of them. */
export function addQuota(cluster: Cluster, { name, quota, otherQuotas = {} }: NamespacePlan): void {
  if (quota) {
    const hard = { ...(quota.limitsCpu && { 'limits.cpu': quota.limitsCpu }), ...(quota.limitsMemory && { 'limits.memory': quota.limitsMemory }) };

    addOne(cluster, { name: 'default-quota', namespace: name, labels: { 'resourcequota.management.cattle.io/default-resource-quota': 'true' } }, { hard });
  }
  Object.entries(otherQuotas).forEach(([other, spec]) => addOne(cluster, { name: other, namespace: name }, spec));
}
