import { config, flushPromises, mount, type VueWrapper } from '@vue/test-utils';
import IntlMessageFormat from 'intl-messageformat';
import { axe } from 'jest-axe';
import { reactive } from 'vue';
import { createMemoryHistory, createRouter, type Router } from 'vue-router';
import { createStore } from 'vuex';
import en from '../../l10n/en-us.yaml';
import { launcherOf, nodeOf } from '../../planner/node/__tests__/pods';
import { DESIGN_SETTINGS, GI, node, RKE2_DEFAULTS } from '../../planner/__tests__/fixtures';
import type { Node } from '../../harvester/node';
import type { RequestOptions } from '../../steve/request';
import { EVICTION_TAB } from '../../product';
import NodeEviction from '../NodeEviction.vue';

type Texts = { readonly [key: string]: string | Texts };

/** The text as the Dashboard prints it. */
function translate(key: string, params: Record<string, string | number>): string {
  const text = key.split('.').reduce<string | Texts | undefined>((texts, part) => (typeof texts === 'object' ? texts[part] : undefined), en as Texts);

  if (typeof text !== 'string') {
    throw new Error(`no text ${ key }`);
  }

  return text.includes('{') ? new IntlMessageFormat(text, 'en').format(params) : text;
}

const MEASURED = nodeOf({
  db:     { usesGi: 5, requests: { memory: '2Gi' }, pod: launcherOf('db-1'), limits: { memory: '8Gi' } },
  web:    { usesGi: 1, requests: { memory: '2Gi' } },
  vital:  { usesGi: 1, priority: 2_000_000_000 },
}, {
  memory:           { workingSetBytes: 50 * GI, availableBytes: 14 * GI },
  fs:               { availableBytes: 60 * GI, capacityBytes: 100 * GI, inodes: 1000, inodesFree: 900 },
  rlimit:           { maxpid: 1000, curproc: 100 },
  systemContainers: [{ name: 'pods', memory: { workingSetBytes: 40 * GI, availableBytes: 16 * GI } }],
});

interface Answers {
  configz: unknown;
  summary: unknown;
  pods: unknown;
  metrics: unknown;
}

const ANSWERS: Answers = {
  configz: { kubeletconfig: DESIGN_SETTINGS }, summary: MEASURED.summary, pods: { items: MEASURED.pods }, metrics: { items: [] },
};
const FORBIDDEN = { _status: 403, message: 'nodes "node-1" is forbidden: User "u" cannot get resource "nodes/proxy" in API group "" at the cluster scope' };

interface SceneOptions {
  readonly answers?: Partial<Answers>;
  /** What the store holds. */
  readonly node?: Node;
  /** What Explorer hands over. */
  readonly resource?: Node;
  readonly harvester?: boolean;
  readonly hash?: string;
  readonly find?: () => Promise<void>;
}

interface Scene {
  readonly wrapper: VueWrapper;
  readonly requests: string[];
  readonly router: Router;
  readonly state: { node: Node | undefined };
  readonly answers: Answers;
}

/** Anything with a status is a refusal. */
async function answer(body: unknown): Promise<unknown> {
  return typeof body === 'object' && body !== null && '_status' in body ? Promise.reject(body) : body;
}

async function scene(options: SceneOptions = {}): Promise<Scene> {
  const requests: string[] = [];
  const answers = { ...ANSWERS, ...options.answers };
  const state = reactive({ node: options.node }) as Scene['state'];
  const vms = [{ metadata: { name: 'db-1', namespace: 'prod' }, spec: { runStrategy: 'Manual' } }];
  const store = createStore({
    getters: {
      currentProduct:         () => ({ name: 'harvester', inStore: 'harvester' }),
      clusterId:              () => 'c-1',
      currentCluster:         () => (options.harvester === false ? {} : { status: { provider: 'harvester' } }),
      'i18n/t':               () => translate,
      'harvester/byId':       () => (_type: string, id: string) => (state.node?.metadata.name === id ? state.node : undefined),
      'harvester/all':        () => (type: string) => (type === 'kubevirt.io.virtualmachine' ? vms : []),
      'harvester/schemaFor':  () => () => ({}),
      'management/schemaFor': () => () => undefined,
    },
    actions: {
      'harvester/findAll': async() => {},
      'harvester/find':    options.find ?? (async() => {}),
      'harvester/request': (_context, { url }: RequestOptions) => {
        requests.push(url);
        const [, what = 'pods'] = /(configz|summary|metrics)/.exec(url) ?? [];

        return answer(answers[what as keyof Answers]);
      },
    },
  });
  const router = createRouter({
    history: createMemoryHistory(),
    routes:  [
      { name: 'harvester-c-cluster-resource-id', path: '/:product/c/:cluster/:resource/:id', component: {} },
      { name: 'harvester-c-cluster-resource-namespace-id', path: '/:product/c/:cluster/:resource/:namespace/:id', component: {} },
    ],
  });

  await router.push({ path: '/harvester/c/c-1/harvesterhci.io.host/node-1', hash: options.hash ?? `#${ EVICTION_TAB }` });
  const wrapper = mount(NodeEviction, { attachTo: document.body, props: { resource: options.resource }, global: { plugins: [store, router] } });

  await settle();

  return { wrapper, requests, router, state, answers };
}

/** Until answers are shown: they come in batches. */
async function settle(milliseconds = 500): Promise<void> {
  await jest.advanceTimersByTimeAsync(milliseconds);
  await flushPromises();
}

function setVisibility(value: 'visible' | 'hidden'): void {
  Object.defineProperty(document, 'visibilityState', { value, configurable: true });
  document.dispatchEvent(new Event('visibilitychange'));
}

const part = ({ wrapper }: Scene, id: string): string => wrapper.find(`[data-testid="${ id }"]`).text();

// The texts themselves, not their keys
beforeAll(() => {
  delete config.global.mocks['t'];
});

let opened: Scene | undefined;

async function open(options: SceneOptions = {}): Promise<Scene> {
  opened = await scene({ node: node(), ...options });

  return opened;
}

beforeEach(() => {
  jest.useFakeTimers();
  setVisibility('visible');
});
afterEach(() => {
  opened?.wrapper.unmount();
  opened = undefined;
  jest.useRealTimers();
});

describe('a node that answers', () => {
  it('tells how far each signal is from evicting, and which memory decides', async() => {
    const tab = await open();

    expect(part(tab, 'np-signal-memory.available')).toMatch(/14 GiB of 64 GiB.*6 GiB to go.*Hard below 6Gi \(6 GiB\).*Soft below 8Gi \(8 GiB\) for 1m30s.*Clear/s);
    expect(part(tab, 'np-signal-pid.available')).toMatch(/900 process IDs of 1,000 process IDs.*Off: nothing happens before process IDs run out/s);
    expect(part(tab, 'np-smaller-margin')).toMatch(/^Memory: \S+ GiB to go\. \S+ is the smaller margin/);
    expect(tab.wrapper.findAll('[data-testid^="np-node-notice"]')).toHaveLength(0);
  });

  it('makes a finding of a missing memory threshold', async() => {
    const tab = await open({ answers: { configz: { kubeletconfig: RKE2_DEFAULTS } } });

    expect(part(tab, 'np-signal-memory.available')).toContain('Off: nothing happens before the OOM killer.');
  });

  it('tells who goes first and why, and what that means for a VM', async() => {
    const tab = await open();
    const first = tab.wrapper.find('[data-testid="np-section-order"] tbody tr');

    expect(first.text()).toMatch(/1.*VM.*prod\/db-1.*Uses 3 GiB more than it requests; priority 0.*Stopped abruptly, not migrated\. Stays stopped \(run strategy Manual\)/s);
    expect(first.find('a').attributes('href')).toBe('/harvester/c/c-1/kubevirt.io.virtualmachine/prod/db-1');
    expect(tab.wrapper.find('details').text()).toMatch(/1 pod is never evicted.*prod\/vital: Critical priority 2,000,000,000/s);
  });

  it('tells another order for another resource', async() => {
    const tab = await open();

    await tab.wrapper.find('select').setValue('pid');
    expect(tab.wrapper.find('[data-testid="np-section-order"] tbody').text()).toContain('Runs 0 processes');
  });

  it('tells where its memory goes', async() => {
    const tab = await open();

    expect(part(tab, 'np-part-systemReserved')).toMatch(/system-reserved\s*2 GiB/);
    expect(part(tab, 'np-part-hardEviction')).toMatch(/6 GiB/);
    expect(part(tab, 'np-system-use')).toBe('Reserved 2 GiB, uses 10 GiB outside of pods: 8 GiB too small.');
    expect(part(tab, 'np-worst-case')).toContain('it fits');
  });

  it('tells the configuration and who sets it', async() => {
    const tab = await open({ node: { ...node(), metadata: { ...node().metadata, annotations: { 'rke2.io/node-args': '["server","--kubelet-arg","system-reserved=memory=2Gi"]' } } } });

    expect(part(tab, 'np-configuration-systemReserved-memory')).toMatch(/2Gi\s*Another file or flag/);
    expect(part(tab, 'np-configuration-evictionHard-pid.available')).toContain('Not set');
  });

  it('takes the node that Explorer hands over', async() => {
    const tab = await open({ node: undefined, resource: node() });

    expect(part(tab, 'np-signal-memory.available')).toContain('14 GiB of 64 GiB');
  });

  it('has no accessibility violation', async() => {
    const tab = await open();

    jest.useRealTimers();
    expect((await axe(tab.wrapper.element)).violations).toStrictEqual([]);
  });

  it('shows hostile names as text', async() => {
    const hostile = '<img src=x onerror=alert(1)>';
    const { pods, summary } = nodeOf({ [hostile]: { usesGi: 1 } }, MEASURED.summary.node);
    const tab = await open({ answers: { pods: { items: pods }, summary } });

    expect([tab.wrapper.find('img').exists(), tab.wrapper.text().includes(hostile)]).toStrictEqual([false, true]);
  });
});

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
    await settle(120_000);
    expect(part(tab, 'np-node-notice-notReady')).toMatch(/The last figures are [12]m old/);
    expect(part(tab, 'np-signal-memory.available')).toContain('14 GiB of 64 GiB');

    tab.state.node = node();
    tab.answers.summary = ANSWERS.summary;
    tab.answers.configz = ANSWERS.configz;
    await settle(600_000);
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
    const tab = await open({ node: undefined, find: async() => Promise.reject(Object.assign(new Error('gone'), { _status: 404 })) });

    expect(part(tab, 'np-problem')).toMatch(/The node could not be loaded.*gone/s);
    tab.state.node = node();
    await settle();
    expect(part(tab, 'np-signal-memory.available')).toContain('14 GiB of 64 GiB');
  });
});

describe('reading', () => {
  const exact = ({ requests }: Scene): string[] => requests.filter((url) => url.includes('/proxy/'));

  it('does not begin before the tab is shown', async() => {
    const tab = await open({ hash: '#basics' });

    await settle(600_000);
    expect(tab.requests).toStrictEqual([]);
    await tab.router.replace({ hash: `#${ EVICTION_TAB }` });
    await settle();
    expect(exact(tab)).toHaveLength(2);
  });

  it('stops while another tab or window is shown, and goes on afterwards', async() => {
    const tab = await open();

    setVisibility('hidden');
    const before = tab.requests.length;

    await settle(600_000);
    expect(tab.requests).toHaveLength(before);
    setVisibility('visible');
    await settle();
    expect(tab.requests.length).toBeGreaterThan(before);
  });

  it('asks at most once in ten seconds, for the configuration once a minute, and only for pods of this node', async() => {
    const tab = await open();

    tab.requests.length = 0;
    await settle(60_000);
    expect(tab.requests.filter((url) => url.endsWith('summary')).length).toBeLessThanOrEqual(6);
    expect(tab.requests.filter((url) => url.endsWith('configz')).length).toBeLessThanOrEqual(1);
    expect(new Set(tab.requests.filter((url) => url.includes('/api/v1/pods')))).toStrictEqual(new Set(['/k8s/clusters/c-1/api/v1/pods?fieldSelector=spec.nodeName%3Dnode-1']));
  });

  it('ends when the tab is left', async() => {
    const tab = await open();

    tab.wrapper.unmount();
    const before = tab.requests.length;

    await settle(600_000);
    expect(tab.requests).toHaveLength(before);
  });
});
