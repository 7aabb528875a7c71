import { podLimit, podRequest } from '../../../pkg/node-pressure/kubelet/podResources';
import type { Pod } from '../../../pkg/node-pressure/kubelet/pod';
import { newQuantity, parseQuantity } from '../../../pkg/node-pressure/kubelet/quantity';
import type { Quantity } from '../../../pkg/node-pressure/kubelet/quantity';
import type { Cluster } from '../cluster';
import type { KindCatalogue } from '../kinds/kind';
import type { Admission } from '../store/admission';
import { ApiError } from '../store/errors';
import { deepEqual, valueAt } from '../store/objects';
import type { KubeObject } from '../store/objects';
import type { ObjectStore } from '../store/store';

export type Amounts = Readonly<Record<string, string>>;

const NONE = newQuantity(0n, 'DecimalSI');
const ONE = newQuantity(1n, 'DecimalSI');

/** What one pod counts for in a quota, by the quota's name of the resource. */
function useOf(pod: KubeObject, resource: string): Quantity {
  const [, kind, name = resource] = /^(limits|requests)\.(.*)$/.exec(resource) ?? [];

  if (resource === 'pods' || resource === 'count/pods') {
    return ONE;
  }

  return (kind === 'limits' ? podLimit : podRequest)(pod as unknown as Pod, name) ?? NONE;
}

const isDone = (pod: KubeObject): boolean => ['Failed', 'Succeeded'].includes(String(valueAt(pod, 'status.phase')));

/** Whether the quota's scopes take the pod in; of the scopes only those that VMs' pods differ by are known. */
function counts(quota: KubeObject, pod: KubeObject): boolean {
  const scopes = (valueAt(quota, 'spec.scopes') ?? []) as string[];
  const bestEffort = valueAt(pod, 'status.qosClass') === 'BestEffort';

  return scopes.every((scope) => (scope === 'BestEffort' ? bestEffort : scope === 'NotBestEffort' ? !bestEffort : scope === 'NotTerminating'));
}

export const hardOf = (quota: KubeObject): Amounts => (valueAt(quota, 'spec.hard') ?? {}) as Amounts;

/** What the pods of a quota's namespace use of it. */
export function usedOf(store: ObjectStore, kinds: KindCatalogue, quota: KubeObject): Amounts {
  const pods = store.list(kinds.get('pod'), quota.metadata.namespace).filter((pod) => !isDone(pod) && counts(quota, pod));

  return Object.fromEntries(Object.keys(hardOf(quota)).map((resource) => [resource, pods.reduce((sum, pod) => sum.add(useOf(pod, resource)), NONE).toString()]));
}

/** Keeps `status` of every quota in step with its pods and limits, as kube-controller-manager does. */
export function trackQuotaUse({ store, kinds }: Cluster): void {
  const [pods, quotas] = [kinds.get('pod'), kinds.get('resourcequota')];
  const pending = new Set<string>();

  function recount(namespace: string): void {
    pending.delete(namespace);
    for (const quota of store.list(quotas, namespace)) {
      const status = { hard: hardOf(quota), used: usedOf(store, kinds, quota) };

      if (!deepEqual(quota.status, status)) {
        store.update(quotas, { ...quota, status }, { status: true });
      }
    }
  }

  store.watch(({ kind, object: { metadata: { namespace = '' } } }) => {
    if ((kind === pods || kind === quotas) && !pending.has(namespace)) {
      pending.add(namespace);
      queueMicrotask(() => recount(namespace));
    }
  });
}

const printed = (amounts: Amounts): string => Object.entries(amounts).map(([name, amount]) => `${ name }=${ amount }`).join(',');

/** The API server's quota admission: a pod that a quota has no room for is refused. */
export function quotaAdmission(kinds: KindCatalogue): Admission {
  return {
    kind: kinds.get('pod'),
    validate(pod, { operation, store }) {
      const quotas = operation === 'CREATE' ? store.list(kinds.get('resourcequota'), pod.metadata.namespace) : [];

      for (const quota of quotas.filter((candidate) => counts(candidate, pod))) {
        const hard = hardOf(quota);
        const used = usedOf(store, kinds, quota);
        const over = Object.keys(hard).filter((name) => parseQuantity(used[name] ?? '0').add(useOf(pod, name)).cmp(parseQuantity(hard[name] ?? '0')) > 0);
        const only = (amounts: Amounts): Amounts => Object.fromEntries(over.map((name) => [name, amounts[name] ?? '']));
        const asked = Object.fromEntries(over.map((name) => [name, useOf(pod, name).toString()]));

        if (over.length > 0) {
          throw new ApiError(403, 'Forbidden', `pods "${ pod.metadata.name }" is forbidden: exceeded quota: ${ quota.metadata.name }, requested: ${ printed(asked) }, used: ${ printed(only(used)) }, limited: ${ printed(only(hard)) }`);
        }
      }
    },
  };
}
