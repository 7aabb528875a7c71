import IntlMessageFormat from 'intl-messageformat';
import type { FeatureConsequence, FeatureObstacle } from '../../planner/feature/featureSwitch';
import { READINESS_CODES, type ReadinessTarget, type Standing } from '../../planner/feature/readiness';
import type { GapCode } from '../../planner/gaps';
import { OVERVIEW_FILTERS } from '../../planner/overviewFilter';
import { DRIFT_STATES, isDrifting } from '../../planner/settings/nodeDrift';
import type { FeatureProblem } from '../../steve/features';
import en from '../en-us.yaml';
import zh from '../zh-hans.yaml';

/** All of a union, which the compiler sees to. */
const all = <Code extends string>(codes: Readonly<Record<Code, true>>): string[] => Object.keys(codes);

const GAPS = all<GapCode>({ softMissing: true, podGraceMissing: true, diskUnwatched: true, nothingReserved: true, reservedTooLittle: true });
const DRIFTING = DRIFT_STATES.filter((state) => isDrifting({ state, tone: 'info', rank: 0, differences: [], otherArguments: [] }));

/** Groups of texts, and the codes that may be handed to each. */
const CODES: Readonly<Record<string, readonly string[]>> = {
  'drift.state':         DRIFT_STATES,
  'drift.hint':          DRIFT_STATES,
  'drift.verdict':       DRIFTING,
  'overview.gap':        GAPS,
  'overview.gapHint':    GAPS,
  'overview.filter':     OVERVIEW_FILTERS,
  'feature.obstacle':    all<FeatureObstacle>({ unreadable: true, absent: true, embedded: true, locked: true, harvesterLocked: true, forbidden: true }),
  'feature.consequence': all<FeatureConsequence>({ turnsHarvesterOn: true, hidesCluster: true, keepsContainers: true }),
  'feature.problem':     all<FeatureProblem>({ changedOn: true, changedOff: true, changedLocked: true, unread: true, conflict: true, missing: true, refused: true, unreachable: true, forbidden: true }),
  'feature.standing':    all<Standing>({ met: true, unmet: true, unknown: true }),
  'feature.target':      all<ReadinessTarget>({ settings: true, namespaces: true }),
  'feature.readiness':   [...READINESS_CODES.flatMap((code) => [`${ code }.title`, `${ code }.met`, `${ code }.unmet`, `${ code }.unread`]), 'namespacesApart.noContainers', 'memoryLimits.noContainers', 'failed'],
};

function textOf(texts: unknown, path: string): unknown {
  return path.split('.').reduce((branch: unknown, part) => (branch as Record<string, unknown> | undefined)?.[part], texts);
}

it.each(Object.entries(CODES).flatMap(([group, codes]) => codes.map((code) => `nodePressure.${ group }.${ code }`)))('%s has a text', (path) => {
  expect(typeof textOf(en, path)).toBe('string');
  expect(typeof textOf(zh, path)).toBe('string');
});

it.each([
  ['drift.verdict.pendingReboot', { count: 1, total: 3, name: 'node-2' }, 'node-2 runs with what its policy says from the next reboot on.'],
  ['drift.verdict.leftBehind', { count: 2, total: 3, name: 'node-2' }, '2 of 3 nodes still run with settings of a policy that matches no more.'],
  ['overview.gapHint.nothingReserved', { used: undefined }, 'No memory is reserved for the system outside of pods.'],
  ['overview.gapHint.nothingReserved', { used: '2.4 GiB' }, 'The system uses 2.4 GiB outside of pods, and nothing is reserved for it.'],
  ['feature.readiness.reservation.unmet', { count: 4, total: 6, names: 'a, b, c', more: 1, reserved: '0 B', used: '2.4 GiB' }, '4 of 6 nodes reserve less than the system uses outside of pods: a, b, c and 1 more. The first reserves 0 B and uses 2.4 GiB.'],
  ['feature.readiness.diskSignals.unread', { count: 0, total: 0, names: '', more: 0 }, 'No node was read yet.'],
  ['upgrade.nodesLeft', { count: 7, names: 'a, b', more: 5 }, '7 nodes are still to come: a, b and 5 more.'],
])('%s reads well with %j', (path, params, sentence) => {
  expect(new IntlMessageFormat(textOf(en, `nodePressure.${ path }`) as string, 'en').format(params)).toBe(sentence);
});
