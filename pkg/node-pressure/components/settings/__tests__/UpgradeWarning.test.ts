import { flushPromises } from '@vue/test-utils';
import UpgradeWarning from '../UpgradeWarning.vue';
import { open, type DashboardOptions } from './dashboard';

const UPGRADE = 'harvesterhci.io.upgrade';
const upgrade = { metadata: { name: 'hvst-upgrade-x' }, spec: { version: 'v1.9.1' }, status: { nodeStatuses: Object.fromEntries(['a', 'b', 'c', 'd', 'e', 'f', 'g'].map((name) => [name, { state: 'Waiting Reboot' }])) } };

async function warning(objects: Readonly<Record<string, readonly unknown[]>>, props: Record<string, unknown> = {}): Promise<string> {
  const { text, wrapper } = open(UpgradeWarning, props, { objects });

  await flushPromises();
  const words = text('np-upgrade');

  wrapper.unmount();

  return words;
}

it('warns before anything is saved while Harvester is upgraded', async() => {
  expect(await warning({ [UPGRADE]: [upgrade] })).toBe('Harvester is being upgraded to v1.9.1, which reboots one node after the other. Settings saved now take effect on each node when the upgrade reboots it. Wait for its end unless you want that. 7 nodes are still to come: a, b, c, d, e and 2 more.');
});

it('warns of an upgrade by a plan, which does not list nodes', async() => {
  expect(await warning({ 'management.harvesterhci.io.upgradeplan': [{ metadata: { name: 'p' }, status: { currentPhase: 'NodeUpgrading' } }] }, { waiting: 1 }))
    .toBe('Harvester is being upgraded, which reboots one node after the other. 1 node takes new settings when it reboots them. Pause the policy unless you want that.');
});

it('says nothing where no node waits, and where nothing is upgraded', async() => {
  expect(await warning({ [UPGRADE]: [upgrade] }, { waiting: 0 })).toBe('');
  expect(await warning({ [UPGRADE]: [{ ...upgrade, status: { conditions: [{ type: 'Completed', status: 'True' }] } }] })).toBe('');
});

describe('for want of a right', () => {
  const PLAN = 'management.harvesterhci.io.upgradeplan';
  const plans = { resources: [{ name: 'upgradeplans' }] };

  it.each<[string, DashboardOptions, Record<string, unknown>, string]>([
    ['upgrades', { hidden: [UPGRADE] }, {}, 'Whether Harvester is being upgraded, which reboots every node, is not known: your account lacks the right list upgrades.harvesterhci.io.'],
    ['plans', { hidden: [PLAN], answer: () => plans }, { waiting: 1 }, 'Whether Harvester is being upgraded, which reboots every node, is not known: your account lacks the right list upgradeplans.management.harvesterhci.io.'],
    ['plans that an older Harvester does not have', { hidden: [PLAN] }, {}, ''],
    ['plans of another kind', { hidden: [PLAN], answer: () => ({ resources: [{ name: 'versions' }] }) }, {}, ''],
    ['upgrades, where nothing waits for one', { hidden: [UPGRADE] }, { waiting: 0 }, ''],
  ])('says what cannot be known: %s', async(_what, options, props, words) => {
    const { text, wrapper } = open(UpgradeWarning, props, options);

    await flushPromises();
    expect(text('np-upgrade-forbidden')).toBe(words);
    wrapper.unmount();
  });
});
