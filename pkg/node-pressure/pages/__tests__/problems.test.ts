import { HEALTHY, pageUnderTest } from './page';
import { rejection } from './stage';

const { open, text, verdict, cells } = pageUnderTest();

describe('a value that cannot be had', () => {
  const denied = rejection(403, 'nodes "node-1" is forbidden: User "u" cannot get resource "nodes/proxy" in API group "" at the cluster scope');

  it('names the right that is missing, and what is shown without it', async() => {
    const { scrollTo, pass, urls } = await open({ ...HEALTHY, answers: { ...HEALTHY.answers, configz: () => denied, summary: () => denied } });

    await scrollTo('node-1', 'node-2');
    expect(text('np-notice-kubeletForbidden')).toContain('need the right get nodes/proxy, which your account lacks');
    expect(cells().map((row) => [row[0], row[3]])).toStrictEqual([['No hard threshold Ready', 'No hard threshold'], ['Not readable Ready', 'Needs the right get nodes/proxy']]);
    expect(cells().map((row) => row[2])).toStrictEqual(['≈ 19 GiB of 64 GiB', '≈ 49 GiB of 64 GiB']);

    // An admin must mend it first: no knocking meanwhile
    urls.length = 0;
    await pass(120_000);
    expect(urls.filter((url) => url.includes('proxy'))).toStrictEqual([]);
  });

  it('says when there is no metrics-server', async() => {
    await open({ ...HEALTHY, answers: { ...HEALTHY.answers, metrics: () => rejection(404, 'the server could not find the requested resource') } });

    expect(text('np-notice-metricsMissing')).toContain('no metrics-server');
    expect(cells().map((row) => row[2])).toStrictEqual(['Not known', 'Not known']);
  });

  it('grows stale with its age and is never shown as the present', async() => {
    const { scrollTo, answers, pass } = await open({ nodes: [{ name: 'node-1' }], answers: { configz: HEALTHY.answers.configz, summary: HEALTHY.answers.summary } });

    await scrollTo('node-1');
    Object.assign(answers, { summary: () => rejection(503, 'error trying to reach service: dial tcp') });
    await pass(135_000);

    expect(cells()[0]?.slice(0, 4)).toStrictEqual(['Out of date Ready One second to stop', 'node-1 Worker', '50 GiB of 64 GiB, 2m ago', '8 GiB to go, 2m ago of the node’s memory']);
    expect(verdict()).toBe('The figures of node-1 are out of date.');
  });

  it('is a kubelet’s answer that makes no sense', async() => {
    const { scrollTo } = await open({ nodes: [{ name: 'node-1' }], answers: { configz: () => 'I am a teapot', summary: () => [] } });

    await scrollTo('node-1');

    expect(cells()[0]?.[3]).toBe('Kubelet answer not understood');
  });
});

describe('without a table', () => {
  it('says that the cluster is no Harvester cluster', async() => {
    const { wrapper, urls } = await open({ provider: 'rke2' });

    expect(text('np-problem')).toContain('Not a Harvester cluster');
    expect(wrapper.find('h1').text()).toBe('Node Pressure');
    expect(urls).toStrictEqual([]);
  });

  it('says that there are no nodes', async() => {
    await open({ nodes: [] });

    expect(text('np-problem')).toContain('No nodes');
  });

  it('names the right to list nodes when the user has none', async() => {
    await open({ schemas: [] });

    expect(text('np-problem')).toContain('Ask an administrator for the right list nodes.');
  });

  it('says why the nodes could not be loaded, and tries again', async() => {
    const findAll = jest.fn(async() => {}).mockImplementationOnce(async() => Promise.reject(rejection(500, 'etcd is gone')));
    const { wrapper, pass } = await open({ findAll });

    expect(text('np-problem')).toContain('etcd is gone');
    await wrapper.find('[data-testid="np-retry"]').trigger('click');
    await pass(1);
    expect(cells()).toHaveLength(1);
  });

  it('says that it is loading', async() => {
    const { wrapper } = await open({ findAll: () => new Promise(() => {}) });

    expect(wrapper.find('[aria-busy="true"]').text()).toBe('Loading nodes…');
  });
});
