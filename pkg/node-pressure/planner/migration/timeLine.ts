import { attempt } from '../../harvester/amounts';
import { annotation, COMPENSATION, isResyncNeeded, LIMITS_CPU, LIMITS_MEMORY } from '../../harvester/migration/keys';
import type { ResourceQuota } from '../../harvester/migration/objects';
import { hasQuantity, quantityIn } from '../../harvester/migration/quantities';
import { amountOf } from '../../harvester/migration/quotaUsage';
import { migratingKeys } from '../../harvester/migration/raises';
import type { ResourceList } from '../../kubelet/pod';
import type { Message } from '../display';
import type { QuotaSample, ReturnCode } from './liveReport';

function amountIn(list: ResourceList | null | undefined, resource: string): bigint | undefined {
  return hasQuantity(list, resource) ? attempt(() => amountOf(resource, quantityIn(list, resource))).value : undefined;
}

/** A quota as it is now; an amount that cannot be read is left out. */
export function quotaSample({ metadata, spec, status }: ResourceQuota, atMilliseconds: number): QuotaSample {
  return {
    atMilliseconds,
    hardCpuMilli:    amountIn(spec?.hard, LIMITS_CPU),
    hardMemoryBytes: amountIn(spec?.hard, LIMITS_MEMORY),
    usedCpuMilli:    amountIn(status?.used, LIMITS_CPU),
    usedMemoryBytes: amountIn(status?.used, LIMITS_MEMORY),
    raises:          migratingKeys(metadata),
    hasCompensation: annotation(metadata, COMPENSATION) !== undefined,
    isResyncDue:     isResyncNeeded({ metadata }),
  };
}

function exceeds(used: bigint | undefined, hard: bigint | undefined): boolean {
  return used !== undefined && hard !== undefined && used > hard;
}

/** A migration as far as the quota is concerned. */
export interface Raised {
  /** The annotation that records its raise. */
  readonly key: string;
  /** Undefined while it is not over. */
  readonly endedAtMilliseconds?: number;
}

/**
 * Whether a quota came back after a migration.
 * @param samples of the quota, oldest first: one for every change that was seen
 */
export function quotaReturn(samples: readonly QuotaSample[], { key, endedAtMilliseconds }: Raised, nowMilliseconds: number): Message<ReturnCode> {
  const lastRaised = samples.map(({ raises }) => raises.includes(key)).lastIndexOf(true);
  const back = samples.slice(lastRaised + 1).find(({ isResyncDue }) => !isResyncDue);
  const last = samples[samples.length - 1];

  if (endedAtMilliseconds === undefined) {
    return { code: 'running', params: {} };
  }
  if (lastRaised < 0 || !last) {
    return { code: 'unknown', params: {} };
  }
  if (!back) {
    return { code: 'waiting', params: { forMilliseconds: Math.max(0, nowMilliseconds - endedAtMilliseconds) } };
  }
  if (exceeds(last.usedCpuMilli, last.hardCpuMilli) || exceeds(last.usedMemoryBytes, last.hardMemoryBytes)) {
    return { code: 'overUsed', params: { forMilliseconds: Math.max(0, nowMilliseconds - back.atMilliseconds) } };
  }

  return { code: 'returned', params: { afterMilliseconds: Math.max(0, back.atMilliseconds - endedAtMilliseconds) } };
}
