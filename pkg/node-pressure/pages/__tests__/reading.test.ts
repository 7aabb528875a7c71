import { HEALTHY, pageUnderTest } from './page';

const { open, verdict, cells } = pageUnderTest();

/** For who would go first: only where there is a threshold to go for. */
const PODS = '/k8s/clusters/c-1/api/v1/pods?fieldSelector=spec.nodeName%3Dnode-1';

describe('exact values', () => {
  it('are read for the rows in view, and only for those', async() => {
    const { urls, scrollTo } = await open(HEALTHY);

    urls.length = 0;
    await scrollTo('node-1');

    expect(urls).toStrictEqual([...['configz', 'stats/summary'].map((path) => `/k8s/clusters/c-1/api/v1/nodes/node-1/proxy/${ path }`), PODS]);
    expect(cells()[1]?.slice(0, 7)).toStrictEqual(['Clear Ready One second to stop', 'node-1 Worker', '50 GiB of 64 GiB', '8 GiB to go of the node’s memory', 'Hard 6 GiB Soft 8 GiB for 1m30s', 'System 2 GiB', '56 GiB of 64 GiB']);
  });

  it('replace what was inferred', async() => {
    const { scrollTo } = await open(HEALTHY);

    await scrollTo('node-1', 'node-2');

    expect(cells()[0]?.slice(0, 7)).toStrictEqual(['No threshold Ready Nothing reserved', 'node-2 Worker', '20 GiB of 64 GiB', '44 GiB left until the OOM killer acts', 'Hard off Soft off', 'None', '64 GiB of 64 GiB']);
    expect(verdict()).toBe('node-2 has no memory eviction threshold: a memory peak there ends in the OOM killer.');
  });

  it('are read again after fifteen seconds, the configuration after a minute', async() => {
    const { urls, scrollTo, pass } = await open(HEALTHY);

    await scrollTo('node-1');
    urls.length = 0;
    await pass(15_000);

    expect(urls.filter((url) => url.includes('node-1'))).toStrictEqual(['/k8s/clusters/c-1/api/v1/nodes/node-1/proxy/stats/summary']);
    await pass(45_000);
    expect(urls.filter((url) => url.endsWith('configz'))).toHaveLength(1);
    expect(urls.filter((url) => url.endsWith('summary'))).toHaveLength(4);
  });

  it('are not read any more once the row has left the view', async() => {
    const { urls, scrollTo, pass } = await open(HEALTHY);

    await scrollTo('node-1');
    await scrollTo();
    urls.length = 0;
    await pass(60_000);

    expect(urls.filter((url) => url.includes('proxy'))).toStrictEqual([]);
  });

  it('are read again at once when the kubelet may have been started anew', async() => {
    const { urls, nodes, scrollTo, pass } = await open(HEALTHY);

    await scrollTo('node-1');
    urls.length = 0;
    const [node] = nodes;

    // As the Dashboard's store takes up what it hears: all parts of the object are new ones
    Object.assign(node ?? {}, { metadata: { ...node?.metadata }, status: { ...node?.status, nodeInfo: { bootID: 'another' } } });
    await pass(1);

    expect(urls.map((url) => url.split('/').at(-1))).toStrictEqual(['configz', 'summary']);
  });
});

describe('a hidden page', () => {
  it('asks nothing, and catches up when it is shown again', async() => {
    const { urls, scrollTo, setVisible, pass } = await open(HEALTHY);

    await scrollTo('node-1');
    await setVisible(false);
    urls.length = 0;
    await pass(3_600_000);
    expect(urls).toStrictEqual([]);

    await setVisible(true);
    expect(urls.map((url) => url.split('/').at(-1)).sort()).toStrictEqual(['configz', 'nodes', PODS.split('/').at(-1), 'summary']);
  });

  it('gives up what is under way', async() => {
    const { signals, setVisible } = await open({ ...HEALTHY, answers: { metrics: () => new Promise(() => {}) } });

    await setVisible(false);

    expect(signals.map(({ aborted }) => aborted)).toStrictEqual([true]);
  });

  it('gives up what is under way when it is left', async() => {
    const { signals, wrapper, urls, pass } = await open({ ...HEALTHY, answers: { metrics: () => new Promise(() => {}) } });

    wrapper.unmount();
    await pass(60_000);

    expect([urls.length, signals.map(({ aborted }) => aborted)]).toStrictEqual([1, [true]]);
  });
});

describe('all nodes', () => {
  const many = { ...HEALTHY, nodes: Array.from({ length: 30 }, (_, index) => ({ name: `node-${ index }` })) };

  it('are read on request, so many at once, and then the button is gone', async() => {
    const { wrapper, urls, pass } = await open(many);

    urls.length = 0;
    await wrapper.find('[data-testid="np-read-all"]').trigger('click');
    await pass(1);
    expect(new Set(urls).size).toBe(60);
    await pass(300);

    expect(wrapper.find('[data-testid="np-read-all"]').exists()).toBe(false);
  });

  it('are read when the order takes it, with progress, and that can be cancelled', async() => {
    const { wrapper, urls, pass } = await open({ ...many, answers: { ...HEALTHY.answers, summary: () => new Promise(() => {}) } });

    urls.length = 0;
    await wrapper.findAll('th').find((cell) => cell.text() === 'To eviction')?.trigger('click');
    await pass(300);

    expect(wrapper.find('progress').attributes()).toMatchObject({ max: '30', value: '0' });
    const asked = urls.length;

    // Six kubelets do not answer; the others were not asked
    expect(urls.filter((url) => url.endsWith('summary'))).toHaveLength(6);
    await wrapper.find('[data-testid="np-read-all-cancel"]').trigger('click');
    await pass(30_000);

    expect(urls.filter((url) => url.includes('proxy'))).toHaveLength(asked);
    expect(wrapper.find('progress').exists()).toBe(false);
  });
});
