import type { ReadPlan } from './read';
import { clusterPath } from './request';
import { isObject, objectsOf, requireObject, textOf, UnexpectedBodyError, type JsonObject } from './shape';

/** Pods that KubeVirt or its disk importer run for VMs carry these labels. */
const NOT_FOR_VMS = encodeURIComponent('!kubevirt.io,!cdi.kubevirt.io');

function itemsOf(body: unknown, what: string): JsonObject[] {
  const { items } = requireObject(body, what);

  if (!Array.isArray(items)) {
    throw new UnexpectedBodyError(`${ what } has no items`);
  }

  return objectsOf(items);
}

/** Whether any pod in a namespace is a plain one, for which one pod is proof enough. */
export function plainPodsPlan(clusterId: string, namespace: string): ReadPlan<boolean> {
  return {
    url:   `${ clusterPath(clusterId) }/api/v1/namespaces/${ encodeURIComponent(namespace) }/pods?limit=1&labelSelector=${ NOT_FOR_VMS }`,
    verb:  'list pods',
    parse: (body) => itemsOf(body, 'list of pods').length > 0,
  };
}

function at(value: unknown, ...path: readonly string[]): unknown {
  return path.reduce((inner, key) => (isObject(inner) ? inner[key] : undefined), value);
}

/** Namespaces of the objects for which something holds. */
function namespacesPlan(clusterId: string, resource: string, holds: (object: JsonObject) => boolean): ReadPlan<ReadonlySet<string>> {
  return {
    url:   `${ clusterPath(clusterId) }/api/v1/${ resource }`,
    verb:  `list ${ resource }`,
    parse: (body) => new Set(itemsOf(body, `list of ${ resource }`).filter(holds).map((object) => textOf(at(object, 'metadata', 'namespace')) ?? '')),
  };
}

/** Namespaces whose quota asks every container for a memory limit. */
export function memoryQuotasPlan(clusterId: string): ReadPlan<ReadonlySet<string>> {
  return namespacesPlan(clusterId, 'resourcequotas', (object) => at(object, 'spec', 'hard', 'limits.memory') !== undefined);
}

/** Namespaces that give a memory limit to containers without one, or bound the one that they have. */
export function memoryLimitRangesPlan(clusterId: string): ReadPlan<ReadonlySet<string>> {
  const limits = (limit: JsonObject): boolean => limit['type'] === 'Container' && (at(limit, 'default', 'memory') !== undefined || at(limit, 'max', 'memory') !== undefined);

  return namespacesPlan(clusterId, 'limitranges', (object) => objectsOf(at(object, 'spec', 'limits')).some(limits));
}
