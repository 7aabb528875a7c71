/** @jest-environment node */
import { parseConfigz } from '../../../kubelet/config/configz';
import { differences, driftOf, type DriftInput } from '../drift';
import { kubeletArgsOf } from '../file';
import type { Policy, Rollout } from '../policy';
import { MEMORY_EVICTION } from './builders';

const configuration = (fields: object) => parseConfigz({ kubeletconfig: { evictionPressureTransitionPeriod: '5m0s', ...fields } });
const UNTOUCHED = configuration({ evictionHard: { 'imagefs.available': '5%', 'nodefs.available': '5%' }, systemReserved: { cpu: '400m' } });
const EFFECTIVE = configuration({ ...MEMORY_EVICTION, systemReserved: { cpu: '400m', memory: '2Gi' } });
const STARTED = JSON.stringify(['server', ...kubeletArgsOf(MEMORY_EVICTION).flatMap((arg) => ['--kubelet-arg', arg])]);

const rollout = (present: boolean, outOfSync: boolean): Rollout => ({ conditions: [{ type: 'Present', status: present ? 'True' : 'False' }, { type: 'OutOfSync', status: outOfSync ? 'True' : 'False' }] });
const policy = (contents: Policy['contents'], paused = false): Policy => ({ name: 'p', matchSelector: {}, paused, contents, history: [] });
const SETTINGS = policy({ kind: 'settings', settings: MEMORY_EVICTION, minimumMemoryKib: 32_000_000 });
const REMOVAL = policy({ kind: 'removal' });
const NODE: DriftInput = { policy: SETTINGS, rollout: rollout(true, false), configuration: UNTOUCHED, nodeArgs: '["server"]', isWitness: false, memoryKib: 33_000_000 };

describe('drift', () => {
  it.each<[string, Partial<DriftInput>, string]>([
    ['in force', { configuration: EFFECTIVE, nodeArgs: STARTED }, 'inSync'],
    ['on disk, not read yet', {}, 'pendingReboot'],
    ['on disk, and nothing known of the start', { nodeArgs: undefined }, 'pendingReboot'],
    ['on disk, and nothing readable known of the start', { nodeArgs: '{' }, 'pendingReboot'],
    ['read, and not in force', { nodeArgs: STARTED }, 'overridden'],
    ['not on disk yet', { rollout: rollout(false, true) }, 'arriving'],
    ['not looked at by node-manager yet', { rollout: undefined }, 'arriving'],
    ['without conditions', { rollout: {} }, 'arriving'],
    ['paused before it arrived', { policy: { ...SETTINGS, paused: true }, rollout: rollout(false, true) }, 'pendingRollOut'],
    ['an older version on disk', { rollout: rollout(true, true) }, 'arriving'],
    ['on a witness', { isWitness: true }, 'keptOut'],
    ['on a smaller node', { memoryKib: 31_999_999 }, 'keptOut'],
    ['on a node that does not tell its memory', { memoryKib: undefined }, 'pendingReboot'],
    ['edited by somebody else', { policy: policy({ kind: 'foreign' }) }, 'editedOutside'],
    ['of a kubelet that was not read, started without them', { configuration: undefined }, 'pendingReboot'],
    ['of a kubelet that was not read, started with them', { configuration: undefined, nodeArgs: STARTED }, 'unread'],
    ['of a kubelet of which nothing is known', { configuration: undefined, nodeArgs: undefined }, 'unread'],
    ['of a kubelet that was not read, not on disk', { configuration: undefined, rollout: undefined }, 'arriving'],
    ['of no policy', { policy: undefined }, 'unmanaged'],
    ['of a policy that matches no more', { policy: undefined, former: MEMORY_EVICTION, nodeArgs: STARTED, configuration: EFFECTIVE }, 'leftBehind'],
    ['of a policy that matched and is gone', { policy: undefined, former: MEMORY_EVICTION }, 'unmanaged'],
    ['of a policy that matched, of a node that tells nothing', { policy: undefined, former: MEMORY_EVICTION, nodeArgs: undefined }, 'unread'],
    ['of a policy that said nothing', { policy: undefined, former: {} }, 'unmanaged'],
    ['to be removed at the next boot', { policy: REMOVAL, former: MEMORY_EVICTION, nodeArgs: STARTED }, 'pendingReboot'],
    ['to be removed, not on disk yet', { policy: REMOVAL, former: MEMORY_EVICTION, nodeArgs: STARTED, rollout: rollout(true, true) }, 'arriving'],
    ['to be removed, not on disk yet, start unknown', { policy: REMOVAL, former: MEMORY_EVICTION, nodeArgs: undefined, rollout: undefined }, 'arriving'],
    ['to be removed, start unknown', { policy: REMOVAL, former: MEMORY_EVICTION, nodeArgs: undefined }, 'unread'],
    ['removed', { policy: REMOVAL, former: MEMORY_EVICTION }, 'inSync'],
    ['removed, never having been there', { policy: REMOVAL }, 'inSync'],
    ['removed, not on disk yet', { policy: REMOVAL, rollout: undefined }, 'arriving'],
  ])('of settings %s', (_, change, state) => {
    expect(driftOf({ ...NODE, ...change }).state).toBe(state);
  });

  it('shows what differs', () => {
    expect(driftOf(NODE).differences).toStrictEqual([
      { field: { setting: 'evictionHard', key: 'memory.available' }, desired: '6Gi', effective: undefined },
      { field: { setting: 'evictionMinimumReclaim', key: 'imagefs.available' }, desired: '10%', effective: undefined },
      { field: { setting: 'evictionMinimumReclaim', key: 'memory.available' }, desired: '4Gi', effective: undefined },
      { field: { setting: 'evictionMinimumReclaim', key: 'nodefs.available' }, desired: '10%', effective: undefined },
      { field: { setting: 'systemReserved', key: 'memory' }, desired: '2Gi', effective: undefined },
    ]);
  });
});

describe('differences', () => {
  it('are none in what settings do not write, however durations are written', () => {
    expect(differences({ evictionPressureTransitionPeriod: '300s' }, UNTOUCHED)).toStrictEqual([]);
    expect(differences({}, EFFECTIVE)).toStrictEqual([]);
    expect(differences({ evictionSoft: {}, systemReserved: {} }, EFFECTIVE)).toStrictEqual([]);
  });

  it('are found in scalars, and in signals that another layer adds', () => {
    expect(differences({ evictionHard: { 'imagefs.available': '5%' }, evictionMaxPodGracePeriod: 120, evictionPressureTransitionPeriod: '90s' }, UNTOUCHED)).toStrictEqual([
      { field: { setting: 'evictionHard', key: 'nodefs.available' }, desired: undefined, effective: '5%' },
      { field: { setting: 'evictionMaxPodGracePeriod' }, desired: 120, effective: 0 },
      { field: { setting: 'evictionPressureTransitionPeriod' }, desired: '90s', effective: '5m0s' },
    ]);
  });
});
