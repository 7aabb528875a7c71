import en from '../../../l10n/en-us.yaml';
import { ADVICE_CODES } from '../../../planner/node/advice';
import type { EventCode } from '../../../planner/node/eventKinds';
import type { EvictionReason } from '../../../planner/node/evictionOrder';
import type { ResizeObstacle, ResizeState } from '../../../planner/node/podResizes';
import type { Bursts } from '../../../planner/node/samples';
import { DRIFT_STATES } from '../../../planner/settings/nodeDrift';

type Texts = { readonly [key: string]: string | Texts };

/** All codes of a type: the compiler counts them. */
const every = <Code extends string>(codes: Readonly<Record<Code, true>>): string[] => Object.keys(codes);

const EVENTS = every<EventCode>({
  evicted: true, evictedOverLimit: true, thresholdMet: true, pressure: true, pressureOver: true, systemOom: true, refused: true, preempted: true, reclaimFailed: true,
  resizeStarted: true, resizeCompleted: true, resizeDeferred: true, resizeInfeasible: true, resizeError: true,
});

it.each([
  ['nodePressure.node.advice', ADVICE_CODES],
  ['nodePressure.node.event', EVENTS],
  ['nodePressure.node.eventKind', EVENTS],
  ['nodePressure.node.reason', every<EvictionReason>({ static: true, mirror: true, criticalPriority: true, noStats: true, exceedsRequest: true, exceedsNoRequest: true, withinRequest: true, inodes: true, processes: true })],
  ['nodePressure.node.resizeState', every<ResizeState>({ deferred: true, infeasible: true, inProgress: true, error: true, proposed: true })],
  ['nodePressure.node.resizeObstacle', every<ResizeObstacle>({ noRoom: true, beyondCapacity: true, swap: true, cpuManager: true, memoryManager: true, underPressure: true, memoryInUse: true, other: true })],
  ['nodePressure.node.bursts', every<Bursts['verdict']['code']>({ tooFew: true, noMargin: true, reachesIn10s: true, reachesIn60s: true, fits: true })],
  ['nodePressure.node.evidence', ['met', 'graceOver', 'reclaiming', 'inGrace', 'untilOutOfMemory', 'reachesIn10s', 'reachesIn60s', 'tooSmall', 'none', 'softWithoutGrace', 'exceedsRequest', 'exceedsNoRequest', 'outOfMemory', 'evicts', 'podsNotGuarded', 'untilDiskFull', 'infeasible', 'error']],
  ['nodePressure.drift.hint', DRIFT_STATES],
])('%s has a text for every code', (path, codes) => {
  const texts = path.split('.').reduce<string | Texts | undefined>((found, key) => (typeof found === 'object' ? found[key] : undefined), en as Texts) as Texts;

  expect(codes.filter((code) => typeof texts[code] !== 'string')).toStrictEqual([]);
});
