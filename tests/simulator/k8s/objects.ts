import type { ResourceKind } from '../kinds/kind';
import type { ApiRequest } from '../request';
import type { Cluster } from '../cluster';
import { notFound } from '../store/errors';
import type { KubeObject } from '../store/objects';
import { nodeMetrics, podMetrics } from '../nodes/metrics';

/** Kinds that are measured when asked for instead of stored. */
function measured(cluster: Cluster, kind: ResourceKind, namespace: string | undefined): KubeObject[] | undefined {
  if (kind.group !== 'metrics.k8s.io') {
    return undefined;
  }

  return kind.kind === 'NodeMetrics' ? nodeMetrics(cluster) : podMetrics(cluster, namespace);
}

/** All objects of a kind, stored or measured. */
export function objectsOf({ cluster }: Pick<ApiRequest, 'cluster'>, kind: ResourceKind, namespace?: string): KubeObject[] {
  return measured(cluster, kind, namespace) ?? cluster.store.list(kind, namespace);
}

/** @throws ApiError 404 */
export function objectOf({ cluster }: Pick<ApiRequest, 'cluster'>, kind: ResourceKind, namespace: string | undefined, name: string): KubeObject {
  const found = measured(cluster, kind, namespace)?.find(({ metadata }) => metadata.name === name);

  if (found) {
    return found;
  }
  if (kind.group === 'metrics.k8s.io') {
    throw notFound(kind, name);
  }

  return cluster.store.get(kind, namespace, name);
}
