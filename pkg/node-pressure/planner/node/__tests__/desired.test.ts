/** @jest-environment node */
import { cloudInitFor, type CloudInit } from '../../settings/policy';
import { desiredSettings } from '../desired';

const SETTINGS = { evictionHard: { 'memory.available': '6Gi' } };

function policy(name: string, contents: 'removal' | { settings: typeof SETTINGS; minimumMemoryKib: number } = { settings: SETTINGS, minimumMemoryKib: 1 }): CloudInit {
  return cloudInitFor({ name, matchSelector: {}, paused: false, contents }, { time: '2026-01-01T00:00:00Z', user: 'u', action: 'created' });
}

it('is what the node’s policy says', () => {
  expect(desiredSettings({ state: 'pendingReboot', policy: 'all' }, [policy('other', 'removal'), policy('all')])).toEqual(SETTINGS);
});

it.each(['leftBehind', 'keptOut'] as const)('is nothing where the policy is not for the node: %s', (state) => {
  expect(desiredSettings({ state, policy: 'all' }, [policy('all')])).toBeUndefined();
});

it.each([
  ['no policy', {}, [policy('all')]],
  ['a policy that is gone', { policy: 'all' }, []],
  ['somebody else’s CloudInit of that name', { policy: 'all' }, [{ ...policy('all'), metadata: { name: 'all' } }]],
  ['a policy that takes settings away', { policy: 'all' }, [policy('all', 'removal')]],
  ['a policy that was edited', { policy: 'all' }, [{ ...policy('all'), spec: { ...policy('all').spec, contents: 'x' } }]],
])('is nothing with %s', (_what, of, cloudInits) => {
  expect(desiredSettings({ state: 'inSync', ...of }, cloudInits)).toBeUndefined();
});
