import { axe } from 'jest-axe';
import { GI, node } from '../../planner/__tests__/fixtures';
import { nodeOf } from '../../planner/node/__tests__/pods';
import { ANSWERS, FORBIDDEN, MEASURED, open, part, settle, useNodeTab } from './scene';

useNodeTab();

describe('what is missing is said', () => {
  it('while the first sample is on its way', async() => {
    const tab = await open({ answers: { configz: new Promise(() => {}), summary: new Promise(() => {}) } });

    expect(part(tab, 'np-node-notice-loading')).toBe('Reading the kubelet…');
    expect(part(tab, 'np-signal-memory.available')).toMatch(/Not known/);
  });

  it('without nodes/proxy: the right, and what the control plane knows', async() => {
    const tab = await open({ answers: { configz: FORBIDDEN, summary: FORBIDDEN } });

    expect(part(tab, 'np-node-notice-kubelet.forbidden')).toContain('get nodes/proxy');
    expect(part(tab, 'np-part-withheld')).toContain('8 GiB');
    expect(tab.wrapper.text()).not.toMatch(/\bClear\b|No threshold/);
    jest.useRealTimers();
    expect((await axe(tab.wrapper.element)).violations).toStrictEqual([]);
  });

  it('with the coarse figure of metrics-server, where there is one', async() => {
    const tab = await open({ answers: { configz: FORBIDDEN, summary: FORBIDDEN, metrics: { usage: { memory: '40Gi' } } } });

    await settle();
    expect(part(tab, 'np-node-notice-metrics.use')).toMatch(/^metrics-server sees 40 GiB of 64 GiB of memory in use, \ds ago/);
  });

  it.each([
    ['metrics.notFound', { _status: 404, message: 'not found' }, /no metrics-server/],
    ['metrics.forbidden', { _status: 403, message: 'no' }, /needs the right get nodes\.metrics\.k8s\.io/],
    ['metrics.failed', { _status: 503, message: 'unavailable' }, /does not answer properly.*unavailable/],
  ])('without that figure: %s', async(code, metrics, expected) => {
    const tab = await open({ answers: { configz: FORBIDDEN, summary: FORBIDDEN, metrics } });

    await settle();
    expect(part(tab, `np-node-notice-${ code }`)).toMatch(expected);
  });

  it('of a pod without figures', async() => {
    const { pods, summary } = nodeOf({ idle: {}, web: { usesGi: 1 } }, MEASURED.summary.node);
    const tab = await open({ answers: { pods: { items: pods }, summary } });

    expect(part(tab, 'np-evicted-idle')).toMatch(/^1.*The kubelet knows no use of it and takes it first/s);
  });

  it('of a Windows node', async() => {
    const { status, ...rest } = node();
    const tab = await open({ node: { ...rest, status: { ...status, nodeInfo: { operatingSystem: 'windows' } } }, answers: { summary: { node: { ...MEASURED.summary.node, fs: undefined, rlimit: undefined }, pods: [] } } });

    expect(part(tab, 'np-node-notice-windows')).toContain('committed memory');
    expect(tab.wrapper.find('[data-testid="np-signal-pid.available"]').exists()).toBe(false);
  });

  it('when pods may not be listed', async() => {
    const tab = await open({ answers: { pods: { _status: 403, message: 'pods is forbidden: User "u" cannot list resource "pods" in API group "" at the cluster scope' } } });

    expect(part(tab, 'np-node-notice-pods.forbidden')).toContain('list pods');
    expect(part(tab, 'np-section-order')).toContain('The order is not known yet');
  });

  it('when the node is not ready: the last figures with their age', async() => {
    const tab = await open();

    tab.state.node = node({ ready: 'Unknown' });
    tab.answers.summary = { _status: 502, message: 'bad gateway' };
    tab.answers.configz = { _status: 502, message: 'bad gateway' };
    await settle(65_000);
    expect(part(tab, 'np-node-notice-notReady')).toMatch(/The last figures are 1m old/);
    expect(part(tab, 'np-signal-memory.available')).toContain('14 GiB of 64 GiB');

    tab.state.node = node();
    tab.answers.summary = ANSWERS.summary;
    tab.answers.configz = ANSWERS.configz;
    await settle(61_000);
    expect(tab.wrapper.find('[data-testid^="np-node-notice"]').exists()).toBe(false);
  });

  it('when an answer cannot be understood', async() => {
    const tab = await open({ answers: { configz: 'nonsense' } });

    expect(part(tab, 'np-node-notice-kubelet.badData')).toMatch(/not understood/);
  });

  it('when a figure cannot be true', async() => {
    const { node: measured, pods } = MEASURED.summary;
    const tab = await open({ answers: { summary: { pods, node: { ...measured, memory: { workingSetBytes: GI, availableBytes: -5 } } } } });

    expect(part(tab, 'np-signal-memory.available')).toMatch(/Impossible figure.*Less than nothing is available/s);
  });

  it('of a witness, and of a cluster that is not Harvester', async() => {
    const tab = await open({ node: node({ labels: { 'node-role.harvesterhci.io/witness': 'true' } }) });

    expect(part(tab, 'np-node-notice-witness')).toContain('quorum');
    tab.wrapper.unmount();
    expect(part(await open({ harvester: false }), 'np-node-notice-notHarvester')).toContain('Not a Harvester cluster');
  });

  it('when the node itself cannot be loaded; trying again helps', async() => {
    const find = jest.fn(async() => Promise.reject(Object.assign(new Error('gone'), { _status: 404 })));
    const tab = await open({ node: undefined, find });

    expect(part(tab, 'np-problem')).toMatch(/The node could not be loaded.*gone/s);
    await tab.wrapper.find('[data-testid="np-retry"]').trigger('click');
    await settle();
    expect(find).toHaveBeenCalledTimes(2);
    tab.state.node = node();
    await settle();
    expect(part(tab, 'np-signal-memory.available')).toContain('14 GiB of 64 GiB');
  });

  it('when the user may not see the node: the right is named', async() => {
    const tab = await open({ node: undefined, find: async() => Promise.reject(Object.assign(new Error('no'), { _status: 403 })) });

    expect(part(tab, 'np-problem')).toMatch(/You may not see this node.*the right get nodes/s);
  });
});
