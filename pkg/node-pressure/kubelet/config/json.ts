import { KubeletError } from '../errors';

/** JSON with Go's two kinds of numbers: a bigint was written without point and exponent, and fits Go's integers. */
export type Json = null | boolean | string | bigint | number | Json[] | { [key: string]: Json };

/** An object in JSON; its keys come from outside, so look them up with Object.hasOwn. */
export type JsonObject = { [key: string]: Json };

/** Far more than any configuration has; what is larger grew out of references to references. Our bound, not the kubelet's. */
const MAX_VALUES = 100_000;
/** Deeper than any configuration; encoding/json stops at 10,000. Our bound, so that no stack overflows. */
const MAX_DEPTH = 500;

/** Whether a JSON value is an object. */
export function isJsonObject(json: Json): json is JsonObject {
  return typeof json === 'object' && json !== null && !Array.isArray(json);
}

/**
 * Parsed JSON or YAML as Json.
 *
 * @param numbers what becomes of a whole number: a bigint, as Go's encoder writes it in the shortest form, or itself
 * @throws KubeletError for what JSON cannot hold, and for documents of more than 100,000 values or 500 levels
 */
export function toJson(value: unknown, numbers: 'shortest' | 'asWritten' = 'shortest'): Json {
  let count = 0;

  const convert = (part: unknown, depth: number): Json => {
    if (++count > MAX_VALUES) {
      throw new KubeletError('document contains excessive aliasing');
    }
    if (depth > MAX_DEPTH) {
      throw new KubeletError('exceeded max depth');
    }
    if (typeof part === 'number') {
      return numbers === 'shortest' ? shortest(part) : part;
    }
    if (Array.isArray(part)) {
      return part.map((inner) => convert(inner, depth + 1));
    }
    if (typeof part === 'object' && part !== null) {
      return Object.fromEntries(Object.entries(part).map(([key, inner]) => [key, convert(inner, depth + 1)]));
    }
    if (part === null || typeof part === 'boolean' || typeof part === 'string' || typeof part === 'bigint') {
      return part;
    }

    throw new KubeletError(`json: unsupported value: ${ typeof part }`);
  };

  return convert(value, 0);
}

/** Go prints a float64 below 1e21 without an exponent, so whole ones read like integers. */
const EXPONENT_FROM = 1e21;

function shortest(value: number): Json {
  if (!Number.isFinite(value)) {
    throw new KubeletError(`json: unsupported value: ${ value }`);
  }

  return Number.isInteger(value) && Math.abs(value) < EXPONENT_FROM ? BigInt(value) : value;
}
