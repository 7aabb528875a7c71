import { attempt } from '../amounts';
import { annotation } from './keys';
import type { Namespace } from './objects';

/** Annotation of a namespace in which Rancher keeps conditions, as JSON. */
const STATUS = 'cattle.io/status';
const VALIDATED = 'ResourceQuotaValidated';

export interface QuotaCondition {
  readonly isTrue: boolean;
  readonly message: string;
}

type Json = Readonly<Record<string, unknown>>;

/** Go writes these names with capitals, and reads them in any letter case. */
function field(object: unknown, name: string): unknown {
  const entry = Object.entries((object ?? {}) as Json).find(([key]) => key.toLowerCase() === name);

  return entry?.[1];
}

/**
 * Whether Rancher found that the namespace's quota fits into its project; undefined where it has not said so. Follows
 * Rancher's resourcequota sync controller, which leaves the quota itself alone while it does not.
 */
export function quotaCondition({ metadata }: Namespace): QuotaCondition | undefined {
  const conditions = field(attempt(() => JSON.parse(annotation(metadata, STATUS) ?? 'null') as unknown).value, 'conditions');
  const found: unknown = Array.isArray(conditions) ? conditions.find((condition) => field(condition, 'type') === VALIDATED) : undefined;
  const message = field(found, 'message');

  return found === undefined ? undefined : { isTrue: field(found, 'status') === 'True', message: typeof message === 'string' ? message : '' };
}
