import { readBytes } from '../harvester/amounts';
import type { ReadPlan } from './read';
import { clusterPath } from './request';
import { isObject, objectsOf, requireObject, textOf, UnexpectedBodyError, type JsonObject } from './shape';

/** Node name to its working set in bytes. */
export type NodeUsages = ReadonlyMap<string, number>;

function memoryOf({ usage }: JsonObject): number | undefined {
  return isObject(usage) ? readBytes(textOf(usage['memory'])) : undefined;
}

function parseNodeMetrics(body: unknown): NodeUsages {
  const { items } = requireObject(body, 'list of nodes.metrics.k8s.io');

  if (!Array.isArray(items)) {
    throw new UnexpectedBodyError('list of nodes.metrics.k8s.io has no items');
  }

  return new Map(objectsOf(items).flatMap((item): [string, number][] => {
    const { metadata } = item;
    const name = isObject(metadata) ? textOf(metadata['name']) : undefined;
    const bytes = memoryOf(item);

    return name !== undefined && bytes !== undefined ? [[name, bytes]] : [];
  }));
}

/** The memory in use on every node in one list, as metrics-server last scraped it. A node that it missed is absent. */
export function nodeMetricsPlan(clusterId: string): ReadPlan<NodeUsages> {
  return { url: `${ clusterPath(clusterId) }/apis/metrics.k8s.io/v1beta1/nodes`, verb: 'list nodes.metrics.k8s.io', parse: parseNodeMetrics };
}

function parseOne(body: unknown): number {
  const bytes = memoryOf(requireObject(body, 'nodes.metrics.k8s.io'));

  if (bytes === undefined) {
    throw new UnexpectedBodyError('nodes.metrics.k8s.io has no memory');
  }

  return bytes;
}

/** The memory in use on one node, bytes. */
export function oneNodeMetricsPlan(clusterId: string, nodeName: string): ReadPlan<number> {
  return { url: `${ clusterPath(clusterId) }/apis/metrics.k8s.io/v1beta1/nodes/${ encodeURIComponent(nodeName) }`, verb: 'get nodes.metrics.k8s.io', parse: parseOne };
}
