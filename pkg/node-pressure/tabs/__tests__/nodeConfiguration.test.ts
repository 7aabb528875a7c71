import { cloudInitFor, CLOUD_INIT_TYPE } from '../../planner/settings/policy';
import { open, part, useNodeTab } from './scene';

useNodeTab();

const entry = { time: '2026-01-01T00:00:00Z', user: 'u', action: 'created' } as const;
const wanted = { evictionHard: { 'memory.available': '9Gi', 'nodefs.available': '5%', 'imagefs.available': '5%' }, evictionMaxPodGracePeriod: 120 };

function policy(contents: Parameters<typeof cloudInitFor>[0]['contents']) {
  const object = cloudInitFor({ name: 'all', matchSelector: { 'harvesterhci.io/managed': 'true' }, paused: false, contents }, entry);

  return { ...object, metadata: { ...object.metadata, resourceVersion: '1' } };
}

it('sets what the policy wants beside what the kubelet runs with', async() => {
  const tab = await open({ cloudInits: [policy({ settings: wanted, minimumMemoryKib: 1 })] });

  expect(part(tab, 'np-configuration-policy')).toMatch(/^Policy all\. Harvester has not brought/);
  expect(part(tab, 'np-configuration-evictionHard-memory.available')).toMatch(/6Gi\s*9Gi\s*differs/);
  expect(part(tab, 'np-configuration-evictionHard-nodefs.available')).not.toContain('differs');
  expect(part(tab, 'np-configuration-evictionMaxPodGracePeriod-')).toMatch(/0\s*120\s*differs/);
  expect(tab.wrapper.find('[data-testid="np-section-configuration"] thead').text()).toContain('Desired');
});

it('has no such column without a policy, and says so', async() => {
  const tab = await open();

  expect(part(tab, 'np-configuration-policy')).toBe('No policy matches this node.');
  expect(tab.wrapper.find('[data-testid="np-section-configuration"] thead').text()).not.toContain('Desired');
});

it('says when policies may not be seen, and nothing of them on another cluster', async() => {
  const tab = await open({ unlisted: [CLOUD_INIT_TYPE] });

  expect(part(tab, 'np-configuration-policy')).toBe('Your account may not see policies: it takes the right list cloudinits.node.harvesterhci.io.');
  tab.wrapper.unmount();
  expect((await open({ harvester: false })).wrapper.find('[data-testid="np-configuration-policy"]').exists()).toBe(false);
});
