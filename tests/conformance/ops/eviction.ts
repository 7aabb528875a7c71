import { formatDuration, parseDuration } from '../../../pkg/node-pressure/kubelet/go/duration';
import { admitUnderPressure } from '../../../pkg/node-pressure/kubelet/eviction/conditions';
import type { FilesystemLayout } from '../../../pkg/node-pressure/kubelet/eviction/layout';
import { evictionMessage } from '../../../pkg/node-pressure/kubelet/eviction/message';
import { sortByEvictionPriority } from '../../../pkg/node-pressure/kubelet/eviction/metThresholds';
import { rankPods, type PodWithStats } from '../../../pkg/node-pressure/kubelet/eviction/rank';
import {
  INITIAL_EVICTION_STATE, synchronize, type EvictionConfig, type EvictionState, type SynchronizeResult,
} from '../../../pkg/node-pressure/kubelet/eviction/synchronize';
import { makeSignalObservations } from '../../../pkg/node-pressure/kubelet/observations';
import { resourceOf, type NodeConditionType } from '../../../pkg/node-pressure/kubelet/signals';
import { newQuantity } from '../../../pkg/node-pressure/kubelet/quantity';
import type { Threshold } from '../../../pkg/node-pressure/kubelet/thresholds';
import { flag, integer, text, textList } from '../fields';
import { amount, records } from '../figures';
import type { Input, Operation, Output } from '../protocol';
import { messagePod, podWithStats, rankedPod, summaryOf } from './evictionPods';
import { parseThresholds } from './thresholds';

/** The kubelet's clock of a question starts anywhere: only differences count. */
const START = 1_000_000_000_000_000_000n;

const ADMITTED = {
  admitBestEffort: podWithStats({ name: 'best-effort' }).pod,
  admitBurstable:  podWithStats({ name: 'burstable', requests: { memory: '1Mi' } }).pod,
  admitCritical:   podWithStats({ name: 'critical', priority: 2_000_000_000 }).pod,
};

/** The hard threshold of a signal, which must be one of the kubelet's; undefined for 0% and 100%. */
function hardThreshold(signal: unknown, value: string): Threshold | undefined {
  return parseThresholds({ evictionHard: { [text(signal)]: value } })[0];
}

function rank({ signal, layout, pods }: Input): Output {
  const known = hardThreshold(signal, '1') as Threshold;
  const ranked = rankPods(known.signal, (text(layout) || 'single') as FilesystemLayout, records(pods).map(rankedPod));

  return { order: ranked.map(({ pod }) => pod.metadata.name) };
}

/** A resource other than the signal's never comes together with it in a kubelet. */
function message({ resource, signal, threshold: value, capacity, available, containers, hasStats }: Input): Output {
  const threshold = hardThreshold(signal, text(value));

  if (!threshold || resourceOf(threshold.signal) !== resource) {
    return { unsupported: true };
  }

  const starved = resourceOf(threshold.signal);
  const format = starved === 'memory' || starved === 'ephemeral-storage' ? 'BinarySI' : 'DecimalSI';
  const observation = { available: newQuantity(amount(available) ?? 0n, format), capacity: newQuantity(amount(capacity) ?? 0n, format) };

  return { ...evictionMessage(threshold, observation, messagePod(records(containers), starved, flag(hasStats))) };
}

function configOf(input: Input): EvictionConfig {
  return {
    thresholds:                    parseThresholds(input),
    pressureTransitionPeriod:      parseDuration(text(input.evictionPressureTransitionPeriod) || '0'),
    maxPodGracePeriodSeconds:      Number(integer(input.evictionMaxPodGracePeriod ?? 0)),
    dedicatedImageFs:              flag(input.dedicatedImageFs),
    splitContainerImageFs:         flag(input.splitContainerImageFs),
    localStorageCapacityIsolation: flag(input.localStorageCapacityIsolation),
  };
}

function describeThreshold({ signal, gracePeriod }: Threshold): string {
  return `${ signal } grace=${ formatDuration(gracePeriod) }`;
}

function describeAdmission(conditions: readonly NodeConditionType[]): Output {
  return Object.fromEntries(Object.entries(ADMITTED).map(([name, pod]) => {
    const answer = admitUnderPressure(conditions, pod);

    return [name, answer.admit ? 'admit' : `${ answer.reason }: ${ answer.message }`];
  }));
}

/** Of several evictions in one pass the last one's details are told. */
function describeEvictions({ evictions }: SynchronizeResult): Output {
  const last = evictions.at(-1);

  return last ? {
    gracePeriodOverride: String(last.gracePeriodOverrideSeconds),
    podStatusReason:     'Evicted',
    podStatusMessage:    last.message,
    ...last.disruptionTarget ? { disruptionTargetReason: 'TerminationByKubelet', eventAnnotations: last.annotations } : {},
  } : {};
}

function describeStep(result: SynchronizeResult): Output {
  const { state: { nodeConditions, thresholdsMet }, reclaiming, nodeReclaim, evictions } = result;

  return {
    nodeConditions,
    thresholdsMetAfterGrace: thresholdsMet.map(describeThreshold).sort(),
    events:                  [
      ...reclaiming ? [`Warning EvictionThresholdMet Attempting to reclaim ${ resourceOf(reclaiming.signal) }`] : [],
      ...evictions.map(({ message: told }) => `Warning Evicted ${ told }`),
    ],
    containerGCInvoked: nodeReclaim.includes('containers'),
    imageGCInvoked:     nodeReclaim.includes('images'),
    evictedPods:        evictions.map(({ pod }) => pod.metadata.name),
    ...describeEvictions(result),
    ...describeAdmission(nodeConditions),
  };
}

function runSteps(input: Input): Output {
  const config = configOf(input);
  let pods: readonly PodWithStats[] = records(input.pods).map(podWithStats);
  let state: EvictionState = INITIAL_EVICTION_STATE;
  let now = START;
  let statsTime = 0;

  const steps = records(input.steps).map((step) => {
    now += parseDuration(text(step.advance) || '0');
    statsTime += flag(step.sameStatsTimestampAsPreviousStep) ? 0 : 1000;

    const time = new Date(statsTime).toISOString();
    const observationsAfterReclaim = step.nodefsAfterGC ? makeSignalObservations(summaryOf({ ...step, nodefs: step.nodefsAfterGC }, time)) : undefined;
    const result = synchronize(config, state, makeSignalObservations(summaryOf(step, time)), pods, now, observationsAfterReclaim);
    const evicted = new Set(result.evictions.map(({ pod }) => pod));

    state = result.state;
    pods = pods.filter(({ pod }) => !evicted.has(pod));

    return describeStep(result);
  });

  return { steps };
}

export const ops: Record<string, Operation> = {
  'eviction.sortByPriority': ({ signals }) => ({
    order: sortByEvictionPriority(textList(signals).map((signal) => ({ signal }))).map(({ signal }) => signal),
  }),
  'eviction.rank':        rank,
  'eviction.message':     message,
  'eviction.synchronize': runSteps,
};
