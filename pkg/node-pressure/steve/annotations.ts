import type { AnnotationPatch } from '../planner/migration/report';
import { isObjectName } from './cloudInits';
import { MERGE_PATCH } from './mergePatch';
import { type ClusterAccess, clusterPath } from './request';
import { write, type WriteOutcome } from './write';

const PLURALS: Readonly<Record<AnnotationPatch['type'], string>> = { namespace: 'namespaces', resourcequota: 'resourcequotas' };

/** The object that a patch is about, in the Kubernetes API: Steve before 0.8 cannot patch what is in a namespace. */
function urlOf(clusterId: string, { type, namespace, name }: AnnotationPatch): string {
  const within = namespace === undefined ? '' : `namespaces/${ encodeURIComponent(namespace) }/`;

  return `${ clusterPath(clusterId) }/api/v1/${ within }${ PLURALS[type] }/${ encodeURIComponent(name) }`;
}

/**
 * Changes annotations of one object and nothing else, and only as long as nobody changed the object since the patch was
 * worked out. Undefined once `signal` is aborted, and then nobody knows whether it was written.
 */
export async function patchAnnotations({ request, clusterId }: ClusterAccess, patch: AnnotationPatch, signal: AbortSignal): Promise<WriteOutcome | undefined> {
  const { type, namespace, name, body } = patch;

  // Without a version the write would be unconditional, and an odd name would be another path
  if (!body.metadata.resourceVersion || !isObjectName(name) || !isObjectName(namespace ?? name)) {
    return { kind: 'missing', message: `${ type } ${ name }` };
  }

  return write(request, { url: urlOf(clusterId, patch), method: 'patch', data: body, contentType: MERGE_PATCH, verb: `patch ${ PLURALS[type] }` }, signal);
}
