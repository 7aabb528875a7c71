import type { Message } from '../display';
import type { Tone } from '../nodeState';
import type { RaiseReport } from './report';

/**
 * What an unfinished migration waits for, of which there may be several: the first is the one to act on:
 * `clusterLimit` {limit}, `nodeLimit` {limit, node}; `quota` {since…}; `otherPods` – pods of an earlier migration;
 * `backup`, `utilityVolumes`; `scheduling` {message: the scheduler's own}; `aborting`; `starting` – the target pod starts;
 * `attachment` – its volumes are attached; `target` – the target prepares; `memory` – memory is copied; `resize` – the new
 * size is not in effect yet; `controller` – KubeVirt has not looked at it.
 */
export const WAITS = [
  'clusterLimit', 'nodeLimit', 'quota', 'otherPods', 'backup', 'utilityVolumes', 'scheduling', 'starting', 'attachment', 'target', 'memory', 'resize', 'aborting', 'controller',
] as const;
export type WaitCode = typeof WAITS[number];

/** Why a migration was begun: by somebody, by a drain of {node}, or because the VM was changed (its CPU, memory, or KubeVirt). */
export const MIGRATION_CAUSES = ['user', 'drain', 'change'] as const;

export interface MigrationReport {
  readonly namespace: string;
  readonly name: string;
  readonly vm: string;
  readonly phase: string;
  readonly isFinal: boolean;
  readonly ageMilliseconds?: number;
  /** How long it has been in its phase. */
  readonly phaseAgeMilliseconds?: number;
  readonly source?: string;
  readonly target?: string;
  readonly cause: Message<typeof MIGRATION_CAUSES[number]>;
  /** Absent once it is over. */
  readonly waitsFor?: Message<WaitCode>;
  /** When KubeVirt will give it up: unless told otherwise, a pod that cannot be scheduled after 5 minutes, another one after 15. */
  readonly givesUpInMilliseconds?: number;
  /** What the quota was raised by, and whether it still is. */
  readonly raise?: RaiseReport;
  readonly tone: Tone;
}

/** A quota at one moment. */
export interface QuotaSample {
  readonly atMilliseconds: number;
  readonly hardCpuMilli?: bigint;
  readonly hardMemoryBytes?: bigint;
  readonly usedCpuMilli?: bigint;
  readonly usedMemoryBytes?: bigint;
  /** Annotations that record raises, by name. */
  readonly raises: readonly string[];
  readonly hasCompensation: boolean;
  /** Whether its limits have yet to follow its annotations. */
  readonly isResyncDue: boolean;
}

/**
 * Whether a quota came back after a migration: `running`; `returned` {after…}; `waiting` {for…} – the migration is
 * over and its raise still there; `overUsed` {for…} – limits are back, but the source pod still counts; `unknown` – it was not watched.
 */
export const RETURNS = ['running', 'returned', 'waiting', 'overUsed', 'unknown'] as const;
export type ReturnCode = typeof RETURNS[number];
