import type { AnnotationPatch } from '../planner/migration/report';
import { isObjectName } from './cloudInits';
import { MERGE_PATCH } from './mergePatch';
import { type ClusterAccess, clusterPath } from './request';
import { write, type WriteOutcome } from './write';

const PLURALS: Readonly<Record<AnnotationPatch['type'], string>> = { namespace: 'namespaces', resourcequota: 'resourcequotas' };

/** The object that a patch is about, in Steve's API. */
function urlOf(clusterId: string, { type, namespace, name }: AnnotationPatch): string {
  const path = [...(namespace === undefined ? [] : [namespace]), name].map(encodeURIComponent).join('/');

  return `${ clusterPath(clusterId) }/v1/${ PLURALS[type] }/${ path }`;
}

/**
 * Changes annotations of one object and nothing else, through Steve, and only as long as nobody changed the object
 * since the patch was worked out. Undefined once `signal` is aborted, and then nobody knows whether it was written.
 */
export async function patchAnnotations({ request, clusterId }: ClusterAccess, patch: AnnotationPatch, signal: AbortSignal): Promise<WriteOutcome | undefined> {
  const { type, namespace, name, body } = patch;

  // Without a version the write would be unconditional, and an odd name would be another path
  if (!body.metadata.resourceVersion || !isObjectName(name) || !isObjectName(namespace ?? name)) {
    return { kind: 'missing', message: `${ type } ${ name }` };
  }

  // Through Steve only those may patch who may also update
  return write(request, { url: urlOf(clusterId, patch), method: 'patch', data: body, contentType: MERGE_PATCH, verb: `update ${ PLURALS[type] }` }, signal);
}
