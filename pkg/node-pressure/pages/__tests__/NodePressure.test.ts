import type { DOMWrapper } from '@vue/test-utils';
import { axe } from 'jest-axe';
import { DESIGN_SETTINGS, RKE2_DEFAULTS } from '../../planner/__tests__/fixtures';
import { configz, memory, rejection, stage, type Stage, type StageOptions } from './stage';

const GI = 2 ** 30;

// The table is the shell's own, and not a light one
jest.setTimeout(60_000);

let current: Stage;

async function page(options: StageOptions = {}): Promise<Stage> {
  current = await stage(options);

  return current;
}

beforeEach(() => {
  // Not what flushPromises waits with
  jest.useFakeTimers({ doNotFake: ['setImmediate', 'queueMicrotask', 'nextTick'] });
});
afterEach(() => {
  current.wrapper.unmount();
  jest.restoreAllMocks();
  jest.useRealTimers();
});

/** The text of an element as it is read: blocks apart. */
function read({ element }: DOMWrapper<Element>): string {
  const walker = document.createTreeWalker(element, NodeFilter.SHOW_TEXT);
  const words: string[] = [];

  while (walker.nextNode()) {
    words.push(walker.currentNode.textContent ?? '');
  }

  return words.join(' ').replace(/\s+/g, ' ').trim();
}

const text = (testId: string): string => read(current.wrapper.find(`[data-testid="${ testId }"]`));
/** The verdict as it is seen: without what only screen readers are told. */
const verdict = (): string => read(current.wrapper.find('[data-testid="np-verdict-text"]'));
const cells = (): string[][] => current.wrapper.findAll('tr.main-row').map((row) => row.findAll('td').map(read));

const metrics = (usage: Record<string, number>): unknown => ({ items: Object.entries(usage).map(([name, gi]) => ({ metadata: { name }, usage: { memory: `${ gi }Gi` } })) });

const healthy = {
  nodes:   [{ name: 'node-1' }, { name: 'node-2', allocatable: '64Gi' }],
  answers: {
    configz: (name: string) => configz(name === 'node-1' ? DESIGN_SETTINGS : RKE2_DEFAULTS),
    summary: (name: string) => (name === 'node-1' ? memory(50, 14) : memory(20, 44)),
    metrics: () => metrics({ 'node-1': 49, 'node-2': 19 }),
  },
};

describe('what an admin sees first', () => {
  it('is coarse memory of every node from one list', async() => {
    const { urls } = await page(healthy);

    expect(urls).toStrictEqual(['/k8s/clusters/c-1/apis/metrics.k8s.io/v1beta1/nodes']);
    expect(cells().map((row) => row[2])).toStrictEqual(['≈ 19 GiB of 64 GiB', '≈ 49 GiB of 64 GiB']);
  });

  it('is a verdict that does not need to read a kubelet where allocatable tells', async() => {
    await page(healthy);

    expect(verdict()).toBe('node-2 has no hard memory eviction threshold: a fast memory peak there ends in the OOM killer. The kubelets of 2 nodes have not been asked yet.');
  });

  it('is the worst node on top', async() => {
    await page(healthy);

    expect(cells().map((row) => row[1])).toStrictEqual(['node-2 Worker', 'node-1 Worker']);
  });
});

it('announces a verdict when it changes, not with every figure in it', async() => {
  const { scrollTo, answers, pass, wrapper } = await page({ nodes: [{ name: 'node-1' }], answers: { ...healthy.answers, summary: () => memory(57, 7) } });
  const announced = () => wrapper.find('[data-testid="np-verdict"] [role="status"]').text();

  await scrollTo('node-1');
  expect(announced()).toContain('node-1 is past the soft memory threshold');

  Object.assign(answers, { summary: () => memory(40, 24) });
  await pass(15_300);
  expect(announced()).toBe('The node is clear of memory eviction. node-1 is the closest, 18 GiB to go.');

  Object.assign(answers, { summary: () => memory(41, 23) });
  await pass(15_300);
  expect(verdict()).toContain('17 GiB to go');
  expect(announced()).toContain('18 GiB to go');
});

describe('exact values', () => {
  it('are read for the rows in view, and only for those', async() => {
    const { urls, scrollTo } = await page(healthy);

    urls.length = 0;
    await scrollTo('node-1');

    expect(urls).toStrictEqual(['configz', 'stats/summary'].map((path) => `/k8s/clusters/c-1/api/v1/nodes/node-1/proxy/${ path }`));
    expect(cells()[1]).toStrictEqual(['Clear Ready', 'node-1 Worker', '50 GiB of 64 GiB', '8 GiB to go of the node’s memory', 'Hard 6 GiB Soft 8 GiB for 1m30s', 'System 2 GiB', '56 GiB of 64 GiB']);
  });

  it('replace what was inferred', async() => {
    const { scrollTo } = await page(healthy);

    await scrollTo('node-1', 'node-2');

    expect(cells()[0]).toStrictEqual(['No threshold Ready', 'node-2 Worker', '20 GiB of 64 GiB', '44 GiB left until the OOM killer acts', 'Hard off Soft off', 'None', '64 GiB of 64 GiB']);
    expect(verdict()).toBe('node-2 has no memory eviction threshold: a memory peak there ends in the OOM killer.');
  });

  it('are read again after fifteen seconds, the configuration only after five minutes', async() => {
    const { urls, scrollTo, pass } = await page(healthy);

    await scrollTo('node-1');
    urls.length = 0;
    await pass(15_000);

    expect(urls.filter((url) => url.includes('node-1'))).toStrictEqual(['/k8s/clusters/c-1/api/v1/nodes/node-1/proxy/stats/summary']);
    await pass(300_000);
    expect(urls.filter((url) => url.endsWith('configz'))).toHaveLength(1);
  });

  it('are not read any more once the row has left the view', async() => {
    const { urls, scrollTo, pass } = await page(healthy);

    await scrollTo('node-1');
    await scrollTo();
    urls.length = 0;
    await pass(60_000);

    expect(urls.filter((url) => url.includes('proxy'))).toStrictEqual([]);
  });

  it('are read again at once when the kubelet may have been started anew', async() => {
    const { urls, nodes, scrollTo, pass } = await page(healthy);

    await scrollTo('node-1');
    urls.length = 0;
    Object.assign(nodes[0]?.status ?? {}, { nodeInfo: { bootID: 'another' } });
    await pass(1);

    expect(urls.map((url) => url.split('/').at(-1))).toStrictEqual(['configz', 'summary']);
  });
});

describe('a hidden page', () => {
  it('asks nothing, and catches up when it is shown again', async() => {
    const { urls, scrollTo, setVisible, pass } = await page(healthy);

    await scrollTo('node-1');
    await setVisible(false);
    urls.length = 0;
    await pass(3_600_000);
    expect(urls).toStrictEqual([]);

    await setVisible(true);
    expect(urls.map((url) => url.split('/').at(-1)).sort()).toStrictEqual(['configz', 'nodes', 'summary']);
  });

  it('gives up what is under way', async() => {
    const { signals, setVisible } = await page({ ...healthy, answers: { metrics: () => new Promise(() => {}) } });

    await setVisible(false);

    expect(signals.map(({ aborted }) => aborted)).toStrictEqual([true]);
  });

  it('gives up what is under way when it is left', async() => {
    const { signals, wrapper, urls, pass } = await page({ ...healthy, answers: { metrics: () => new Promise(() => {}) } });

    wrapper.unmount();
    await pass(60_000);

    expect([urls.length, signals.map(({ aborted }) => aborted)]).toStrictEqual([1, [true]]);
  });
});

describe('all nodes', () => {
  const many = { ...healthy, nodes: Array.from({ length: 30 }, (_, index) => ({ name: `node-${ index }` })) };

  it('are read on request, so many at once, and then the button is gone', async() => {
    const { wrapper, urls } = await page(many);

    urls.length = 0;
    await wrapper.find('[data-testid="np-read-all"]').trigger('click');
    await current.pass(1);
    expect(new Set(urls).size).toBe(60);
    await current.pass(300);

    expect(wrapper.find('[data-testid="np-read-all"]').exists()).toBe(false);
  });

  it('are read when the order takes it, with progress, and that can be cancelled', async() => {
    const { wrapper, urls, pass } = await page({ ...many, answers: { ...healthy.answers, summary: () => new Promise(() => {}) } });

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

describe('a value that cannot be had', () => {
  const denied = rejection(403, 'nodes "node-1" is forbidden: User "u" cannot get resource "nodes/proxy" in API group "" at the cluster scope');

  it('names the right that is missing, and what is shown without it', async() => {
    const { scrollTo, pass, urls } = await page({ ...healthy, answers: { ...healthy.answers, configz: () => denied, summary: () => denied } });

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
    await page({ ...healthy, answers: { ...healthy.answers, metrics: () => rejection(404, 'the server could not find the requested resource') } });

    expect(text('np-notice-metricsMissing')).toContain('no metrics-server');
    expect(cells().map((row) => row[2])).toStrictEqual(['Not known', 'Not known']);
  });

  it('grows stale with its age and is never shown as the present', async() => {
    const { scrollTo, answers, pass } = await page({ nodes: [{ name: 'node-1' }], answers: { configz: healthy.answers.configz, summary: healthy.answers.summary } });

    await scrollTo('node-1');
    Object.assign(answers, { summary: () => rejection(503, 'error trying to reach service: dial tcp') });
    await pass(135_000);

    expect(cells()[0]?.slice(0, 4)).toStrictEqual(['Out of date Ready', 'node-1 Worker', '50 GiB of 64 GiB, 2m ago', '8 GiB to go, 2m ago of the node’s memory']);
    expect(verdict()).toBe('The figures of node-1 are out of date.');
  });

  it('is a kubelet’s answer that makes no sense', async() => {
    const { scrollTo } = await page({ nodes: [{ name: 'node-1' }], answers: { configz: () => 'I am a teapot', summary: () => [] } });

    await scrollTo('node-1');

    expect(cells()[0]?.[3]).toBe('Kubelet answer not understood');
  });
});

describe('a node that is', () => {
  it.each([
    ['not ready', { ready: 'Unknown' }, 'Not ready NotReady (no contact)'],
    ['under pressure', { pressures: ['MemoryPressure'] }, 'Under pressure Ready, MemoryPressure'],
    ['cordoned', { unschedulable: true }, 'Not asked yet Ready, Cordoned'],
    ['a witness', { labels: { 'node-role.harvesterhci.io/witness': '', 'harvesterhci.io/managed': 'true' }, allocatable: '64Gi' }, 'Witness Ready'],
  ])('%s is shown as that', async(_what, options, state) => {
    await page({ nodes: [options] });

    expect(cells()[0]?.[0]).toBe(state);
  });

  it('not managed by Harvester says so', async() => {
    await page({ nodes: [{ labels: {} }] });

    expect(cells()[0]?.[1]).toBe('node-1 Worker Not managed by Harvester');
  });

  it('named like markup stays text', async() => {
    const name = '<img src=x onerror=alert(1)>';
    const { wrapper } = await page({ nodes: [{ name }] });

    expect(cells()[0]?.[1]).toContain(name);
    expect(wrapper.find('img').exists()).toBe(false);
  });
});

describe('searching', () => {
  it.each([
    ['a name', 'node-2', ['node-2']],
    ['a state in words', 'threshold', ['node-2']],
    ['a role in words', 'worker', ['node-2', 'node-1']],
    ['nothing that is there', 'nowhere', []],
  ])('finds %s', async(_what, words, names) => {
    const { wrapper, pass } = await page(healthy);

    await wrapper.find('input[type="search"]').setValue(words);
    await pass(300);

    expect(cells().map((row) => row[1]?.split(' ')[0])).toStrictEqual(names);
  });
});

describe('node names lead', () => {
  it.each([
    ['harvester' as const, '/harvester/c/c-1/harvesterhci.io.host/node-1'],
    ['explorer' as const, '/c/c-1/explorer/node/node-1'],
  ])('in %s to %s', async(product, href) => {
    const { wrapper } = await page({ product });

    expect(wrapper.find('td a').attributes('href')).toBe(href);
  });
});

describe('without a table', () => {
  it('says that the cluster is no Harvester cluster', async() => {
    const { wrapper, urls } = await page({ provider: 'rke2' });

    expect(text('np-problem')).toContain('Not a Harvester cluster');
    expect(wrapper.find('h1').text()).toBe('Node Pressure');
    expect(urls).toStrictEqual([]);
  });

  it('says that there are no nodes', async() => {
    await page({ nodes: [] });

    expect(text('np-problem')).toContain('No nodes');
  });

  it('names the right to list nodes when the user has none', async() => {
    await page({ schemas: [] });

    expect(text('np-problem')).toContain('Ask an administrator for the right list nodes.');
  });

  it('says why the nodes could not be loaded, and tries again', async() => {
    const findAll = jest.fn(async() => {}).mockImplementationOnce(async() => Promise.reject(rejection(500, 'etcd is gone')));
    const { wrapper, pass } = await page({ findAll });

    expect(text('np-problem')).toContain('etcd is gone');
    await wrapper.find('[data-testid="np-retry"]').trigger('click');
    await pass(1);
    expect(cells()).toHaveLength(1);
  });

  it('says that it is loading', async() => {
    const { wrapper } = await page({ findAll: () => new Promise(() => {}) });

    expect(wrapper.find('[aria-busy="true"]').text()).toBe('Loading nodes…');
  });
});

describe('the feature is', () => {
  it.each([
    ['on', { spec: { value: true }, status: {} }, 'On Containers run'],
    ['off', { spec: { value: null }, status: { default: false } }, 'Off This Rancher'],
    ['locked', { spec: { value: true }, status: { lockedValue: false } }, 'Locked by Rancher'],
    ['not known', undefined, 'Not known Your account'],
  ])('%s', async(_what, feature, words) => {
    await page({ feature });

    expect(text('np-feature')).toContain(words);
  });

  it('not known where Rancher’s features may not be seen', async() => {
    await page({ schemas: ['node'] });

    expect(text('np-feature')).toContain('Not known');
  });
});

describe('tabs', () => {
  it('follow the address, an unknown one being the overview', async() => {
    const { wrapper, router, pass } = await page({ hash: '#nonsense' });

    expect(wrapper.find('[role="tab"][aria-selected="true"]').text()).toBe('Overview');
    await wrapper.find('[role="tab"]').trigger('click');
    await pass(1);
    expect(router.currentRoute.value.hash).toBe('#overview');
  });
});

describe('copying', () => {
  it('puts the table on the clipboard and says so', async() => {
    const writeText = jest.fn(async() => {});

    Object.assign(navigator, { clipboard: { writeText } });
    const { wrapper, scrollTo, pass } = await page(healthy);

    await scrollTo('node-1');
    await wrapper.find('[data-testid="np-copy-csv"]').trigger('click');
    await pass(1);

    expect(writeText).toHaveBeenCalledWith(expect.stringContaining(`node-1,worker,clear,ready,,${ 64 * GI },${ 50 * GI },stats/summary,`));
    expect(text('np-copy-csv')).toBe('Copied');
    await pass(3_000);
    expect(text('np-copy-csv')).toBe('Copy as CSV');
  });

  it('says when the browser does not allow it', async() => {
    Object.assign(navigator, { clipboard: undefined });
    const { wrapper, pass } = await page(healthy);

    await wrapper.find('[data-testid="np-copy-csv"]').trigger('click');
    await pass(1);

    expect(text('np-copy-csv')).toBe('Not copied');
  });
});

describe('accessibility', () => {
  it.each([
    ['with nodes', healthy],
    ['without nodes', { nodes: [] }],
    ['without rights', { schemas: [] }],
    ['on another cluster', { provider: 'rke2' }],
  ])('has no violation %s', async(_what, options: StageOptions) => {
    const { wrapper, scrollTo } = await page(options);

    await scrollTo('node-1', 'node-2');
    jest.useRealTimers();

    expect((await axe(wrapper.element)).violations.map(({ id, nodes }) => [id, nodes.map(({ html }) => html)])).toStrictEqual([]);
  });
});
