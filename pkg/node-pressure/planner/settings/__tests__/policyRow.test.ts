import { node } from '../../__tests__/fixtures';
import { ALL_NODES, type Policy } from '../policy';
import { policyRow } from '../policyRow';

const POLICY: Policy = { name: 'a', matchSelector: ALL_NODES, paused: false, contents: { kind: 'settings', settings: {}, minimumMemoryKib: 1 }, history: [] };

it('has its names and today’s nodes', () => {
  expect(policyRow({ ...POLICY, displayName: 'Memory' }, [node({ name: 'n-1' }), node({ name: 'other', labels: {} })])).toStrictEqual({ name: 'a', displayName: 'Memory', nodes: ['n-1'], state: 'active', tone: 'success' });
});

it.each<[string, Partial<Policy>]>([
  ['active', {}],
  ['paused', { paused: true }],
  ['removal', { contents: { kind: 'removal' } }],
  ['foreign', { paused: true, contents: { kind: 'foreign' } }],
])('is %s', (state, more) => {
  expect(policyRow({ ...POLICY, ...more }, []).state).toBe(state);
  expect(policyRow({ ...POLICY, ...more }, []).displayName).toBe('a');
});
