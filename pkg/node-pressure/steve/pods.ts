import type { Pod } from '../kubelet/pod';
import type { ReadPlan } from './read';
import { clusterPath } from './request';
import { isObject, objectsOf, requireObject, textOf, UnexpectedBodyError, type JsonObject } from './shape';

/** What the API server always gives a pod: a name and a list of containers. */
function isPod(value: JsonObject): value is JsonObject & Pod {
  const { metadata, spec } = value;

  return isObject(metadata) && textOf(metadata['name']) !== undefined && isObject(spec) && Array.isArray(spec['containers']);
}

/** The pods of a list. @throws UnexpectedBodyError when it is none */
export function parsePods(body: unknown): readonly Pod[] {
  const { items } = requireObject(body, 'list of pods');

  if (!Array.isArray(items)) {
    throw new UnexpectedBodyError('list of pods has no items');
  }

  return objectsOf(items).filter(isPod);
}

/** The pods of one node, and only those: all pods of a cluster never enter the browser. */
export function podsOfNodePlan(clusterId: string, nodeName: string): ReadPlan<readonly Pod[]> {
  const fieldSelector = encodeURIComponent(`spec.nodeName=${ nodeName }`);

  return { url: `${ clusterPath(clusterId) }/api/v1/pods?fieldSelector=${ fieldSelector }`, verb: 'list pods', parse: parsePods };
}
