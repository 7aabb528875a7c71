import type { Message } from '../display';
import type { VmReasonCode } from './report';

/**
 * What becomes of a VM when its node is drained:
 * `moves`; `dependsOnOrder` – only while other migrations have raised the quota: the last one of them hangs;
 * `hangs` – its migration waits for ever; `refused` – the eviction is refused again and again, so that the drain times out;
 * `stops` – the drain stops it; `shutsDown` – Harvester shuts it down first, by its maintenance label.
 */
export const DRAIN_OUTCOMES = ['moves', 'dependsOnOrder', 'hangs', 'refused', 'stops', 'shutsDown'] as const;
export type DrainOutcome = typeof DRAIN_OUTCOMES[number];

/** Beside a VM's own reasons: what its eviction strategy, or Harvester's label for maintenance, says; {strategy}. */
export type DrainReasonCode = VmReasonCode | 'noEvictionStrategy' | 'external' | 'strategy';

export interface DrainVm {
  readonly namespace: string;
  readonly name: string;
  readonly outcome: DrainOutcome;
  /** For `moves` and `dependsOnOrder`: the batch in which it goes, from 1. */
  readonly batch?: number;
  /** Why it hangs, is refused, or stops. */
  readonly reasons: readonly Message<DrainReasonCode>[];
}

/**
 * `empty` – no VM runs there; `yes`; `dependsOnOrder` {count}; `no` {count} – that many VMs hang or are refused;
 * `stops` {count} – it can be emptied, but VMs are stopped for it; `refused` – Harvester does not begin, see `refusals`.
 */
export const DRAIN_VERDICTS = ['refused', 'no', 'dependsOnOrder', 'stops', 'yes', 'empty'] as const;
export type DrainVerdictCode = typeof DRAIN_VERDICTS[number];

/**
 * Why Harvester does not put a node into maintenance: `singleControlPlane`; `otherControlPlane` {count} – it wants three nodes
 * of the control plane or etcd that are not in maintenance, and there are so many; `notLiveMigratable` {reason, name, count}; `noOtherNode` {name, count} – no other
 * ready node meets what the VM asks of nodes.
 */
export const DRAIN_REFUSALS = ['singleControlPlane', 'otherControlPlane', 'notLiveMigratable', 'noOtherNode'] as const;
export type DrainRefusalCode = typeof DRAIN_REFUSALS[number];

export interface NodeDrainReport {
  readonly node: string;
  readonly verdict: Message<DrainVerdictCode>;
  readonly refusals: readonly Message<DrainRefusalCode>[];
  /** By namespace, in the order of names; VMs of each by name. */
  readonly namespaces: readonly { readonly namespace: string; readonly vms: readonly DrainVm[] }[];
  /** Batches that it takes. */
  readonly batches: number;
}
