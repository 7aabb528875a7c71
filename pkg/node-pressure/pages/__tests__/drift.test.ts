import { kubeletArgsOf } from '../../planner/settings/file';
import { CLOUD_INIT_TYPE, cloudInitFor, type CloudInit } from '../../planner/settings/policy';
import type { Settings } from '../../planner/settings/settings';
import { HEALTHY, pageUnderTest } from './page';
import { memory } from './stage';

const { open, text, cells } = pageUnderTest();

const SETTINGS: Settings = { evictionHard: { 'imagefs.available': '5%', 'memory.available': '8Gi', 'nodefs.available': '5%' } };
const CONDITIONS = [{ type: 'Present', status: 'True' }, { type: 'OutOfSync', status: 'False' }];

function policy(settings: Settings): CloudInit {
  const object = cloudInitFor({ name: 'memory', matchSelector: { 'harvesterhci.io/managed': 'true' }, paused: false, contents: { settings, minimumMemoryKib: 1 } }, { time: '2026-08-21T12:00:00Z', user: 'admin', action: 'created' });

  return { ...object, metadata: { ...object.metadata, resourceVersion: '7' }, status: { rollouts: { 'node-1': { conditions: CONDITIONS }, 'node-2': { conditions: CONDITIONS } } } };
}

const driftCells = () => cells().map((row) => row[7]);

describe('a policy and what the kubelets run with', () => {
  it('differ until the nodes’ next boot, value by value', async() => {
    const { scrollTo } = await open({ ...HEALTHY, objects: { [CLOUD_INIT_TYPE]: [policy(SETTINGS)] } });

    await scrollTo('node-1', 'node-2');
    expect(driftCells()).toStrictEqual([
      'Pending reboot memory 1 value The node has the policy’s settings, and its kubelet runs with them from the next boot on. evictionHard memory.available: 8Gi; runs with not set',
      'Pending reboot memory 1 value The node has the policy’s settings, and its kubelet runs with them from the next boot on. evictionHard memory.available: 8Gi; runs with 6Gi',
    ]);
    expect(text('np-drift')).toBe('2 of 2 nodes run with what their policy says from the next reboot on.');
  });

  it('are not compared before the kubelet was read', async() => {
    await open({ ...HEALTHY, objects: { [CLOUD_INIT_TYPE]: [policy(SETTINGS)] } });

    expect(driftCells()).toStrictEqual(['Not known memory', 'Not known memory']);
  });

  it('may differ for more than one reason', async() => {
    const started = { 'rke2.io/node-args': JSON.stringify(kubeletArgsOf(SETTINGS)) };
    const { nodes, scrollTo, pass } = await open({ ...HEALTHY, objects: { [CLOUD_INIT_TYPE]: [policy(SETTINGS)] } });

    Object.assign(nodes[0]?.metadata ?? {}, { annotations: started, resourceVersion: '2' });
    await scrollTo('node-1', 'node-2');
    await pass(300);
    expect(text('np-drift')).toBe('node-1 was started with its policy’s settings, and another file or flag wins over them. 1 more node differs from the policy for another reason.');
  });

  it('are no matter where there is no policy', async() => {
    const { wrapper } = await open({ ...HEALTHY, objects: { [CLOUD_INIT_TYPE]: [{ metadata: { name: 'odd' } }] } });

    expect(driftCells()).toStrictEqual(['No policy', 'No policy']);
    expect(wrapper.find('[data-testid="np-drift"]').exists()).toBe(false);
  });

  it('are not known where policies may not be seen', async() => {
    await open(HEALTHY);

    expect(driftCells()).toStrictEqual(['Your account may not see policies', 'Your account may not see policies']);
    expect(text('np-notice-policiesForbidden')).toContain('the right list cloudinits.node.harvesterhci.io.');
  });

  it('decide which nodes are listed', async() => {
    const { wrapper, scrollTo, pass } = await open({ ...HEALTHY, objects: { [CLOUD_INIT_TYPE]: [policy({ evictionHard: { 'imagefs.available': '5%', 'nodefs.available': '5%' } })] } });

    await scrollTo('node-1', 'node-2');
    await wrapper.find('select').setValue('drifting');
    await pass(300);
    expect(cells().map((row) => row[1])).toStrictEqual(['node-1 Worker']);
    await wrapper.find('select').setValue('attention');
    await pass(300);
    expect(cells()).toHaveLength(2);
  });
});

describe('while Harvester is upgraded', () => {
  const upgrade = { metadata: { name: 'hvst-upgrade-x' }, spec: { version: 'v1.9.1' }, status: { nodeStatuses: { 'node-1': { state: 'Succeeded' }, 'node-2': { state: 'Pre-drained' } } } };
  const policies = { [CLOUD_INIT_TYPE]: [policy(SETTINGS)] };

  it('what its reboots will do is said, where something waits for them', async() => {
    const { scrollTo } = await open({ ...HEALTHY, objects: { ...policies, 'harvesterhci.io.upgrade': [upgrade] } });

    await scrollTo('node-1', 'node-2');
    expect(text('np-upgrade')).toBe('Harvester is being upgraded to v1.9.1, which reboots one node after the other. 2 nodes take new settings when it reboots them. Pause the policy unless you want that. 1 node is still to come: node-2.');
  });

  it('nothing is said where nothing waits, or once it is over', async() => {
    const { wrapper, scrollTo } = await open({ ...HEALTHY, objects: { [CLOUD_INIT_TYPE]: [], 'harvesterhci.io.upgrade': [upgrade] } });

    await scrollTo('node-1', 'node-2');
    expect(wrapper.find('[data-testid="np-upgrade"]').exists()).toBe(false);
  });
});

describe('who would go first', () => {
  const vmPod = { metadata: { name: 'virt-launcher-db-1-x', namespace: 'prod', uid: 'u', labels: { 'kubevirt.io': 'virt-launcher', 'vm.kubevirt.io/name': 'db-1' } }, spec: { containers: [{ name: 'compute' }] }, status: { phase: 'Running' } };
  const answers = { ...HEALTHY.answers, pods: () => [vmPod] };
  const statsOf = { podRef: { name: vmPod.metadata.name, namespace: 'prod', uid: 'u' }, memory: { workingSetBytes: 1 } };
  const isForPods = (url: string): boolean => url.includes('/pods?');

  it('is a VM that leads to its page, where the kubelet evicts at all', async() => {
    const { wrapper, urls, scrollTo, pass } = await open({ ...HEALTHY, answers });

    await scrollTo('node-1', 'node-2');
    await pass(300);
    expect(cells().map((row) => row[3])).toStrictEqual(['44 GiB left until the OOM killer acts', '8 GiB to go of the node’s memory First to go: VM prod/db-1 stopped, not migrated']);
    expect(wrapper.findAll('a').map((link) => link.attributes('href'))).toContain('/harvester/c/c-1/kubevirt.io.virtualmachine/prod/db-1');
    expect(urls.filter(isForPods)).toHaveLength(1);
  });

  it('is not known without the right to see pods, which is named', async() => {
    const { wrapper, scrollTo, pass } = await open({ ...HEALTHY, respond: ({ url }) => (isForPods(url) ? { _status: 403, message: 'pods is forbidden: User "u" cannot list resource "pods" in API group "" at the cluster scope' } : undefined) });

    expect(wrapper.find('[data-testid="np-notice-podsForbidden"]').exists()).toBe(false);
    await scrollTo('node-1', 'node-2');
    await pass(300);
    expect(text('np-notice-podsForbidden')).toBe('Who would be evicted first is not shown: your account lacks the right list pods.');
    expect(cells().map((row) => row[3])).toStrictEqual(['44 GiB left until the OOM killer acts', '8 GiB to go of the node’s memory']);
  });

  it('is read anew where the kubelet speaks of other pods', async() => {
    const other = { podRef: { name: 'web', namespace: 'shop', uid: 'w' }, memory: { workingSetBytes: 1 } };
    const { urls, answers: now, scrollTo, pass } = await open({ ...HEALTHY, answers: { ...answers, summary: (name) => ({ ...memory(name === 'node-1' ? 50 : 20, 14) as object, pods: [statsOf] }) } });

    await scrollTo('node-1');
    await pass(300);
    expect(cells()[1]?.[3]).toContain('First to go: VM prod/db-1');
    urls.length = 0;
    Object.assign(now, { summary: () => ({ ...memory(50, 14) as object, pods: [other] }), pods: () => [{ ...vmPod, metadata: { name: 'web', namespace: 'shop', uid: 'w' } }] });
    await pass(15_300);
    await pass(300);
    expect(urls.filter(isForPods)).toHaveLength(1);
    expect(cells()[1]?.[3]).toContain('First to go: shop/web');
  });

  it('is forgotten once the row has left the view', async() => {
    const { urls, scrollTo, pass } = await open({ ...HEALTHY, answers });

    await scrollTo('node-1');
    await pass(300);
    expect(cells()[1]?.[3]).toContain('First');
    await scrollTo();
    urls.length = 0;
    await pass(120_000);
    expect(urls.filter(isForPods)).toStrictEqual([]);
    expect(cells()[1]?.[3]).not.toContain('First');
  });

  it('is a pod by its own name, and no link where the Dashboard has no page', async() => {
    const { wrapper, scrollTo, pass } = await open({ ...HEALTHY, product: 'explorer', answers: { ...answers, pods: () => [{ ...vmPod, metadata: { name: 'web', namespace: 'shop', uid: 'u' } }] } });

    await scrollTo('node-1');
    await pass(300);
    expect(cells()[1]?.[3]).toContain('First to go: shop/web');
    expect(wrapper.findAll('a').map((link) => link.text())).not.toContain('shop/web');
  });
});
