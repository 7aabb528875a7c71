import { isJsonObject, type Json, type JsonObject } from './json';

/**
 * Merges a drop-in over a configuration: objects key by key, everything else replaced, null deletes.
 * Follows RFC 7396 as gopkg.in/evanphx/json-patch.v4 does it.
 */
export function mergePatch(document: JsonObject, patch: JsonObject): JsonObject {
  const merged = new Map(Object.entries(document));

  for (const [key, value] of Object.entries(patch)) {
    const current = merged.get(key);

    if (value === null) {
      merged.delete(key);
    } else if (current !== undefined && isJsonObject(current) && isJsonObject(value)) {
      merged.set(key, mergePatch(current, value));
    } else {
      merged.set(key, withoutNulls(value));
    }
  }

  return Object.fromEntries(merged);
}

/** What is added new keeps no nulls in its objects; those in lists stay. */
function withoutNulls(json: Json): Json {
  if (Array.isArray(json)) {
    return json.map(withoutNulls);
  }

  return isJsonObject(json) ? mergePatch({}, json) : json;
}
