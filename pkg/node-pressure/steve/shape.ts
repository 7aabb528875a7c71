/** Narrowing of JSON that a cluster sent: whatever is not of the promised kind counts as absent. */

export type JsonObject = Readonly<Record<string, unknown>>;

/** A body of another shape than its address promises. */
export class UnexpectedBodyError extends Error {
  override readonly name = 'UnexpectedBodyError';
}

export function isObject(value: unknown): value is JsonObject {
  return typeof value === 'object' && value !== null && !Array.isArray(value);
}

/** The objects of a list; anything else in it, and anything else than a list, is left out. */
export function objectsOf(value: unknown): JsonObject[] {
  return Array.isArray(value) ? value.filter(isObject) : [];
}

export function textOf(value: unknown): string | undefined {
  return typeof value === 'string' ? value : undefined;
}

/** @throws UnexpectedBodyError when the value is no object */
export function requireObject(value: unknown, what: string): JsonObject {
  if (!isObject(value)) {
    throw new UnexpectedBodyError(`${ what } is not an object`);
  }

  return value;
}
