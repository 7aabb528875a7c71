import { handoverIn, handoverQuery } from '../handover';

const SETTINGS = { evictionHard: { 'memory.available': '6Gi' }, evictionMaxPodGracePeriod: 120, evictionPressureTransitionPeriod: '5m' };

it('comes out of an address as it went in', () => {
  expect(handoverIn(handoverQuery({ node: 'node-1', settings: SETTINGS }))).toStrictEqual({ node: 'node-1', settings: SETTINGS });
  expect(handoverIn(handoverQuery({ settings: {} }))).toStrictEqual({ settings: {} });
});

it.each([
  ['nothing', {}],
  ['several values', { settings: ['{}', '{}'] }],
  ['no JSON', { settings: '{' }],
  ['no object', { settings: '[]' }],
  ['null', { settings: 'null' }],
  ['a text', { settings: '"x"' }],
  ['a setting that the form does not have', { settings: '{"port":"1"}' }],
  ['an inherited name', { settings: '{"toString":"1"}' }],
  ['a map that is a list', { settings: '{"evictionHard":["memory.available"]}' }],
  ['a map that is null', { settings: '{"evictionHard":null}' }],
  ['a map that is a text', { settings: '{"evictionHard":"memory.available<1Gi"}' }],
  ['a map with something else than texts', { settings: '{"evictionHard":{"memory.available":1}}' }],
  ['a grace period that is a text', { settings: '{"evictionMaxPodGracePeriod":"120"}' }],
])('takes nothing over from %s', (_name, query) => {
  expect(handoverIn(query)).toBeUndefined();
});

it('takes settings over without a node', () => {
  expect(handoverIn({ node: null, settings: '{}' })).toStrictEqual({ settings: {} });
});
