import fc from 'fast-check';
import { changesBetween } from '../merge';
import type { Policy } from '../policy';
import { rebaseDraft, resolveConflicts, type Rebased } from '../rebase';
import { sameSelector, selectorText } from '../selector';
import type { Settings } from '../settings';
import { writableSettings } from './builders';

const ALL = { all: 'true' };
const policy = (settings: Settings | 'removal' | 'foreign', matchSelector: Record<string, string> = ALL): Policy => ({
  name: 'p', matchSelector, paused: false, history: [], contents: typeof settings === 'string' ? { kind: settings } : { kind: 'settings', settings, minimumMemoryKib: 1 },
});
const draft = (settings: Settings, matchSelector: Record<string, string> = ALL) => ({ name: 'p', settings, matchSelector });
const hard = (memory: string, more: Record<string, string> = {}): Settings => ({ evictionHard: { 'memory.available': memory, ...more } });

function merged(rebased: Rebased): Extract<Rebased, { kind: 'merged' }> {
  if (rebased.kind !== 'merged') {
    throw new Error(rebased.kind);
  }

  return rebased;
}

describe('a draft on top of somebody else’s change', () => {
  it('has both changes where they do not touch', () => {
    const rebased = merged(rebaseDraft(policy(hard('1Gi')), draft(hard('2Gi')), policy(hard('1Gi', { 'nodefs.available': '5%' }), { zone: 'a' })));

    expect(rebased).toStrictEqual({
      kind:          'merged',
      draft:         draft(hard('2Gi', { 'nodefs.available': '5%' }), { zone: 'a' }),
      conflicts:     [],
      theirs:        [{ field: { setting: 'evictionHard', key: 'nodefs.available' }, before: undefined, after: '5%' }],
      theirSelector: { zone: 'a' },
    });
  });

  it('keeps both values where they do, and takes the chosen one', () => {
    const rebased = merged(rebaseDraft(policy({ ...hard('1Gi'), evictionMaxPodGracePeriod: 60 }), draft({ ...hard('2Gi'), evictionMaxPodGracePeriod: 90, systemReserved: { memory: '1Gi' } }, { zone: 'a' }), policy({ ...hard('3Gi'), systemReserved: { memory: '2Gi' } }, { zone: 'b' })));

    expect(rebased.conflicts.map(({ field, mine, theirs }) => [field.setting, mine, theirs])).toStrictEqual([['evictionHard', '2Gi', '3Gi'], ['systemReserved', '1Gi', '2Gi'], ['evictionMaxPodGracePeriod', 90, undefined]]);
    expect(rebased.selector).toStrictEqual({ base: ALL, mine: { zone: 'a' }, theirs: { zone: 'b' } });
    expect(resolveConflicts(rebased, ['mine', 'mine', 'mine'], 'mine')).toStrictEqual(rebased.draft);
    expect(resolveConflicts(rebased, ['theirs', 'mine', 'theirs'], 'theirs')).toStrictEqual(draft({ ...hard('3Gi'), systemReserved: { memory: '1Gi' } }, { zone: 'b' }));
  });

  it('takes a map that they no longer write as a whole, or an entry that they took out', () => {
    const whole = merged(rebaseDraft(policy(hard('1Gi')), draft(hard('2Gi')), policy({})));
    const entry = merged(rebaseDraft(policy(hard('1Gi', { 'pid.available': '5%' })), draft(hard('2Gi', { 'pid.available': '5%' })), policy({ evictionHard: { 'pid.available': '5%' } })));

    expect(resolveConflicts(whole, ['theirs'], 'mine').settings).toStrictEqual({});
    expect(resolveConflicts(entry, ['theirs'], 'mine').settings).toStrictEqual({ evictionHard: { 'pid.available': '5%' } });
  });

  it('takes whole maps back', () => {
    const rebased = merged(rebaseDraft(policy(hard('1Gi')), draft({}), policy(hard('2Gi'))));

    expect(resolveConflicts(rebased, ['theirs'], 'mine').settings).toStrictEqual(hard('2Gi'));
  });

  it('agrees with a change of the nodes that both made, and keeps mine alone', () => {
    expect(merged(rebaseDraft(policy({}), draft({}, { zone: 'a' }), policy({}, { zone: 'a' })))).toMatchObject({ draft: { matchSelector: { zone: 'a' } }, conflicts: [] });
    expect(merged(rebaseDraft(policy({}), draft({}, { zone: 'a' }), policy({}))).draft.matchSelector).toStrictEqual({ zone: 'a' });
    expect(merged(rebaseDraft(policy({}), draft({}, { zone: 'a' }), policy({}, { zone: 'a' }))).selector).toBeUndefined();
  });

  it('treats what a form could not start from as nothing', () => {
    expect(merged(rebaseDraft(policy('foreign'), draft(hard('2Gi')), policy(hard('3Gi')))).conflicts).toHaveLength(1);
  });

  it('has in the end what either side changed, and of conflicts the chosen value', () => {
    fc.assert(fc.property(writableSettings, writableSettings, writableSettings, (base, mine, theirs) => {
      const rebased = merged(rebaseDraft(policy(base), draft(mine), policy(theirs)));
      const all = (choice: 'mine' | 'theirs'): Settings => resolveConflicts(rebased, rebased.conflicts.map(() => choice), choice).settings;
      const changed = (to: Settings, merge: Settings): unknown[] => {
        const lost = new Map(changesBetween(to, merge).map(({ field }) => [JSON.stringify(field), field]));

        return changesBetween(base, to).filter(({ field }) => lost.has(JSON.stringify(field)));
      };

      expect([changed(mine, all('mine')), changed(theirs, all('theirs'))]).toStrictEqual([[], []]);
    }));
  });

  it.each(['removal', 'foreign'] as const)('has nothing to merge with in a %s', (kind) => {
    expect(rebaseDraft(policy(hard('1Gi')), draft(hard('2Gi')), policy(kind))).toStrictEqual({ kind });
  });

  it('says that a new policy’s name is taken', () => {
    expect(rebaseDraft(undefined, draft(hard('2Gi')), policy(hard('1Gi')))).toStrictEqual({ kind: 'taken' });
  });
});

it('compares selectors by their own labels, and prints them', () => {
  expect([sameSelector({ a: '1' }, { a: '1' }), sameSelector({ a: '1' }, { a: '2' }), sameSelector({ constructor: '1' }, { a: '1' }), sameSelector({}, { a: '1' })]).toStrictEqual([true, false, false, false]);
  expect(selectorText({ b: '2', a: '1' })).toBe('a=1,b=2');
});
