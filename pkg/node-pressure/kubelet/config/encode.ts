import type { Json, JsonObject } from './json';
import type { Kind, Struct, ValueName } from './kinds';
import type { Fields } from './decode';
import { isStruct } from './decode';
import { COLLECTIONS, isCollectionName, isValueName, VALUES } from './values';

/** A duration is a struct in Go, which `omitempty` never leaves out. */
const ALWAYS_WRITTEN: readonly Kind[] = ['duration', 'durationOrNumber'];

/**
 * A configuration as JSON of the file's version, as Go writes it: zero values, empty maps and empty slices are left
 * out (`omitempty`), pointers are not.
 */
export function encodeStruct(struct: Struct, fields: Fields): JsonObject {
  const entries = Object.entries(struct).map(([name, kind]) => [name, encode(kind, fields[name])] as const);

  return Object.fromEntries(entries.filter((entry): entry is [string, Json] => entry[1] !== undefined));
}

function encode(kind: Kind, value: unknown): Json | undefined {
  if (isValueName(kind)) {
    return value === VALUES[kind].zero && !ALWAYS_WRITTEN.includes(kind) ? undefined : encodeValue(kind, value);
  }
  if (isStruct(kind)) {
    return encodeStruct(kind, value as Fields);
  }
  if (value === null) {
    return undefined;
  }
  if (isCollectionName(kind)) {
    return encodeCollection(COLLECTIONS[kind].element, value as readonly unknown[] | Fields);
  }
  if (typeof kind === 'string') {
    return encodeValue(kind.slice(1) as ValueName, value);
  }

  const [shape, struct] = kind;

  if (shape === '?') {
    return encodeStruct(struct, value as Fields);
  }

  const elements = (value as Fields[]).map((element) => encodeStruct(struct, element));

  return elements.length > 0 ? elements : undefined;
}

function encodeValue(kind: ValueName, value: unknown): Json {
  return (VALUES[kind].encode as (value: unknown) => Json)(value);
}

function encodeCollection(element: Kind, value: readonly unknown[] | Fields): Json | undefined {
  const encodeElement = (inner: unknown): Json => isValueName(element) ? encodeValue(element, inner) : inner as Json;

  if (Object.keys(value).length === 0) {
    return undefined;
  }

  return Array.isArray(value) ? value.map(encodeElement) : Object.fromEntries(Object.entries(value).map(([key, inner]) => [key, encodeElement(inner)]));
}
