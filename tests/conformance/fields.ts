/** Reading a question's fields. An absent or null field is the type's zero value, as in the oracle. */
import type { StringMap } from '../../pkg/node-pressure/kubelet/flags';

function malformed(value: unknown, wanted: string): never {
  throw new Error(`malformed question: ${ JSON.stringify(value) } where ${ wanted } should be`);
}

export function text(value: unknown): string {
  if (value !== undefined && value !== null && typeof value !== 'string') {
    malformed(value, 'a text');
  }

  return value ?? '';
}

export function textList(value: unknown): string[] {
  if (value !== undefined && value !== null && !Array.isArray(value)) {
    malformed(value, 'a list of texts');
  }

  return (value ?? []).map(text);
}

export function textMap(value: unknown): StringMap | null {
  if (typeof (value ?? {}) !== 'object' || Array.isArray(value)) {
    malformed(value, 'a map of texts');
  }

  return value ? value as StringMap : null;
}

/** An integer written as a number or as a decimal string. */
export function integer(value: unknown): bigint {
  if (typeof value !== 'string' && typeof value !== 'number') {
    malformed(value, 'an integer');
  }

  return BigInt(value);
}

export function flag(value: unknown): boolean {
  if (value !== undefined && value !== null && typeof value !== 'boolean') {
    malformed(value, 'true or false');
  }

  return value ?? false;
}
