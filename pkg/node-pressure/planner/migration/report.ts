/**
 * What the views of migrations print. Everything here is an answer: codes and values, no sentences. Every code has one
 * text that says what is so and, where it keeps something from happening, one that names the way out.
 */
import type { Message } from '../display';
import type { Tone } from '../nodeState';

/**
 * What an admin should know of a namespace, worst first:
 * `malformed` – an annotation cannot be read, so that Harvester neither raises nor restores the quota; {message};
 * `stuck` – the quota turns a pending migration away; {name} of the VM, {sinceMilliseconds} if known, {count};
 * `drift` – limits are not what base and raises say and nothing is on its way to change them; {resource}, {hard…}, {wanted…};
 * `resyncDue` – the same, but Harvester is about to change them;
 * `overQuota` – more is used than a limit allows; {quota, resource, missing…};
 * `blocked` – at least one VM cannot migrate for want of quota; {count, total} and the obstacle of the first;
 * `inFlight` – migrations have raised the quota; {count};
 * `autoScalingOff` – an annotation keeps Harvester from raising it;
 * `fitsByAutoScaling` – every VM fits, {count} of {total} only because the quota is raised;
 * `fits` – every VM fits without; {total};
 * `noQuota` – nothing is limited.
 */
export const NAMESPACE_STATES = ['malformed', 'stuck', 'drift', 'overQuota', 'blocked', 'resyncDue', 'inFlight', 'autoScalingOff', 'fitsByAutoScaling', 'fits', 'noQuota'] as const;
export type NamespaceStateCode = typeof NAMESPACE_STATES[number];

export interface NamespaceState extends Message<NamespaceStateCode> {
  readonly tone: Tone;
  /** Position in NAMESPACE_STATES, to sort by. */
  readonly rank: number;
}

/**
 * Why a VM cannot migrate, in the order in which it is found out:
 * Harvester refuses: `notRunning` {phase}, `notReady`, `deleting`, `migrating` {state}, `hostnameSelector` {node},
 * `hostDevices` {count}, `gpus` {count}, `notLiveMigratable` {reason, message: KubeVirt's own}, `singleNode`, `kubevirtNotReady`;
 * `manyPods` {count} – more than one pod of the VM is active, so that Harvester cannot pick a target by name;
 * `noLauncher` – its pod is not known;
 * `noNode` {count} – no other node may take it, see `targets`;
 * `noRoom` {node, resource, missing…} – none that may has room for its requests, the best one named;
 * quota: `quota` {quota, resource, missing…}, `deadZone` the same, `secondCompensation` the same,
 * `unspecified` {quota, resource} – a quota demands a value that the VM's pod does not have;
 * `unreadable` {message} – an amount of the VM, its pod or a quota is none.
 */
export const VM_REASONS = [
  'notRunning', 'notReady', 'deleting', 'migrating', 'hostnameSelector', 'hostDevices', 'gpus', 'notLiveMigratable', 'singleNode', 'kubevirtNotReady',
  'manyPods', 'noLauncher', 'unreadable', 'noNode', 'quota', 'deadZone', 'secondCompensation', 'unspecified', 'noRoom',
] as const;
export type VmReasonCode = typeof VM_REASONS[number];

/** Why a node cannot take a VM: in the order in which it is found out. */
export const TARGET_REASONS = [
  'maintenance', 'drainRequested', 'unschedulable', 'notReady', 'witness', 'selector', 'affinity', 'taint', 'cpuVendor', 'hostModel', 'room',
] as const;
export type TargetReasonCode = typeof TARGET_REASONS[number];

/** One node as a VM's target. */
export interface Target {
  readonly node: string;
  /** `selector` {key, value}; `affinity`; `taint` {key, effect}; `cpuVendor`, `hostModel` {key}; `room` {resource, missing…}. Absent: it may take the VM. */
  readonly reason?: Message<TargetReasonCode>;
  /** Whether its free room is unknown, because its pods' requests were not read. */
  readonly roomUnknown: boolean;
}

/**
 * What else to know of a VM: `byRaise` – fits only because the quota is raised; `byCompensation` – the quota turns it
 * away first, until Harvester compensates; `overheadDiffers` {estimateBytes, launcherBytes} – the estimate moved since it started;
 * `hotplugMigrates` – changing its CPU or memory while it runs is a migration, too; `resizePending` – such a change waits for one;
 * `noLimits` – the VM limits neither CPU nor memory, so that nothing is raised for it;
 * `noCpuLimit`, `noMemoryLimit` – only the other is raised;
 * `crashesStartCheck` – Harvester crashes over it when it is started in a namespace with a quota.
 */
export const VM_NOTES = ['byRaise', 'byCompensation', 'overheadDiffers', 'hotplugMigrates', 'resizePending', 'noLimits', 'noCpuLimit', 'noMemoryLimit', 'crashesStartCheck'] as const;
export type VmNoteCode = typeof VM_NOTES[number];

/** Amounts by the names that a ResourceQuota uses (`limits.memory`, `pods`, …): thousandths of a CPU, bytes, pieces. */
export type AmountsByResource = Readonly<Record<string, bigint>>;

export interface VmReport {
  readonly namespace: string;
  readonly name: string;
  readonly node?: string;
  readonly canMigrate: boolean;
  /** First reason first; empty when it can migrate. */
  readonly reasons: readonly Message<VmReasonCode>[];
  readonly notes: readonly Message<VmNoteCode>[];
  /** What the target's pods will ask of quotas; absent where the VM's pod is not known. */
  readonly need?: AmountsByResource;
  /** What Harvester adds to its quota for it. */
  readonly raise: AmountsByResource;
  /** Every other node, in the order given. */
  readonly targets: readonly Target[];
}

/** One limit of one quota. */
export interface LimitReport {
  readonly quota: string;
  readonly resource: string;
  /** Rancher's own limit of the namespace; absent where there is none or the quota is not the one that Harvester raises. */
  readonly base?: bigint;
  /** Absent where Harvester is yet to add it. */
  readonly hard?: bigint;
  readonly used: bigint;
  /** What migrations have added, compensation not included. */
  readonly raised: bigint;
  readonly compensation: bigint;
  /** What the limit will be after Harvester's next look at it. */
  readonly wanted: bigint;
  /** wanted - used - what pending migrations will ask for. */
  readonly left: bigint;
  /** Whether Harvester raises it for a migration. */
  readonly isRaised: boolean;
}

/** What one VM's migration has added. */
export interface RaiseReport {
  /** The annotation's name. */
  readonly key: string;
  /** The VM's name, undefined where no VM has that UID. */
  readonly vm?: string;
  readonly cpuMilli: bigint;
  readonly memoryBytes: bigint;
  /** Whether nothing will ever remove it: no unfinished migration belongs to it. */
  readonly isOrphaned: boolean;
}

/** How many VMs can migrate. */
export interface Count {
  readonly count: number;
  /** Whether more are impossible; otherwise it is "at least". */
  readonly exact: boolean;
}

/** The largest VM whose migration the quotas would let through; an absent amount is not bounded by them. */
export interface LargestVm {
  /** Limit of its CPU, whatever its memory; in whole CPUs. */
  readonly cpuMilli?: bigint;
  /** Limit of its memory with one vCPU and the default devices, in whole Mi; each further vCPU takes 8 Mi of it, times the ratio. */
  readonly memoryBytes?: bigint;
  /** Whether no VM at all fits. */
  readonly none: boolean;
}

/**
 * What alarms an admin, with its repair where there is one:
 * `orphanedRaise` {key, vm}; `orphanedCompensation`; `rewritten` {resource, hard…, wanted…} – limits were set to the base during a
 * migration; `compensationLoop` {vm} – a compensation is there and the quota still turns a migration away: none of both will
 * change before a migration ends; `malformedNamespace` {message}; `malformedBase`, `malformedRaise`, `malformedCompensation` {message};
 * `extendedLimits` – a limit named `extended` makes Harvester's check before a VM starts fail;
 * `crashWithoutLimits` {vm, count} – Harvester crashes when it checks whether such a VM can start; `crashNullLimits` – so it
 * does over an annotation that is the word null; `overcommitMissing` {field}, `overcommitMalformed` {message} – of the whole
 * cluster: the setting overcommit-config makes Harvester crash over, or refuse, every VM;
 * `exceedsProject` {message: Rancher's own} – Rancher left an annotation in place that its project does not allow.
 */
export const ALARMS = [
  'malformedNamespace', 'malformedBase', 'malformedRaise', 'malformedCompensation', 'orphanedRaise', 'orphanedCompensation', 'rewritten', 'compensationLoop',
  'extendedLimits', 'crashWithoutLimits', 'crashNullLimits', 'overcommitMissing', 'overcommitMalformed', 'exceedsProject',
] as const;
export type AlarmCode = typeof ALARMS[number];

/** A change of one object's annotations, ready to be sent as a JSON merge patch. */
export interface AnnotationPatch {
  readonly type: 'resourcequota' | 'namespace';
  readonly namespace?: string;
  readonly name: string;
  /** With the resourceVersion that it was worked out from: a change in between makes the API server refuse it. */
  readonly body: { readonly metadata: { readonly resourceVersion?: string; readonly annotations: Readonly<Record<string, string | null>> } };
}

export interface Alarm extends Message<AlarmCode> {
  readonly repair?: AnnotationPatch;
}

export interface NamespaceReport {
  readonly namespace: string;
  /** At least one, worst first. */
  readonly states: readonly [NamespaceState, ...NamespaceState[]];
  /** Limits that count a migration's pods, in the order of the quotas. */
  readonly limits: readonly LimitReport[];
  readonly raises: readonly RaiseReport[];
  /** In the order given. */
  readonly vms: readonly VmReport[];
  /** How many could migrate one after another: what one takes is back before the next begins. */
  readonly oneByOne: number;
  /** How many at once, as far as the quotas go. */
  readonly atOnce: Count;
  /** How many at once within KubeVirt's limits for the cluster and for each node, too. */
  readonly inParallel: Count;
  readonly largest: LargestVm;
  readonly alarms: readonly Alarm[];
  /** Whether its pods were not read, so that launchers are estimated from their VMs. */
  readonly isEstimated: boolean;
  /** Why nothing is said of quotas: an amount of one is none. */
  readonly error?: string;
}
