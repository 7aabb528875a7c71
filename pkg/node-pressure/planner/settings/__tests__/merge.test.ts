/** @jest-environment node */
import fc from 'fast-check';
import { changesBetween, mergeSettings, type MergeConflict } from '../merge';
import { entryOf, MAP_SETTINGS, SCALAR_SETTINGS, type SettingField, type Settings } from '../settings';
import { anySettings, MEMORY_EVICTION, writableSettings } from './builders';

fc.configureGlobal({ seed: 20266 });

const hard = (evictionHard: Record<string, string> | undefined): Settings => ({ ...(evictionHard && { evictionHard }) });

describe('merging settings', () => {
  it('takes both sides’ changes of different inputs', () => {
    const mine = { ...MEMORY_EVICTION, evictionHard: { ...MEMORY_EVICTION.evictionHard, 'memory.available': '8Gi' } };
    const theirs = { ...MEMORY_EVICTION, evictionHard: { ...MEMORY_EVICTION.evictionHard, 'nodefs.available': '10%' }, evictionMaxPodGracePeriod: 120 };

    expect(mergeSettings(MEMORY_EVICTION, mine, theirs)).toStrictEqual({
      merged:    { ...MEMORY_EVICTION, evictionHard: { 'memory.available': '8Gi', 'nodefs.available': '10%', 'imagefs.available': '5%' }, evictionMaxPodGracePeriod: 120 },
      conflicts: [],
    });
  });

  it('shows an input that both changed, and keeps mine for the time being', () => {
    expect(mergeSettings({ evictionMaxPodGracePeriod: 0 }, { evictionMaxPodGracePeriod: 60 }, {})).toStrictEqual({
      merged: { evictionMaxPodGracePeriod: 60 }, conflicts: [{ field: { setting: 'evictionMaxPodGracePeriod' }, base: 0, mine: 60, theirs: undefined }],
    });
    expect(mergeSettings(hard({ a: '1' }), hard({}), hard({ a: '2' }))).toStrictEqual({
      merged: hard({}), conflicts: [{ field: { setting: 'evictionHard', key: 'a' }, base: '1', mine: undefined, theirs: '2' }],
    });
    expect(mergeSettings(hard({ a: '1' }), hard({ a: '2' }), hard({ a: '2' }))).toStrictEqual({ merged: hard({ a: '2' }), conflicts: [] });
  });

  it('does not put single keys into a map that the other side stopped writing', () => {
    expect(mergeSettings(hard({ a: '1' }), hard(undefined), hard({ a: '1', b: '2' }))).toStrictEqual({
      merged: {}, conflicts: [{ field: { setting: 'evictionHard' }, base: { a: '1' }, mine: undefined, theirs: { a: '1', b: '2' } }],
    });
    expect(mergeSettings(hard({ a: '1' }), hard({ a: '1' }), hard(undefined))).toStrictEqual({ merged: {}, conflicts: [] });
    expect(mergeSettings(hard(undefined), hard({ a: '1' }), hard(undefined))).toStrictEqual({ merged: hard({ a: '1' }), conflicts: [] });
    expect(mergeSettings(hard(undefined), hard(undefined), hard({ a: '1' }))).toStrictEqual({ merged: hard({ a: '1' }), conflicts: [] });
  });

  const FIELDS = (all: readonly Settings[]): SettingField[] => [
    ...MAP_SETTINGS.flatMap((setting) => [...new Set(all.flatMap((settings) => Object.keys(settings[setting] ?? {})))].map((key) => ({ setting, key }))),
    ...SCALAR_SETTINGS.map((setting) => ({ setting })),
  ];
  const at = (settings: Settings, { setting, key }: SettingField): unknown => (key === undefined ? settings[setting] : entryOf(settings[setting] as Record<string, string> | undefined, key));
  const concerns = ({ setting, key }: SettingField) => ({ field }: MergeConflict): boolean => field.setting === setting && (field.key === undefined || field.key === key);

  it('never loses a change of either side silently', () => {
    fc.assert(fc.property(anySettings, anySettings, anySettings, (base, mine, theirs) => {
      const { merged, conflicts } = mergeSettings(base, mine, theirs);

      return FIELDS([base, mine, theirs]).every((field) => {
        const [before, ours, others, result] = [base, mine, theirs, merged].map((settings) => at(settings, field));

        return conflicts.some(concerns(field)) || ((Object.is(ours, before) || Object.is(ours, result)) && (Object.is(others, before) || Object.is(others, result)));
      });
    }), { numRuns: 2000 });
  });

  it('is fair: without conflicts it does not matter whose side is whose', () => {
    fc.assert(fc.property(writableSettings, writableSettings, writableSettings, (base, mine, theirs) => {
      const one = mergeSettings(base, mine, theirs);
      const other = mergeSettings(base, theirs, mine);

      expect(other.conflicts.map(({ field }) => field)).toStrictEqual(one.conflicts.map(({ field }) => field).sort((a, b) => other.conflicts.findIndex(concerns(a)) - other.conflicts.findIndex(concerns(b))));
      expect(one.conflicts.length > 0 ? one.merged : other.merged).toEqual(one.merged);
    }), { numRuns: 500 });
  });

  it('changes nothing when only one side changed', () => {
    fc.assert(fc.property(anySettings, anySettings, (base, changed) => {
      expect(mergeSettings(base, changed, base)).toEqual({ merged: changed, conflicts: [] });
      expect(mergeSettings(base, base, changed)).toEqual({ merged: changed, conflicts: [] });
    }), { numRuns: 500 });
  });
});

describe('what differs between settings', () => {
  it('is told input by input', () => {
    expect(changesBetween({ ...hard({ a: '1', b: '2' }), evictionMaxPodGracePeriod: 5 }, { ...hard({ b: '3', c: '4' }), systemReserved: {} })).toStrictEqual([
      { field: { setting: 'evictionHard', key: 'a' }, before: '1', after: undefined },
      { field: { setting: 'evictionHard', key: 'b' }, before: '2', after: '3' },
      { field: { setting: 'evictionHard', key: 'c' }, before: undefined, after: '4' },
      { field: { setting: 'evictionMaxPodGracePeriod' }, before: 5, after: undefined },
    ]);
  });
});
