/** @jest-environment node */
import { node } from '../../__tests__/fixtures';
import { cloudInitFor, type CloudInit } from '../../settings/policy';
import { desiredOf } from '../desired';

const SETTINGS = { evictionHard: { 'memory.available': '6Gi' } };

function policy(name: string, matchSelector: Record<string, string>, contents: 'removal' | { settings: typeof SETTINGS; minimumMemoryKib: number } = { settings: SETTINGS, minimumMemoryKib: 1 }): CloudInit {
  return cloudInitFor({ name, matchSelector, paused: false, contents }, { time: '2026-01-01T00:00:00Z', user: 'u', action: 'created' });
}

const ALL = { 'harvesterhci.io/managed': 'true' };

it('is what the policy that matches the node says', () => {
  expect(desiredOf(node(), [policy('other', { zone: 'b' }), policy('all', ALL)])).toMatchObject({ policy: { name: 'all' }, settings: SETTINGS });
});

it('is the first by name of several', () => {
  expect(desiredOf(node(), [policy('b', ALL), policy('a', ALL), policy('c', ALL)])?.policy.name).toBe('a');
});

it('has no settings where the policy takes them away, or was edited', () => {
  const edited = policy('all', ALL);

  expect(desiredOf(node(), [policy('all', ALL, 'removal')])).toEqual({ policy: expect.objectContaining({ contents: { kind: 'removal' } }) });
  expect(desiredOf(node(), [{ ...edited, spec: { ...edited.spec, contents: 'x' } }])).toEqual({ policy: expect.objectContaining({ contents: { kind: 'foreign' } }) });
});

it('is nothing without a policy for the node', () => {
  expect(desiredOf(node(), [])).toBeUndefined();
  expect(desiredOf(node({ labels: {} }), [policy('all', ALL)])).toBeUndefined();
  expect(desiredOf(node(), [{ ...policy('all', ALL), metadata: { name: 'all' } }])).toBeUndefined();
});
