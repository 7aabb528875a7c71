import { draftFindings, undecidedFields } from '../draftFindings';
import { ALL_NODES } from '../policy';
import type { SettingField, Settings } from '../settings';

const HARD: SettingField = { setting: 'evictionHard', key: 'memory.available' };
const mixed = (field: SettingField) => [{ field, values: [{ value: '6Gi', nodes: ['a'] }, { value: undefined, nodes: ['b'] }] }];
const draft = (settings: Settings, matchSelector: Record<string, string> = ALL_NODES) => ({ name: 'x', matchSelector, settings });

it('asks for labels', () => {
  expect(draftFindings(draft({}, {}), [], [])).toStrictEqual([{ code: 'selectorEmpty', severity: 'blocks', params: {} }]);
  expect(draftFindings(draft({}, { zone: '%' }), [], []).map(({ code }) => code)).toStrictEqual(['labelValue']);
});

describe('a value that differs between nodes', () => {
  it('has to be decided about where its map is written', () => {
    expect(draftFindings(draft({ evictionHard: {} }), mixed(HARD), [])).toStrictEqual([{ code: 'mixedUndecided', severity: 'blocks', params: {}, field: HARD }]);
  });

  it.each<[string, SettingField, Settings, string[]]>([
    ['its map is not written', HARD, {}, []],
    ['it was set', HARD, { evictionHard: { 'memory.available': '6Gi' } }, []],
    ['it was turned off by hand', HARD, { evictionHard: {} }, ['evictionHard/memory.available']],
    ['reservations add to each node’s own', { setting: 'systemReserved', key: 'memory' }, { systemReserved: {} }, []],
    ['it is a single value', { setting: 'evictionMaxPodGracePeriod' }, {}, []],
  ])('needs no decision: %s', (_why, field, settings, decided) => {
    expect(undecidedFields(mixed(field), settings, decided)).toStrictEqual([]);
  });
});
