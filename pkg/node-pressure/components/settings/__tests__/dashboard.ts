import { config, flushPromises, mount, type VueWrapper } from '@vue/test-utils';
import IntlMessageFormat from 'intl-messageformat';
import type { Component } from 'vue';
import { createMemoryHistory, createRouter } from 'vue-router';
import { createStore } from 'vuex';
import en from '../../../l10n/en-us.yaml';
import type { RequestOptions } from '../../../steve/request';

type Texts = { readonly [key: string]: string | Texts };

/** The text as the Dashboard prints it; one that is missing is an error. */
function translate(key: string, params: Record<string, string | number> = {}): string {
  const text = key.split('.').reduce<string | Texts | undefined>((texts, part) => (typeof texts === 'object' ? texts[part] : undefined), en as Texts);

  if (typeof text !== 'string') {
    throw new Error(`no text ${ key }`);
  }

  return text.includes('{') ? new IntlMessageFormat(text, 'en').format(params) as string : text;
}

// Test-utils would put this mock in the place of our components' own `t`
delete config.global.mocks['t'];

/** What the API server answers; a body with a status is a refusal. */
export type Answer = (options: RequestOptions) => unknown;

/** A component of the settings in a Dashboard: its texts, its user, and an API server behind it. */
export interface Dashboard {
  readonly wrapper: VueWrapper;
  readonly requests: RequestOptions[];
  readonly growls: { readonly title: string; readonly message: string }[];
  /** The text of an element; empty where it is not there. */
  text(testId: string): string;
  has(testId: string): boolean;
  isDisabled(testId: string): boolean;
  click(testId: string): Promise<void>;
  type(testId: string, text: string): Promise<void>;
}

export interface DashboardOptions {
  readonly answer?: Answer;
  /** Objects of the Dashboard's store, by type. */
  readonly objects?: Readonly<Record<string, readonly unknown[]>>;
  /** As the Dashboard names it; texts stay English. */
  readonly language?: string;
  /** Types that the user may not see at all. */
  readonly hidden?: readonly string[];
}

/** Mounts a component; `props` may have listeners such as `onSaved`. */
export function open(component: Component, props: Record<string, unknown>, { answer = () => ({ _status: 404, message: 'not found' }), objects = {}, language = 'en-us', hidden = [] }: DashboardOptions = {}): Dashboard {
  const requests: RequestOptions[] = [];
  const growls: Dashboard['growls'] = [];
  const store = createStore({
    getters: {
      'i18n/t':              () => translate,
      'i18n/current':        () => () => language,
      'auth/user':           () => ({ displayName: 'Ada' }),
      'auth/principalId':    () => 'local://u-1',
      currentProduct:        () => ({ name: 'harvester', inStore: 'harvester' }),
      clusterId:             () => 'c-1',
      currentCluster:        () => ({ metadata: {}, status: { provider: 'harvester' } }),
      'harvester/schemaFor': () => (type: string) => (hidden.includes(type) ? undefined : { collectionMethods: ['GET', 'POST'], resourceMethods: ['GET', 'PUT', 'DELETE'] }),
      'harvester/all':       () => (type: string) => objects[type] ?? [],
    },
    actions: {
      'harvester/findAll': async() => {},
      'growl/success':     (_context, growl) => growls.push(growl),
      'harvester/request': async(_context, options: RequestOptions) => {
        requests.push(options);
        const body = await answer(options);

        return typeof body === 'object' && body !== null && '_status' in body ? Promise.reject(body) : body;
      },
    },
  });
  // Without any page of the Dashboard's, so that names are plain text
  const router = createRouter({ history: createMemoryHistory(), routes: [{ path: '/', component: {} }] });
  const wrapper = mount(component, { props, attachTo: document.body, global: { plugins: [store, router] } });
  const find = (testId: string) => wrapper.find(`[data-testid="${ testId }"]`);

  return {
    wrapper, requests, growls,
    text:       (testId) => (find(testId).exists() ? find(testId).text().replace(/\s+/g, ' ') : ''),
    has:        (testId) => find(testId).exists(),
    isDisabled: (testId) => (find(testId).element as HTMLButtonElement).disabled,
    async click(testId) {
      await find(testId).trigger('click');
      await flushPromises();
    },
    async type(testId, text) {
      await find(testId).setValue(text);
      await flushPromises();
    },
  };
}
