import shellTexts from '@shell/assets/translations/en-us.yaml';
import { config, flushPromises, mount, type VueWrapper } from '@vue/test-utils';
import IntlMessageFormat from 'intl-messageformat';
import { reactive, type App } from 'vue';
import { createMemoryHistory, createRouter, type Router } from 'vue-router';
import { createStore } from 'vuex';
import type { Feature } from '../../harvester/feature';
import type { Node } from '../../harvester/node';
import en from '../../l10n/en-us.yaml';
import { node, type NodeOptions } from '../../planner/__tests__/fixtures';
import type { RequestOptions } from '../../steve/request';
import NodePressure from '../NodePressure.vue';

const GI = 2 ** 30;
/** The schema of a type that may be listed. */
const LISTED = { collectionMethods: ['GET'] };
const SCREEN = new Set<TestObserver>();

/** Stands in for the browser's layout: everything is out of view until a test scrolls it in. */
class TestObserver {
  private readonly elements = new Set<Element>();

  constructor(private readonly callback: (entries: readonly { isIntersecting: boolean }[]) => void) {
    SCREEN.add(this);
  }

  observe(element: Element): void {
    this.elements.add(element);
  }

  disconnect(): void {
    SCREEN.delete(this);
  }

  scroll(isInView: (element: Element) => boolean): void {
    this.elements.forEach((element) => this.callback([{ isIntersecting: isInView(element) }]));
  }
}

/** What the API server answers to one kubelet read or to the list of metrics; an error object is a rejection. */
export interface Answers {
  configz?: (name: string) => unknown;
  summary?: (name: string) => unknown;
  metrics?: () => unknown;
  /** The pods of one node; none unless a test says so. */
  pods?: (name: string) => readonly unknown[];
}

export interface Rejection { readonly _status: number; readonly message: string }

export function rejection(_status: number, message: string): Rejection {
  return { _status, message };
}

export function configz(kubeletconfig: Record<string, unknown>): unknown {
  return { kubeletconfig };
}

/** A summary of a node's memory, in GiB. */
export function memory(workingSet: number, available: number): unknown {
  return { node: { memory: { workingSetBytes: workingSet * GI, availableBytes: available * GI } }, pods: [] };
}

export interface StageOptions {
  readonly nodes?: readonly NodeOptions[];
  readonly answers?: Answers;
  readonly product?: 'harvester' | 'explorer';
  readonly provider?: string;
  readonly feature?: Feature | undefined;
  readonly schemas?: readonly string[];
  readonly findAll?: () => Promise<void>;
  /** Objects of other types than nodes in the Dashboard's store; a type with objects has a schema, too. */
  readonly objects?: Readonly<Record<string, readonly unknown[]>>;
  readonly hash?: string;
  /** Answers other requests than those of `answers`; undefined leaves them to those. */
  readonly respond?: (options: RequestOptions) => unknown;
}

export interface Stage {
  readonly wrapper: VueWrapper;
  readonly router: Router;
  readonly nodes: Node[];
  readonly urls: string[];
  readonly signals: AbortSignal[];
  readonly answers: Answers;
  /** Brings these rows into view and waits for what that leads to. */
  scrollTo(...names: readonly string[]): Promise<void>;
  /** Lets time pass and everything happen that was waiting for it. */
  pass(milliseconds: number): Promise<void>;
  setVisible(isVisible: boolean): Promise<void>;
}

const texts: unknown = { ...shellTexts, ...en };
const lookUp = (key: string): unknown => key.split('.').reduce((branch: unknown, part) => (branch as Record<string, unknown> | undefined)?.[part], texts);

/** The Dashboard's translation, with the Dashboard's texts and our own. */
function translate(key: string, params?: Record<string, string>): string {
  const text = lookUp(key);

  return typeof text === 'string' ? new IntlMessageFormat(text, 'en').format(params ?? {}) as string : key;
}

// Test-utils would put this mock in the place of our components' own `t`
delete config.global.mocks['t'];

/** What the Dashboard gives all components. */
const dashboard = {
  install(app: App): void {
    Object.assign(app.config.globalProperties, { t: translate, $extension: { getDynamic: () => undefined } });
  },
};

const cleanHtml = (element: HTMLElement, { value }: { value: string }): void => {
  element.textContent = value;
};

function answer(answers: Answers, url: string): unknown {
  const [, name = ''] = /nodes\/([^/]+)\/proxy/.exec(url) ?? [];
  const [, podsNode] = /\/pods\?fieldSelector=spec\.nodeName%3D(.+)$/.exec(url) ?? [];

  if (podsNode !== undefined) {
    return { items: answers.pods?.(podsNode) ?? [] };
  }

  if (url.endsWith('/configz')) {
    return answers.configz?.(name);
  }

  return url.endsWith('/summary') ? answers.summary?.(name) : answers.metrics?.();
}

/** The page in a Dashboard: its store, its router and an API server behind it. */
export async function stage(options: StageOptions = {}): Promise<Stage> {
  const { product = 'harvester', provider = 'harvester', schemas = ['node', 'management.cattle.io.feature'], answers = {}, hash = '' } = options;
  const feature = 'feature' in options ? options.feature : { spec: { value: true }, status: { default: false, lockedValue: null } };
  const nodes = reactive((options.nodes ?? [{}]).map((each) => node(each)));
  const objects: Readonly<Record<string, readonly unknown[]>> = { 'management.harvesterhci.io.upgradeplan': [], ...options.objects };
  const inStore = product === 'harvester' ? 'harvester' : 'cluster';
  const urls: string[] = [];
  const signals: AbortSignal[] = [];

  Object.assign(window, { IntersectionObserver: TestObserver });
  // The Dashboard's class for what only scripts press
  document.head.innerHTML = '<style>.hide { display: none }</style>';
  const store = createStore({
    getters: {
      'i18n/t':                                      () => translate,
      'i18n/exists':                                 () => (key: string) => lookUp(key) !== undefined,
      'prefs/get':                                   () => () => 100,
      activeNamespaceCache:                          () => ({}),
      'resource-fetch/isTooManyItemsToAutoUpdate':   () => false,
      'resource-fetch/manualRefreshIsLoading':       () => false,
      'features/get':                                () => () => true,
      currentProduct:                                () => ({ name: product, inStore }),
      clusterId:                                     () => 'c-1',
      currentCluster:                                () => ({ metadata: {}, status: { provider } }),
      'management/schemaFor':                        () => (type: string) => (schemas.includes(type) ? LISTED : undefined),
      'management/all':                              () => () => [{ id: 'harvester-baremetal-container-workload' }],
      'management/byId':                             () => (_type: string, id: string) => (id === 'harvester' ? undefined : feature),
      [`${ inStore }/schemaFor`]:                    () => (type: string) => (schemas.includes(type) || type in objects ? LISTED : undefined),
      [`${ inStore }/all`]:                          () => (type: string) => objects[type] ?? nodes,
    },
    actions: {
      [`${ inStore }/findAll`]: options.findAll ?? (async() => {}),
      'growl/success':         () => {},
      [`${ inStore }/request`]: async(_context, request: RequestOptions) => {
        const { url, signal } = request;

        urls.push(url);
        signals.push(signal);
        const body = options.respond?.(request) ?? answer(answers, url) ?? rejection(404, 'not found');

        return typeof body === 'object' && body !== null && '_status' in body ? Promise.reject(body) : body;
      },
    },
  });
  const component = { template: '<div />' };
  const router = createRouter({
    history: createMemoryHistory(),
    routes:  [
      { name: 'harvester-c-cluster-resource', path: '/:product/c/:cluster/:resource', component },
      { name: 'harvester-c-cluster-resource-id', path: '/:product/c/:cluster/:resource/:id', component },
      { name: 'harvester-c-cluster-resource-namespace-id', path: '/:product/c/:cluster/:resource/:namespace/:id', component },
      { name: 'c-cluster-product-resource-id', path: '/c/:cluster/:product/:resource/:id', component },
    ],
  });

  await router.push(`/harvester/c/c-1/node-pressure${ hash }`);
  const wrapper = mount(NodePressure, { attachTo: document.body, global: { plugins: [store, router, dashboard], directives: { 'clean-html': cleanHtml } } });

  /** Timers of the page and of the table, and the promises between them. */
  async function pass(milliseconds: number): Promise<void> {
    await flushPromises();
    await jest.advanceTimersByTimeAsync(milliseconds);
    await flushPromises();
  }

  await pass(300);

  return {
    wrapper, router, nodes, urls, signals, answers, pass,
    async scrollTo(...names) {
      SCREEN.forEach((observer) => observer.scroll((element) => names.some((name) => element.textContent?.includes(name))));
      await pass(300);
    },
    async setVisible(isVisible) {
      jest.spyOn(document, 'visibilityState', 'get').mockReturnValue(isVisible ? 'visible' : 'hidden');
      document.dispatchEvent(new Event('visibilitychange'));
      await pass(300);
    },
  };
}
