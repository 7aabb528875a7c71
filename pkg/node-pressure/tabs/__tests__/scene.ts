import { config, flushPromises, mount, type VueWrapper } from '@vue/test-utils';
import IntlMessageFormat from 'intl-messageformat';
import { reactive } from 'vue';
import { createMemoryHistory, createRouter, type Router } from 'vue-router';
import { createStore } from 'vuex';
import en from '../../l10n/en-us.yaml';
import { launcherOf, nodeOf } from '../../planner/node/__tests__/pods';
import { DESIGN_SETTINGS, GI, node } from '../../planner/__tests__/fixtures';
import type { Node } from '../../harvester/node';
import { CLOUD_INIT_TYPE } from '../../planner/settings/policy';
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

export const MEASURED = nodeOf({
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
  nodeEvents: unknown;
  podEvents: unknown;
}

const NOTHING = { items: [] };

/** Which of the answers an address asks for. */
function asked(url: string): keyof Answers | undefined {
  if (url.includes('/events?')) {
    return url.includes('kind%3DNode') ? 'nodeEvents' : url.includes('type%3DWarning') ? 'podEvents' : undefined;
  }
  const [, what = 'pods'] = /(configz|summary|metrics)/.exec(url) ?? [];

  return what as keyof Answers;
}

export const ANSWERS: Answers = {
  configz: { kubeletconfig: DESIGN_SETTINGS }, summary: MEASURED.summary, pods: { items: MEASURED.pods }, metrics: { _status: 404, message: '404 page not found' }, nodeEvents: NOTHING, podEvents: NOTHING,
};
export const FORBIDDEN = { _status: 403, message: 'nodes "node-1" is forbidden: User "u" cannot get resource "nodes/proxy" in API group "" at the cluster scope' };

export interface SceneOptions {
  readonly answers?: Partial<Answers>;
  /** What the store holds. */
  readonly node?: Node;
  /** What Explorer hands over. */
  readonly resource?: Node;
  readonly harvester?: boolean;
  readonly hash?: string;
  readonly find?: () => Promise<void>;
  readonly cloudInits?: readonly unknown[];
  /** Types that the user may not list. */
  readonly unlisted?: readonly string[];
}

export interface Scene {
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
      'harvester/all':        () => (type: string) => (type === 'kubevirt.io.virtualmachine' ? vms : type === CLOUD_INIT_TYPE ? options.cloudInits ?? [] : []),
      'harvester/schemaFor':  () => (type: string) => (options.unlisted?.includes(type) ? undefined : { collectionMethods: ['GET'] }),
      'management/schemaFor': () => () => undefined,
    },
    actions: {
      'harvester/findAll': async() => {},
      'harvester/find':    options.find ?? (async() => {}),
      'harvester/request': (_context, { url }: RequestOptions) => {
        requests.push(url);
        const what = asked(url);

        return answer(what ? answers[what] : NOTHING);
      },
    },
  });
  const router = createRouter({
    history: createMemoryHistory(),
    routes:  [
      { name: 'harvester-c-cluster-resource', path: '/:product/c/:cluster/:resource', component: {} },
      { name: 'harvester-c-cluster-resource-id', path: '/:product/c/:cluster/:resource/:id', component: {} },
      { name: 'harvester-c-cluster-resource-namespace-id', path: '/:product/c/:cluster/:resource/:namespace/:id', component: {} },
      { name: 'c-cluster-product-resource-namespace-id', path: '/c/:cluster/:product/:resource/:namespace/:id', component: {} },
    ],
  });

  await router.push({ path: '/harvester/c/c-1/harvesterhci.io.host/node-1', hash: options.hash ?? `#${ EVICTION_TAB }` });
  const wrapper = mount(NodeEviction, { attachTo: document.body, props: { resource: options.resource }, global: { plugins: [store, router] } });

  await settle();

  return { wrapper, requests, router, state, answers };
}

/** Until answers are shown: they come in batches. */
export async function settle(milliseconds = 500): Promise<void> {
  await jest.advanceTimersByTimeAsync(milliseconds);
  await flushPromises();
}

export function setVisibility(value: 'visible' | 'hidden'): void {
  Object.defineProperty(document, 'visibilityState', { value, configurable: true });
  document.dispatchEvent(new Event('visibilitychange'));
}

export const part = ({ wrapper }: Scene, id: string): string => wrapper.find(`[data-testid="${ id }"]`).text();

let opened: Scene | undefined;

/** Opens the tab of node-1. */
export async function open(options: SceneOptions = {}): Promise<Scene> {
  opened = await scene({ node: node(), ...options });

  return opened;
}

/** Prepares a file of tests of the tab. */
export function useNodeTab(): void {
  beforeAll(() => {
    // The texts themselves, not their keys
    delete config.global.mocks['t'];
  });
  beforeEach(() => {
    jest.useFakeTimers();
    setVisibility('visible');
  });
  afterEach(() => {
    opened?.wrapper.unmount();
    opened = undefined;
    jest.useRealTimers();
  });
}
