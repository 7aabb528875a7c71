/** JSON merge patches, RFC 7386: what changes between two objects, and nothing else. */
import { isObject, type JsonObject } from './shape';

export const MERGE_PATCH = 'application/merge-patch+json';

const own = (object: JsonObject, key: string): unknown => (Object.hasOwn(object, key) ? object[key] : undefined);

const sameJson = (a: unknown, b: unknown): boolean => JSON.stringify(a) === JSON.stringify(b);

/** The patch that turns `before` into `after`; empty when they say the same. A key that is undefined counts as absent. */
export function mergePatchBetween(before: JsonObject, after: JsonObject): JsonObject {
  const changes = [...new Set([...Object.keys(before), ...Object.keys(after)])].flatMap((key): [string, unknown][] => {
    const [old, value] = [own(before, key), own(after, key)];

    if (value === undefined) {
      return old === undefined ? [] : [[key, null]];
    }
    if (!isObject(value)) {
      return sameJson(old, value) ? [] : [[key, value]];
    }
    const inner = mergePatchBetween(isObject(old) ? old : {}, value);

    return isObject(old) && Object.keys(inner).length === 0 ? [] : [[key, inner]];
  });

  return Object.fromEntries(changes);
}

/** Whether an object already says all that a patch asks for. */
export function saysAll(object: JsonObject, patch: JsonObject): boolean {
  return Object.entries(patch).every(([key, wanted]) => {
    const value = own(object, key);

    if (isObject(wanted)) {
      return isObject(value) && saysAll(value, wanted);
    }

    return wanted === null ? value === undefined : sameJson(value, wanted);
  });
}
