import type { Message } from './display';
import { isUnprotected, type MemoryUse, type NodeReport } from './nodeReport';
import { ageOf, isFresh } from './reading';

/**
 * What an admin should know about a node first, worst first; one word for each row.
 * `unread` comes after `clear`, so that a list sorted by state does not reorder itself while it is being read.
 */
export const NODE_STATES = [
  'evicting',
  'outOfMemoryNear',
  'underPressure',
  'notReady',
  'softPassed',
  'near',
  'memoryLow',
  'noThreshold',
  'noHardThreshold',
  'stale',
  'unreadable',
  'witness',
  'clear',
  'unread',
] as const;

export type NodeStateCode = typeof NODE_STATES[number];

/** How serious a state is; views choose colour and icon by it. */
export type Tone = 'error' | 'warning' | 'success' | 'info' | 'unknown';

const TONES: Readonly<Record<NodeStateCode, Tone>> = {
  evicting:        'error',
  outOfMemoryNear: 'error',
  underPressure:   'error',
  notReady:        'error',
  softPassed:      'warning',
  near:            'warning',
  memoryLow:       'warning',
  noThreshold:     'warning',
  noHardThreshold: 'warning',
  stale:           'unknown',
  unreadable:      'unknown',
  witness:         'info',
  clear:           'success',
  unread:          'unknown',
};

export interface NodeState extends Message<NodeStateCode> {
  readonly tone: Tone;
  /** Position in NODE_STATES, to sort by. */
  readonly rank: number;
}

/** A node is "near" a threshold when less than this share of its memory is left to it. Our choice, not a kubelet's. */
const NEAR_SHARE = 0.05;

/** Whether so little is left that it is a warning of its own. */
export function isNear(leftBytes: number, capacityBytes: number): boolean {
  return leftBytes < NEAR_SHARE * capacityBytes;
}

/** The memory in use to be shown: the exact figure unless it is stale and the coarse one is not. */
export function memoryUse(report: NodeReport, nowMilliseconds: number): MemoryUse | undefined {
  const { exactUse, coarseUse } = report;

  return exactUse && (isFresh(exactUse, nowMilliseconds) || !isFresh(coarseUse, nowMilliseconds)) ? exactUse : coarseUse;
}

function exactState(report: NodeReport, exact: MemoryUse): Message<NodeStateCode> | undefined {
  const { margin, softMargin } = report;

  if (!margin) {
    const leftBytes = exact.capacityBytes - exact.workingSetBytes;

    return isUnprotected(report) && isNear(leftBytes, exact.capacityBytes) ? { code: 'outOfMemoryNear', params: { leftBytes } } : undefined;
  }
  // Met means strictly below: at the threshold itself the kubelet does not act yet
  if (margin.hard && margin.marginBytes < 0) {
    return { code: 'evicting', params: { excessBytes: -margin.marginBytes } };
  }
  if (softMargin && softMargin.marginBytes < 0) {
    return { code: 'softPassed', params: { excessBytes: -softMargin.marginBytes, graceNanoseconds: report.soft?.graceNanoseconds } };
  }

  return isNear(margin.marginBytes, margin.capacityBytes) ? { code: 'near', params: { marginBytes: margin.marginBytes } } : undefined;
}

/**
 * Where nothing exact is known: whether the coarse figure alone is alarming. The threshold is taken to be as high as
 * it can be, all that the kubelet withholds from pods.
 */
function coarseState({ coarseUse, withheldBytes = 0 }: NodeReport, nowMilliseconds: number): Message<NodeStateCode> | undefined {
  if (!coarseUse || !isFresh(coarseUse, nowMilliseconds)) {
    return undefined;
  }
  const leftBytes = coarseUse.capacityBytes - coarseUse.workingSetBytes;

  return isNear(leftBytes - withheldBytes, coarseUse.capacityBytes) ? { code: 'memoryLow', params: { leftBytes } } : undefined;
}

/** What is missing on a node that is in no danger that we know of. */
function gap(report: NodeReport, fresh: boolean, nowMilliseconds: number): Message<NodeStateCode> {
  const { exactUse, failure, role, thresholds } = report;

  if (isUnprotected(report) || thresholds === 'withheldNothing') {
    // A witness runs no VMs and gets no settings from us: nothing to mend there
    const code = role === 'witness' ? 'witness' : thresholds === 'read' ? 'noThreshold' : 'noHardThreshold';

    return { code, params: {} };
  }
  if (exactUse && !fresh) {
    return { code: 'stale', params: { ageMilliseconds: ageOf(exactUse, nowMilliseconds) } };
  }
  if (report.margin) {
    return { code: 'clear', params: {} };
  }

  return { code: failure || report.asked ? 'unreadable' : 'unread', params: { verb: failure?.verb } };
}

/** Dangers that act at once, which no other finding may hide. */
const ACUTE: readonly NodeStateCode[] = ['evicting', 'outOfMemoryNear'];

function standing(report: NodeReport, nowMilliseconds: number): Message<NodeStateCode> {
  // A node that is not ready tells nothing new: what was read from its kubelet before must not look like the present
  if (report.readiness !== 'ready') {
    return { code: 'notReady', params: {} };
  }
  const fresh = isFresh(report.exactUse, nowMilliseconds);
  const acute = report.exactUse && fresh ? exactState(report, report.exactUse) : coarseState(report, nowMilliseconds);

  if (report.pressures.length > 0 && !(acute && ACUTE.includes(acute.code))) {
    return { code: 'underPressure', params: { conditions: report.pressures.join(', ') } };
  }

  return acute ?? gap(report, fresh, nowMilliseconds);
}

/** The state of a node at a moment. A stale or missing figure never makes a node look clear. */
export function nodeState(report: NodeReport, nowMilliseconds: number): NodeState {
  const message = standing(report, nowMilliseconds);

  return { ...message, tone: TONES[message.code], rank: NODE_STATES.indexOf(message.code) };
}
