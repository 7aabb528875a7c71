import { annotation, NAMESPACE_QUOTA } from './keys';
import type { LimitKey } from './namespaceLimits';
import type { Namespace } from './objects';

/** Text of a limit by Rancher's name of it. */
export type LimitTexts = Partial<Record<LimitKey, string>>;

type Json = Record<string, unknown>;

/** The name that counts for Go's decoder: the last one that is the same in any letter case, else the given one. */
function nameIn(object: Json, name: string): string {
  return Object.keys(object).filter((key) => key.toLowerCase() === name.toLowerCase()).pop() ?? name;
}

/**
 * The namespace's annotation with other limits; everything else in it stays.
 * @param namespace one whose annotation namespaceLimits can read and finds an object in
 */
export function withLimits({ metadata }: Namespace, limits: LimitTexts): string {
  const quota = JSON.parse(annotation(metadata, NAMESPACE_QUOTA) as string) as Json;
  const limitName = nameIn(quota, 'limit');
  const present = (quota[limitName] ?? {}) as Json;
  const changed = Object.entries(limits).map(([key, text]) => [nameIn(present, key), text]);

  return JSON.stringify({ ...quota, [limitName]: { ...present, ...Object.fromEntries(changed) as Json } });
}
