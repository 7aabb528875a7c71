import type { Node } from '../../../harvester/node';
import { node } from '../../__tests__/fixtures';
import { isForAllNodes, labelSuggestions, nodeMatches, parseLabel } from '../matches';
import { ALL_NODES } from '../policy';

const MANAGED = { 'harvesterhci.io/managed': 'true' };
const named = (name: string, labels: Record<string, string>, ready = 'True'): Node => node({ name, labels, ready });

it('tells which nodes are meant, and why others with the same labels are not', () => {
  const nodes = [
    named('a', { ...MANAGED, zone: 'east' }), named('b', { ...MANAGED, zone: 'east' }, 'Unknown'), named('c', { ...MANAGED, zone: 'west' }),
    named('w', { ...MANAGED, zone: 'east', 'node-role.harvesterhci.io/witness': 'true' }), named('x', { zone: 'east' }),
  ];
  const { matched, ...rest } = nodeMatches({ zone: 'east' }, nodes);

  expect(matched.map(({ metadata }) => metadata.name)).toStrictEqual(['a', 'b']);
  expect(rest).toStrictEqual({ notReady: ['b'], witnesses: ['w'], notManaged: ['x'] });
});

it('knows the selector of all nodes', () => {
  expect([ALL_NODES, {}, { ...ALL_NODES, zone: 'east' }, { 'harvesterhci.io/managed': 'false' }].map(isForAllNodes)).toStrictEqual([true, false, false, false]);
});

it.each([
  ['zone=east', { key: 'zone', value: 'east' }],
  [' a.b/c=d=e ', { key: 'a.b/c', value: 'd=e' }],
  ['node-role.kubernetes.io/etcd=', { key: 'node-role.kubernetes.io/etcd', value: '' }],
  ['zone', undefined],
  ['=east', undefined],
  ['zone = east', undefined],
  ['', undefined],
])('reads the label “%s”', (text, label) => {
  expect(parseLabel(text)).toStrictEqual(label);
});

it('suggests every label once, in order, and never too many', () => {
  expect(labelSuggestions([named('a', { zone: 'east', b: '1' }), named('b', { zone: 'east' }), { metadata: { name: 'c' } }])).toStrictEqual(['b=1', 'zone=east']);
  expect(labelSuggestions(Array.from({ length: 600 }, (_, index) => named(`n${ index }`, { host: `n${ index }` })))).toHaveLength(500);
});
