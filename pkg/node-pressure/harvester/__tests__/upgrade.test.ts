/** @jest-environment node */
import { runningUpgrade, type Upgrade, type UpgradePlan } from '../upgrade';

const upgrade = (status: Upgrade['status'], version?: string): Upgrade => ({ metadata: { name: 'hvst-upgrade-x' }, ...(version !== undefined && { spec: { version } }), ...(status && { status }) });
const completed = (status: string): Upgrade['status'] => ({ conditions: [{ type: 'NodesPrepared', status: 'True' }, { type: 'Completed', status }] });
const plan = (status: UpgradePlan['status']): UpgradePlan => ({ metadata: { name: 'p' }, spec: { version: 'v1.9.1' }, ...(status && { status }) });

describe('an upgrade of Harvester', () => {
  it.each([
    ['is none', [], undefined],
    ['has succeeded', [upgrade(completed('True'))], undefined],
    ['has failed', [upgrade(completed('False'))], undefined],
    ['was just made', [upgrade(undefined, 'v1.9.1')], { version: 'v1.9.1', nodesLeft: [] }],
    ['does not say to what', [upgrade(undefined, '')], { version: undefined, nodesLeft: [] }],
    ['runs beside former ones', [upgrade(completed('False'), 'v1.9.0'), upgrade(completed('Unknown'))], { version: undefined, nodesLeft: [] }],
    ['is not done with every node', [upgrade({ nodeStatuses: { 'node-1': { state: 'Succeeded' }, 'node-2': { state: 'Waiting Reboot' }, 'node-3': {} } }, 'v1.9.1')], { version: 'v1.9.1', nodesLeft: ['node-2', 'node-3'] }],
  ])('that %s', (_what, upgrades, expected) => {
    expect(runningUpgrade(upgrades, [])).toStrictEqual(expected);
  });

  it.each([
    [undefined, true], [{ currentPhase: 'NodeUpgrading' }, true], [{ phase: 'NodeUpgrading' }, true],
    [{ currentPhase: 'Succeeded' }, false], [{ phase: 'Succeeded' }, false], [{ currentPhase: 'Failed', phase: 'NodeUpgrading' }, false],
  ])('by a plan: %j', (status, runs) => {
    expect(runningUpgrade([], [plan(status)])).toStrictEqual(runs ? { version: 'v1.9.1', nodesLeft: [] } : undefined);
  });
});
