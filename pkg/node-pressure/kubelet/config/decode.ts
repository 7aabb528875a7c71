import { isJsonObject, type Json } from './json';
import type { CollectionName, Kind, Struct, ValueName } from './kinds';
import { COLLECTIONS, isCollectionName, isValueName, mismatch, VALUES } from './values';

/** A struct as the file's version has it: fields by JSON name, null for every pointer, map and slice that is not set. */
export type Fields = Record<string, unknown>;

/** How keys find their fields: exactly (the codecs of Kubernetes), or also in other case (encoding/json). */
export type KeyMatching = 'exact' | 'anyCase';

/** A struct with nothing set. */
export function zeroFields(struct: Struct): Fields {
  return Object.fromEntries(Object.entries(struct).map(([name, kind]) => [name, zeroOf(kind)]));
}

/** What a field holds that was never set. */
export function zeroOf(kind: Kind): unknown {
  if (isValueName(kind)) {
    return VALUES[kind].zero;
  }

  return isStruct(kind) ? zeroFields(kind) : null;
}

/** Whether a kind is a struct held by value. */
export function isStruct(kind: Kind): kind is Struct {
  return typeof kind === 'object' && !Array.isArray(kind);
}

/**
 * Reads a JSON object into a struct, field by field. Unknown keys are ignored, null leaves a value as it is, and a
 * field that occurs in several spellings is read several times, maps growing. Follows encoding/json.
 *
 * @throws KubeletError with Go's text when a value does not fit its field
 */
export function decodeStruct(struct: Struct, json: Json, current: Fields, keys: KeyMatching, path: string): Fields {
  if (json === null) {
    return current;
  }
  if (!isJsonObject(json)) {
    throw mismatch(json, path, 'struct');
  }

  const fields = { ...current };

  for (const [key, value] of Object.entries(json)) {
    const name = fieldOf(struct, key, keys);

    if (name !== undefined) {
      fields[name] = decode(struct[name] as Kind, value, fields[name], keys, `${ path }.${ name }`);
    }
  }

  return fields;
}

function fieldOf(struct: Struct, key: string, keys: KeyMatching): string | undefined {
  if (Object.hasOwn(struct, key)) {
    return key;
  }

  return keys === 'exact' ? undefined : Object.keys(struct).find((name) => fold(name) === fold(key));
}

/** Case folding as encoding/json does it; of all letters beyond ASCII only the Kelvin sign and the long s fold to ASCII. */
function fold(name: string): string {
  return name.replaceAll('\u017F', 's').toLowerCase();
}

function decode(kind: Kind, json: Json, current: unknown, keys: KeyMatching, path: string): unknown {
  if (isValueName(kind)) {
    return json === null && kind !== 'duration' ? current : VALUES[kind].decode(json, path);
  }
  if (isStruct(kind)) {
    return decodeStruct(kind, json, current as Fields, keys, path);
  }
  if (json === null) {
    return null;
  }
  if (isCollectionName(kind)) {
    return decodeCollection(kind, json, current, path);
  }
  if (typeof kind === 'string') {
    return VALUES[kind.slice(1) as ValueName].decode(json, path);
  }

  const [shape, struct] = kind;

  if (shape === '?') {
    return decodeStruct(struct, json, (current ?? zeroFields(struct)) as Fields, keys, path);
  }
  if (!Array.isArray(json)) {
    throw mismatch(json, path, 'slice');
  }

  return json.map((element) => decodeStruct(struct, element, zeroFields(struct), keys, path));
}

function decodeCollection(kind: CollectionName, json: Json, current: unknown, path: string): unknown {
  const { keyed, element } = COLLECTIONS[kind];
  const decodeElement = (value: Json): unknown => decode(element, value, zeroOf(element), 'exact', path);

  if (!keyed) {
    if (!Array.isArray(json)) {
      throw mismatch(json, path, 'slice');
    }

    return json.map(decodeElement);
  }
  if (!isJsonObject(json)) {
    throw mismatch(json, path, 'map');
  }

  return { ...current as object | null, ...Object.fromEntries(Object.entries(json).map(([key, value]) => [key, decodeElement(value)])) };
}
