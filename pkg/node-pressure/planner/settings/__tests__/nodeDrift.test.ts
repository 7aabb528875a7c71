/** @jest-environment node */
import { parseConfigz } from '../../../kubelet/config/configz';
import { node } from '../../__tests__/fixtures';
import { kubeletArgsOf } from '../file';
import { isDrifting, needsExplanation, nodeDrift, policyStandings, takesSettingsAtBoot } from '../nodeDrift';
import { cloudInitFor, type CloudInit } from '../policy';
import type { Settings } from '../settings';
import { MEMORY_EVICTION } from './builders';

const ENTRY = { time: '2026-08-21T12:00:00Z', user: 'admin', action: 'changed' } as const;
const CONDITIONS = [{ type: 'Present', status: 'True' }, { type: 'OutOfSync', status: 'False' }];
const HARVESTERS = ['max-pods=200', 'system-reserved=cpu=400m'];
const OLDER: Settings = { evictionHard: { 'memory.available': '1Gi' } };

interface PolicyOptions {
  readonly matchSelector?: Readonly<Record<string, string>>;
  readonly contents?: Settings | 'removal';
  readonly before?: Settings;
}

function policy(name: string, { matchSelector = { 'harvesterhci.io/managed': 'true' }, contents = MEMORY_EVICTION, before }: PolicyOptions = {}): CloudInit {
  const object = cloudInitFor({ name, matchSelector, paused: false, contents: contents === 'removal' ? 'removal' : { settings: contents, minimumMemoryKib: 1 } }, { ...ENTRY, ...(before && { before }) });

  return { ...object, status: { rollouts: { 'node-1': { conditions: CONDITIONS } } } };
}

function started(...settings: Settings[]) {
  const args = JSON.stringify(['server', ...[...HARVESTERS, ...settings.flatMap(kubeletArgsOf)].flatMap((arg) => ['--kubelet-arg', arg])]);

  return { ...node(), metadata: { ...node().metadata, annotations: { 'rke2.io/node-args': args } } };
}

const EFFECTIVE = parseConfigz({ kubeletconfig: MEMORY_EVICTION });
const elsewhere = { matchSelector: { zone: 'b' } };

describe('a node', () => {
  it('is in sync with the policy that matches it', () => {
    expect(nodeDrift(policyStandings([policy('a'), policy('b', elsewhere)]), started(MEMORY_EVICTION), EFFECTIVE)).toStrictEqual({
      state: 'inSync', tone: 'success', rank: 10, differences: [], otherArguments: [], policy: 'a',
    });
  });

  it('waits for its reboot, and what will change is known', () => {
    const drift = nodeDrift(policyStandings([policy('a')]), started(), parseConfigz({ kubeletconfig: {} }));

    expect(drift).toMatchObject({ state: 'pendingReboot', tone: 'info' });
    expect(takesSettingsAtBoot(drift)).toBe(true);
    expect(drift.differences).toContainEqual({ field: { setting: 'evictionHard', key: 'memory.available' }, desired: '6Gi', effective: undefined });
  });

  it('that two policies match follows the one whose boot file runs last', () => {
    const standings = policyStandings([policy('b', { contents: OLDER }), policy('a')]);

    expect(nodeDrift(standings, started(OLDER), EFFECTIVE).policy).toBe('b');
    expect(nodeDrift([...standings].reverse(), started(OLDER), EFFECTIVE).policy).toBe('b');
  });

  it('that no policy matches any more keeps what one left behind', () => {
    expect(nodeDrift(policyStandings([policy('a', elsewhere)]), started(MEMORY_EVICTION), EFFECTIVE)).toMatchObject({ state: 'leftBehind', policy: 'a' });
    expect(nodeDrift(policyStandings([policy('a', { ...elsewhere, before: OLDER })]), started(OLDER), EFFECTIVE)).toMatchObject({ state: 'leftBehind', policy: 'a' });
  });

  it('whose settings are being removed waits for its next boot', () => {
    const removal = policyStandings([policy('a', { contents: 'removal', before: MEMORY_EVICTION })]);

    expect(nodeDrift(removal, started(MEMORY_EVICTION), EFFECTIVE)).toMatchObject({ state: 'pendingReboot', policy: 'a' });
    expect(nodeDrift(removal, started(), EFFECTIVE)).toMatchObject({ state: 'inSync', policy: 'a' });
    expect(nodeDrift(removal, node(), EFFECTIVE)).toMatchObject({ state: 'unread' });
  });

  it('may have arguments that no policy accounts for', () => {
    expect(nodeDrift([], started(OLDER), EFFECTIVE)).toStrictEqual({
      state: 'setElsewhere', tone: 'info', rank: 7, differences: [], otherArguments: ['eviction-hard=memory.available<1Gi'],
    });
    expect(nodeDrift([], started(), EFFECTIVE)).toMatchObject({ state: 'unmanaged', otherArguments: [] });
  });

  it('that is smaller than what was checked is kept out, and so is one that does not tell its memory not', () => {
    const large = cloudInitFor({ name: 'a', matchSelector: {}, paused: false, contents: { settings: MEMORY_EVICTION, minimumMemoryKib: 2 ** 30 } }, ENTRY);

    expect(nodeDrift(policyStandings([large]), node(), EFFECTIVE).state).toBe('keptOut');
    expect(nodeDrift(policyStandings([large]), { metadata: { name: 'x' } }, EFFECTIVE).state).toBe('inSync');
    expect(nodeDrift(policyStandings([large]), node({ labels: { 'node-role.harvesterhci.io/witness': '' } }), undefined).state).toBe('keptOut');
  });
});

it('is drift only where something is to be done or awaited', () => {
  const states = { leftBehind: policyStandings([policy('a', elsewhere)]), inSync: policyStandings([policy('a')]) };

  expect(isDrifting(nodeDrift(states.leftBehind, started(MEMORY_EVICTION), EFFECTIVE))).toBe(true);
  expect(isDrifting(nodeDrift(states.inSync, started(MEMORY_EVICTION), EFFECTIVE))).toBe(false);
  expect(takesSettingsAtBoot(nodeDrift(states.leftBehind, started(MEMORY_EVICTION), EFFECTIVE))).toBe(false);
  expect(takesSettingsAtBoot(nodeDrift(states.inSync, node(), undefined))).toBe(false);
  expect(takesSettingsAtBoot(nodeDrift(states.inSync, node({ name: 'new' }), undefined))).toBe(true);
});

it('is explained where a word is not enough', () => {
  const [inSync, elsewhereSet, leftBehind, pending] = [
    nodeDrift(policyStandings([policy('a')]), started(MEMORY_EVICTION), EFFECTIVE), nodeDrift([], started(OLDER), EFFECTIVE),
    nodeDrift(policyStandings([policy('a', elsewhere)]), started(MEMORY_EVICTION), EFFECTIVE), nodeDrift(policyStandings([policy('a')]), started(), parseConfigz({ kubeletconfig: {} })),
  ];

  expect([inSync, elsewhereSet, leftBehind, pending].map(needsExplanation)).toStrictEqual([false, true, true, true]);
});

it('calls a policy as people do', () => {
  const named = policy('a');
  const renamed = { ...named, metadata: { ...named.metadata, annotations: { ...named.metadata.annotations, 'node-pressure.harvesterhci.io/display-name': 'Memory' } } };

  expect(nodeDrift(policyStandings([renamed]), started(MEMORY_EVICTION), EFFECTIVE).policy).toBe('Memory');
});

it('reads the policies among the CloudInits, whatever the others say', () => {
  const { metadata, ...rest } = policy('other');

  expect(policyStandings([{ ...rest, metadata: { name: 'other' } }, policy('a')]).map((each) => each.policy.name)).toStrictEqual(['a']);
  expect(policyStandings([{ ...policy('a'), metadata: { ...metadata, name: 'a' }, status: undefined }])[0]?.rollouts).toStrictEqual({});
});
