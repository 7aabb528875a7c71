import type { PolicyAction } from '../history';
import { historyRows } from '../historyRows';
import type { Policy } from '../policy';
import { policyActions } from '../policyActions';

const HARD = { evictionHard: { 'memory.available': '1Gi' } };
const entry = (action: PolicyAction, before?: typeof HARD) => ({ time: '2026-08-01T00:00:00Z', user: 'a', action, ...(before && { before }) });
const policy = (contents: Policy['contents'], more: Partial<Policy> = {}): Policy => ({ name: 'p', matchSelector: {}, paused: false, contents, history: [], ...more });
const OURS: Policy['contents'] = { kind: 'settings', settings: { evictionHard: { 'memory.available': '2Gi' } }, minimumMemoryKib: 1 };

it('counts what differs, and knows the last change that can be undone', () => {
  const history = [entry('paused'), entry('changed', HARD), entry('changed', HARD), entry('created')];

  expect(historyRows(policy(OURS, { history })).map(({ changes, isLast }) => [changes, isLast])).toStrictEqual([[undefined, false], [1, true], [1, false], [undefined, false]]);
  expect(historyRows(policy({ kind: 'removal' }, { history })).map(({ changes }) => changes)).toStrictEqual([undefined, undefined, undefined, undefined]);
});

it('knows the nodes before every change, as far as they are others than now', () => {
  const [EAST, WEST, NORTH] = [{ zone: 'east' }, { zone: 'west' }, { zone: 'north' }];
  const history = [entry('paused'), { ...entry('changed', HARD), beforeSelector: EAST }, entry('changed', HARD), { ...entry('changed', HARD), beforeSelector: WEST }, { ...entry('changed', HARD), beforeSelector: NORTH }, entry('created')];

  expect(historyRows(policy(OURS, { history, matchSelector: WEST })).map(({ former }) => former?.matchSelector)).toStrictEqual([undefined, EAST, EAST, undefined, NORTH, undefined]);
});

it('knows whether the policy was paused before every change, as far as that is different from now', () => {
  const formerlyPaused = (paused: boolean, ...history: Policy['history']) => historyRows(policy(OURS, { history, paused })).map(({ former }) => former && (former.paused ?? 'as now'));

  expect(formerlyPaused(true, entry('paused'), entry('changed', HARD))).toStrictEqual([undefined, false]);
  expect(formerlyPaused(false, entry('changed', HARD), entry('resumed'), entry('changed', HARD), entry('paused'), entry('changed', HARD))).toStrictEqual(['as now', undefined, true, undefined, 'as now']);
  // Turning a policy off ends its pause
  expect(formerlyPaused(false, { ...entry('removed', HARD), beforePaused: true }, entry('paused'), entry('changed', HARD))).toStrictEqual([true, undefined, 'as now']);
  expect(formerlyPaused(false, entry('removed', HARD))).toStrictEqual(['as now']);
});

describe('actions', () => {
  const rights = { create: true, patch: true, remove: true };

  it.each([
    ['an active policy', policy(OURS), rights, ['pause', 'rename', 'duplicate', 'remove']],
    ['a paused one', policy(OURS, { paused: true }), rights, ['resume', 'rename', 'duplicate', 'remove']],
    ['one that was edited outside and paused', policy({ kind: 'foreign' }, { paused: true }), rights, ['rename', 'remove']],
    ['one that may only be read', policy(OURS), { ...rights, create: false, patch: false }, []],
    ['one that may be copied', policy(OURS), { ...rights, patch: false }, ['duplicate']],
  ])('of %s', (_, of, allowed, actions) => {
    expect(policyActions(of, allowed)).toStrictEqual(actions);
  });
});
