import { formatDuration, parseDuration } from '../go/duration';
import { KubeletError } from '../errors';
import { newQuantity, parseQuantity } from '../quantity';
import { toJson, type Json } from './json';
import type { CollectionName, ValueName, Values } from './kinds';

/** How a Go type is read from JSON, written to it, and what it is when nothing was read. */
interface Codec<T> {
  readonly zero: T;
  /** Throws KubeletError with Go's text. */
  decode(json: Json, path: string): T;
  encode(value: T): Json;
}

/** The error of encoding/json for a value of the wrong type. */
export function mismatch(json: Json, path: string, type: string): KubeletError {
  return new KubeletError(`json: cannot unmarshal ${ typeOf(json) } into Go struct field ${ path } of type ${ type }`);
}

function typeOf(json: Json): string {
  if (Array.isArray(json)) {
    return 'array';
  }

  return typeof json === 'boolean' ? 'bool' : typeof json === 'bigint' ? 'number' : typeof json;
}

function integer(json: Json, path: string, type: string, min: bigint, max: bigint): bigint {
  if (typeof json !== 'bigint' || json < min || json > max) {
    throw mismatch(json, path, type);
  }

  return json;
}

function text(json: Json, path: string, type = 'string'): string {
  if (typeof json !== 'string') {
    throw mismatch(json, path, type);
  }

  return json;
}

function number(json: Json, path: string): number {
  if (typeof json !== 'number' && typeof json !== 'bigint') {
    throw mismatch(json, path, 'float64');
  }

  return Number(json);
}

const MIN_INT32 = -(2n ** 31n);
const MAX_INT32 = 2n ** 31n - 1n;
const MAX_UINT32 = 2n ** 32n - 1n;
const MIN_INT64 = -(2n ** 63n);
const MAX_INT64 = 2n ** 63n - 1n;
const RFC_3339 = /^\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d(?:\.\d+)?(?:Z|[+-]\d\d:\d\d)$/;

/** A codec for every value. A duration that may be a number is written as text. */
export const VALUES: { readonly [V in ValueName]: Codec<Values[V]> } = {
  bool: {
    zero:   false,
    decode: (json, path) => {
      if (typeof json !== 'boolean') {
        throw mismatch(json, path, 'bool');
      }

      return json;
    },
    encode: (value) => value,
  },
  int32:   { zero: 0, decode: (json, path) => Number(integer(json, path, 'int32', MIN_INT32, MAX_INT32)), encode: BigInt },
  uint32:  { zero: 0, decode: (json, path) => Number(integer(json, path, 'uint32', 0n, MAX_UINT32)), encode: BigInt },
  int64:   { zero: 0n, decode: (json, path) => integer(json, path, 'int64', MIN_INT64, MAX_INT64), encode: (value) => value },
  float64: { zero: 0, decode: number, encode: (value) => toJson(value) },
  string:  { zero: '', decode: text, encode: (value) => value },
  duration: {
    zero:   0n,
    // Upstream reads null as an empty text here, which is no duration
    decode: (json, path) => parseDuration(json === null ? '' : text(json, path, 'v1.Duration')),
    encode: formatDuration,
  },
  durationOrNumber: {
    zero:   0n,
    decode: (json, path) => typeof json === 'string' ? parseDuration(json) : integer(json, path, 'time.Duration', MIN_INT64, MAX_INT64),
    encode: formatDuration,
  },
  time: {
    zero:   '',
    decode: (json, path) => {
      if (!RFC_3339.test(text(json, path, 'v1.Time'))) {
        throw new KubeletError(`parsing time ${ JSON.stringify(json) }: cannot parse as RFC 3339`);
      }

      return json as string;
    },
    encode: (value) => value,
  },
  quantity: {
    zero:   newQuantity(0n, 'DecimalSI'),
    // A bare number counts as its text
    decode: (json, path) => parseQuantity(typeof json === 'bigint' || typeof json === 'number' ? String(json) : text(json, path, 'resource.Quantity').trim()),
    encode: (value) => value.toString(),
  },
};

/** What maps and slices consist of. */
export const COLLECTIONS: { readonly [C in CollectionName]: { readonly keyed: boolean; readonly element: ValueName | CollectionName } } = {
  map:        { keyed: true, element: 'string' },
  boolMap:    { keyed: true, element: 'bool' },
  listMap:    { keyed: true, element: 'strings' },
  quantities: { keyed: true, element: 'quantity' },
  strings:    { keyed: false, element: 'string' },
  int32s:     { keyed: false, element: 'int32' },
};

/** Whether a kind is a plain value, held as such in the file's version, too. */
export function isValueName(kind: unknown): kind is ValueName {
  return typeof kind === 'string' && Object.hasOwn(VALUES, kind);
}

/** Whether a kind is a map or a slice of values. */
export function isCollectionName(kind: unknown): kind is CollectionName {
  return typeof kind === 'string' && Object.hasOwn(COLLECTIONS, kind);
}
