import { attempt, bytesOf, readBytes, readQuantity, type Attempt } from '../harvester/amounts';
import { isManaged, pressuresOf, readinessOf, roleOf, type Node, type Pressure, type Readiness, type Role } from '../harvester/node';
import { memoryReservations, withheldMemoryBytes, type MemoryReservations } from '../harvester/reservations';
import type { KubeletConfiguration } from '../kubelet/config/types';
import { makeSignalObservations, type SignalObservations } from '../kubelet/observations';
import type { Quantity } from '../kubelet/quantity';
import type { Summary } from '../kubelet/summary';
import { gapsOf, type Gap } from './gaps';
import { memoryThresholds, smallestMargin, type Margin, type MemoryThreshold, type MemoryThresholds } from './memoryThresholds';
import { KUBELET_VERB, type Reading, type ReadFailure } from './reading';

/** Everything that was read about one node. */
export interface NodeSnapshot {
  readonly node: Node;
  /** The kubelet's own answer on `configz`. */
  readonly configuration: Reading<KubeletConfiguration>;
  /** The kubelet's own answer on `stats/summary`. */
  readonly summary: Reading<Summary>;
  /** Working set in bytes from `metrics.k8s.io`: one list for all nodes, coarser and older than a summary. */
  readonly usage: Reading<number>;
}

/** Memory in use on a node and when that was. */
export interface MemoryUse {
  readonly workingSetBytes: number;
  readonly capacityBytes: number;
  readonly readAtMilliseconds: number;
}

/**
 * What is known about the memory thresholds: read from the kubelet; `withheldNothing` when they were not read but the
 * node's allocatable equals its capacity, so that no hard one can exist; or `unknown`.
 */
export type ThresholdKnowledge = 'read' | 'withheldNothing' | 'unknown';

/** One node's memory against its thresholds, as of what was read. Absent means "not known", never zero. */
export interface NodeReport {
  readonly name: string;
  readonly role: Role;
  readonly managed: boolean;
  readonly cordoned: boolean;
  readonly readiness: Readiness;
  readonly pressures: readonly Pressure[];
  readonly capacityBytes?: number;
  readonly allocatableBytes?: number;
  /** What the kubelet keeps from pods: reservations plus hard threshold, together and without knowing either. */
  readonly withheldBytes?: number;
  readonly reservations?: MemoryReservations;
  readonly thresholds: ThresholdKnowledge;
  readonly hard?: MemoryThreshold;
  readonly soft?: MemoryThreshold;
  /** Against hard thresholds, if the node has any; otherwise against soft ones. */
  readonly margin?: Margin;
  /** Against soft thresholds. */
  readonly softMargin?: Margin;
  /** What is missing beside a memory threshold; empty where the kubelet was not read. */
  readonly gaps: readonly Gap[];
  readonly exactUse?: MemoryUse;
  readonly coarseUse?: MemoryUse;
  /** What stands between the user and exact values: the failure to read them, if the last try failed. */
  readonly failure?: ReadFailure;
  /** Whether both exact values were asked for and answered, one way or the other. */
  readonly asked: boolean;
}

/** Thresholds of a configuration that its kubelet could not have started with are not known, rather than absent. */
function thresholdsOf(configuration: KubeletConfiguration | undefined, capacity: Quantity | undefined): Attempt<MemoryThresholds> | undefined {
  return configuration && capacity && attempt(() => memoryThresholds(configuration, capacity));
}

function exactUse({ sample }: Reading<Summary>, observations: SignalObservations): MemoryUse | undefined {
  const memory = observations['memory.available'];

  return sample && memory && {
    workingSetBytes:    bytesOf(memory.capacity.sub(memory.available)),
    capacityBytes:      bytesOf(memory.capacity),
    readAtMilliseconds: sample.readAtMilliseconds,
  };
}

function coarseUse({ sample }: Reading<number>, capacityBytes: number | undefined): MemoryUse | undefined {
  return sample && capacityBytes !== undefined ? {
    workingSetBytes: sample.value, capacityBytes, readAtMilliseconds: sample.readAtMilliseconds
  } : undefined;
}

function badConfiguration(message: string | undefined): ReadFailure | undefined {
  return message === undefined ? undefined : { kind: 'badData', verb: KUBELET_VERB, message };
}

function isAnswered({ sample, failure }: Reading<unknown>): boolean {
  return sample !== undefined || failure !== undefined;
}

/** Whether the kubelet was read and has no memory threshold at all. */
export function isUnprotected({ thresholds, hard, soft }: Pick<NodeReport, 'thresholds' | 'hard' | 'soft'>): boolean {
  return thresholds === 'read' && !hard && !soft;
}

/** One node's report from everything that was read about it. Depends on nothing else, not even on the time. */
export function nodeReport({ node, configuration, summary, usage }: NodeSnapshot): NodeReport {
  const settings = configuration.sample?.value;
  const capacity = readQuantity(node.status?.capacity?.['memory']);
  const capacityBytes = capacity && bytesOf(capacity);
  const thresholds = thresholdsOf(settings, capacity);
  const { hard, soft, parsed = [] } = thresholds?.value ?? {};
  const observations = summary.sample ? makeSignalObservations(summary.sample.value) : {};
  const softMargin = smallestMargin(parsed, observations, false);
  const withheldBytes = withheldMemoryBytes(node);
  const role = roleOf(node);
  const reservations = settings && memoryReservations(settings);

  return {
    name:             node.metadata.name,
    role,
    managed:          isManaged(node),
    cordoned:         node.spec?.unschedulable === true,
    readiness:        readinessOf(node),
    pressures:        pressuresOf(node),
    capacityBytes,
    allocatableBytes: readBytes(node.status?.allocatable?.['memory']),
    withheldBytes,
    reservations,
    thresholds:       thresholds?.value ? 'read' : withheldBytes === 0 ? 'withheldNothing' : 'unknown',
    hard,
    soft,
    margin:           smallestMargin(parsed, observations, true) ?? softMargin,
    softMargin,
    gaps:             gapsOf({ role, configuration: settings, summary: summary.sample?.value, hard, soft, reservations }),
    exactUse:         exactUse(summary, observations),
    coarseUse:        coarseUse(usage, capacityBytes),
    failure:          configuration.failure ?? summary.failure ?? badConfiguration(thresholds?.error),
    asked:            isAnswered(configuration) && isAnswered(summary),
  };
}
