import type { LimitKey } from '../../harvester/migration/namespaceLimits';
import type { Message } from '../display';
import type { AnnotationPatch } from './report';

/**
 * Why no button may write a namespace's quota: `noRancher` – no external Rancher manages the project; `projectUnknown`,
 * `projectForbidden` {verb}: its limits were not read; `projectTooSmall` {resource, missing…}; `migrating` {name, key} –
 * a migration of that VM is not over, or an annotation records one that nobody can name; `belowUse` {resource}; `forbidden` {verb}; `malformed`; `noChange`.
 */
export const WRITE_REFUSALS = ['noChange', 'noRancher', 'malformed', 'projectUnknown', 'projectForbidden', 'projectTooSmall', 'migrating', 'belowUse', 'forbidden'] as const;
export type WriteRefusalCode = typeof WRITE_REFUSALS[number];

/** One limit of the namespace that should grow. */
export interface AdvisedLimit {
  /** Rancher's name of it (`limitsCpu`). */
  readonly key: LimitKey;
  /** The quota's name of it (`limits.cpu`). */
  readonly resource: string;
  /** In the unit of {@link AmountsByResource}. */
  readonly from: bigint;
  readonly to: bigint;
  /** As Rancher's editor shows it: whole thousandths of a CPU, whole Mi. */
  readonly editor: { readonly from: string; readonly to: string; readonly unit: 'mCPUs' | 'MiB' | '' };
  /** What the project has left for it; absent where it is not known or does not limit it. */
  readonly projectLeft?: bigint;
}

export interface BufferAdvice {
  readonly namespace: string;
  /** For how many VMs at once. */
  readonly vms: number;
  readonly limits: readonly AdvisedLimit[];
  /** Obstacles that no change of the namespace's quota removes: other quotas and other limits, by name. */
  readonly beyond: readonly { readonly quota: string; readonly resource: string; readonly missing: bigint }[];
  /** Empty: the button may be shown. */
  readonly refusals: readonly Message<WriteRefusalCode>[];
  /** What the button writes, and what puts the old value back. */
  readonly patch?: AnnotationPatch;
  readonly rollback?: AnnotationPatch;
}
