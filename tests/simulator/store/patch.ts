import jsonPatch from 'fast-json-patch';
import type { Operation } from 'fast-json-patch';
import type { ResourceKind } from '../kinds/kind';
import { ApiError, badRequest, invalid } from './errors';
import { isRecord } from './objects';
import type { KubeObject } from './objects';
import { strategicMerge } from './strategic';

export const MERGE = 'application/merge-patch+json';
export const JSON_PATCH = 'application/json-patch+json';
export const STRATEGIC = 'application/strategic-merge-patch+json';

/** RFC 7386: null deletes, objects merge, everything else replaces. */
export function mergePatch(target: unknown, patch: unknown): unknown {
  if (!isRecord(patch)) {
    return patch;
  }
  const merged: Record<string, unknown> = isRecord(target) ? { ...target } : {};

  for (const [key, value] of Object.entries(patch)) {
    if (value === null) {
      delete merged[key];
    } else {
      merged[key] = mergePatch(merged[key], value);
    }
  }

  return merged;
}

function applyJsonPatch(kind: ResourceKind, object: KubeObject, body: unknown): unknown {
  if (!Array.isArray(body)) {
    throw badRequest('json: cannot unmarshal object into Go value of type jsonpatch.Patch');
  }
  try {
    return jsonPatch.applyPatch(structuredClone(object), body as Operation[], true).newDocument;
  } catch (error) {
    throw invalid(kind, object.metadata.name, [
      { field: 'patch', message: error instanceof Error ? error.message.split('\n')[0] ?? '' : String(error) },
    ]);
  }
}

/** The media types that the API server accepts for a kind's patches; server-side apply is not simulated. */
function accepted(kind: ResourceKind): string[] {
  return kind.custom ? [JSON_PATCH, MERGE] : [JSON_PATCH, MERGE, STRATEGIC];
}

/**
 * The object after a patch of the given media type.
 *
 * @throws ApiError 415 for a type that the kind does not take (strategic merge on a CRD's kind, plain JSON), 400 or 422 for a bad body.
 */
export function patched(kind: ResourceKind, object: KubeObject, contentType: string, body: unknown): KubeObject {
  const types = accepted(kind);

  if (!types.includes(contentType)) {
    throw new ApiError(
      415,
      'UnsupportedMediaType',
      `the body of the request was in an unknown format - accepted media types include: ${ types.join(', ') }`,
    );
  }
  if (contentType !== JSON_PATCH && !isRecord(body)) {
    throw badRequest('error decoding patch: json: cannot unmarshal array into Go value of type map[string]interface {}');
  }
  const result =
    contentType === JSON_PATCH ? applyJsonPatch(kind, object, body) : contentType === MERGE ? mergePatch(object, body) : strategicMerge(object, body);

  if (!isRecord(result) || !isRecord(result.metadata)) {
    throw badRequest('the patch leaves no object');
  }
  // A patch cannot rename: name and namespace come from the URL
  const metadata = { ...result.metadata, name: object.metadata.name, ...(object.metadata.namespace ? { namespace: object.metadata.namespace } : {}) };

  return { ...result, metadata } as KubeObject;
}
