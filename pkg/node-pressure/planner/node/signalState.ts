import type { NodeCondition } from '../../harvester/node';
import type { Message } from '../display';
import type { BadSample } from './badSample';
import type { SignalThreshold } from './signalThreshold';

/**
 * How one signal stands, most serious first.
 * `met` a hard threshold is passed: pods are stopped now. `graceOver` a soft one is, for longer than its grace period.
 * `reclaiming` a hard one was, and the minimum reclaim is not reached: pods are still stopped.
 * `inGrace` a soft one is passed; the node reports pressure already. `badSample` figures that cannot be true.
 * `waitingForTransition` nothing is passed any more; the node reports pressure until the transition period is over.
 * `off` no threshold. `unknown` no figure or no configuration. `clear` nothing to report.
 */
export type SignalStateCode = 'met' | 'graceOver' | 'reclaiming' | 'inGrace' | 'badSample' | 'waitingForTransition' | 'off' | 'unknown' | 'clear';

/** What a signal's state is made from. */
export interface SignalStanding {
  /** Undefined when the kubelet's configuration is not known. */
  readonly thresholds: readonly SignalThreshold[] | undefined;
  readonly isObserved: boolean;
  readonly bad?: BadSample;
  readonly condition?: SignalCondition;
  /** Whether this signal may be what the node's condition is still reported for. */
  readonly mayHoldCondition: boolean;
  readonly transitionNanoseconds?: bigint;
}

/** The node condition that a signal sets, as the node reports it. */
export interface SignalCondition {
  readonly type: string;
  readonly status: string;
  /** How long it has been so; absent if the node does not say. */
  readonly ageMilliseconds?: number;
}

const NANOSECONDS_PER_MILLISECOND = 1_000_000n;

/** The condition with its age. Never negative, also where the node's clock is ahead of ours. */
export function signalCondition(condition: NodeCondition | undefined, nowMilliseconds: number): SignalCondition | undefined {
  if (!condition) {
    return undefined;
  }
  const since = Date.parse(condition.lastTransitionTime ?? '');

  return { type: condition.type, status: condition.status, ageMilliseconds: Number.isNaN(since) ? undefined : Math.max(0, nowMilliseconds - since) };
}

function isPassed({ margin }: SignalThreshold): boolean {
  return margin !== undefined && margin < 0;
}

/**
 * A soft threshold that is passed. The kubelet does not publish since when: it is at least since the samples saw it, and
 * (the condition comes at once) at most since the condition.
 */
function softState({ graceNanoseconds, metSinceMilliseconds }: SignalThreshold, condition: SignalCondition | undefined, nowMilliseconds: number): Message<SignalStateCode> {
  const metForMilliseconds = metSinceMilliseconds === undefined ? 0 : nowMilliseconds - metSinceMilliseconds;
  const isOver = BigInt(Math.trunc(metForMilliseconds)) * NANOSECONDS_PER_MILLISECOND >= graceNanoseconds;

  return {
    code:   isOver ? 'graceOver' : 'inGrace',
    params: { graceNanoseconds, metForMilliseconds, atMostMilliseconds: condition?.status === 'True' ? condition.ageMilliseconds : undefined },
  };
}

function waitingState({ condition, transitionNanoseconds }: SignalStanding, thresholds: readonly SignalThreshold[], nowMilliseconds: number): Message<SignalStateCode> {
  const lastMet = thresholds.flatMap(({ lastMetMilliseconds }) => lastMetMilliseconds ?? []).reduce<number | undefined>((a, b) => Math.max(a ?? b, b), undefined);
  const leftMilliseconds = lastMet === undefined || transitionNanoseconds === undefined ? undefined : Math.max(0, lastMet + Number(transitionNanoseconds / NANOSECONDS_PER_MILLISECOND) - nowMilliseconds);

  return { code: 'waitingForTransition', params: { condition: condition?.type, transitionNanoseconds, leftMilliseconds } };
}

/** One signal in one word, with what a sentence about it names. */
export function signalState(standing: SignalStanding, nowMilliseconds: number): Message<SignalStateCode> {
  const { thresholds, isObserved, bad, condition, mayHoldCondition } = standing;

  if (bad) {
    return { code: 'badSample', params: { problem: bad } };
  }
  if (thresholds?.length === 0) {
    return { code: 'off', params: {} };
  }
  if (!thresholds || !isObserved) {
    return { code: 'unknown', params: {} };
  }
  const hard = thresholds.find((threshold) => threshold.hard && isPassed(threshold));
  const soft = thresholds.filter((threshold) => !threshold.hard && isPassed(threshold)).map((threshold) => softState(threshold, condition, nowMilliseconds));

  if (hard) {
    return { code: 'met', params: { metForMilliseconds: hard.metSinceMilliseconds === undefined ? undefined : nowMilliseconds - hard.metSinceMilliseconds } };
  }
  const over = soft.find(({ code }) => code === 'graceOver');
  const reclaiming = thresholds.find((threshold) => threshold.hard && threshold.isReclaiming);

  if (over) {
    return over;
  }
  if (reclaiming) {
    return { code: 'reclaiming', params: { target: reclaiming.target } };
  }

  return soft[0] ?? (mayHoldCondition ? waitingState(standing, thresholds, nowMilliseconds) : { code: 'clear', params: {} });
}
