import { config, flushPromises, mount, type VueWrapper } from '@vue/test-utils';
import { axe } from 'jest-axe';
import IntlMessageFormat from 'intl-messageformat';
import { reactive } from 'vue';
import { createStore } from 'vuex';
import { useHost } from '../../composables/useHost';
import { usePageActive } from '../../composables/usePageActive';
import en from '../../l10n/en-us.yaml';
import RecoveryNotice from '../RecoveryNotice.vue';

// Test-utils would put this mock in the place of our components' own `t`
delete config.global.mocks['t'];

const NODE = 'node';
const PROJECT = 'management.cattle.io.project';

interface Call { readonly name: string; readonly type: string; readonly id?: string; readonly opt?: unknown; readonly revision?: string; readonly force?: boolean }

interface Params { readonly type: string; readonly id?: string }

interface Scene {
  readonly wrapper: VueWrapper;
  /** Types that are watched, and those with a schema, by store. */
  readonly watched: Set<string>;
  readonly known: Set<string>;
  /** Why types are not watched. */
  readonly errors: Map<string, string>;
  readonly calls: Call[];
  notice(): string;
  /** Lets so many seconds pass. */
  pass(seconds: number): Promise<void>;
  setVisible(isVisible: boolean): Promise<void>;
}

let wrapper: VueWrapper | undefined;

beforeEach(() => {
  // Not what flushPromises waits with
  jest.useFakeTimers({ doNotFake: ['setImmediate', 'queueMicrotask', 'nextTick'], now: Date.UTC(2026, 10, 25, 23, 19) });
});
afterEach(() => {
  wrapper?.unmount();
  jest.restoreAllMocks();
  jest.useRealTimers();
});

/** A page that watches nodes and projects; `read` and `start` are what the Dashboard's store does. */
async function scene({ read = async() => {}, start = () => {}, running = [NODE, PROJECT] }: { read?: () => Promise<void>; start?: (type: string, watched: Set<string>) => void; running?: readonly string[] } = {}): Promise<Scene> {
  const watched = reactive(new Set(['schema', ...running]));
  const known = reactive(new Set([NODE, PROJECT]));
  const errors = reactive(new Map<string, string>());
  const calls: Call[] = [];
  const text = (params: Record<string, string>): string => new IntlMessageFormat((en as { nodePressure: { recovery: { recovered: string } } }).nodePressure.recovery.recovered, 'en').format(params) as string;
  const reading = (name: string) => (_context: unknown, payload: Omit<Call, 'name'>): Promise<void> => {
    calls.push({ name, ...payload });

    return payload.opt ? read() : Promise.resolve();
  };
  const findAll = reading('findAll');
  const find = reading('find');
  const watchOf = (_context: unknown, payload: Omit<Call, 'name'>): void => {
    calls.push({ name: 'watch', ...payload });
    start(payload.id ?? payload.type, watched);
  };
  const store = createStore({
    getters: {
      'i18n/t':                  () => (key: string, params: Record<string, string>) => (key === 'nodePressure.recovery.recovered' ? text(params) : key),
      'i18n/current':            () => () => 'en-us',
      currentProduct:            () => ({ name: 'harvester', inStore: 'harvester' }),
      'harvester/watchStarted':  () => ({ type, id }: Params) => watched.has(id ?? type),
      'harvester/schemaFor':     () => (type: string) => (known.has(type) ? {} : undefined),
      'harvester/inError':       () => ({ type, id }: Params) => errors.get(id ?? type),
      'management/inError':      () => ({ type, id }: Params) => errors.get(id ?? type),
      'management/watchStarted': () => ({ type, id }: Params) => watched.has(id ?? type),
      'management/schemaFor':    () => (type: string) => (known.has(type) ? {} : undefined),
    },
    actions: { 'harvester/findAll': findAll, 'harvester/find': find, 'harvester/watch': watchOf, 'management/findAll': findAll, 'management/watch': watchOf },
  });
  const dashboard = { install: (app: { config: { globalProperties: object } }) => Object.assign(app.config.globalProperties, { t: (key: string) => key }) };
  const page = {
    components: { RecoveryNotice },
    template:   '<RecoveryNotice :active="active" />',
    setup() {
      const host = useHost();

      host.watchAll(NODE);
      host.management.watchAll(PROJECT);
      host.follow(NODE, 'node-1');

      return { active: usePageActive() };
    },
  };
  const mounted = mount(page, { attachTo: document.body, global: { plugins: [store, dashboard] } });

  wrapper = mounted;
  async function pass(seconds: number): Promise<void> {
    await flushPromises();
    await jest.advanceTimersByTimeAsync(seconds * 1000);
    await flushPromises();
  }
  await pass(0);
  calls.length = 0;

  return {
    wrapper: mounted, watched, known, errors, calls, pass,
    notice: () => mounted.find('[data-testid="np-recovery"]').exists() ? mounted.find('[data-testid="np-recovery"]').text() : '',
    async setVisible(isVisible) {
      jest.spyOn(document, 'visibilityState', 'get').mockReturnValue(isVisible ? 'visible' : 'hidden');
      document.dispatchEvent(new Event('visibilitychange'));
      await pass(0);
    },
  };
}

const names = (calls: readonly Call[]): string[] => calls.map(({ name, type }) => `${ name } ${ type }`);

it('asks for watches that ended, and reads everything once they run again', async() => {
  const { watched, calls, pass, notice } = await scene();

  watched.clear();
  await pass(4.9);
  expect(calls).toStrictEqual([]);
  await pass(0.1);
  expect(calls).toStrictEqual([{ name: 'watch', type: NODE, revision: '', force: true }, { name: 'watch', type: PROJECT, revision: '', force: true }]);
  await pass(10);
  expect(calls).toHaveLength(4);
  watched.add(NODE);
  await pass(2);
  watched.add(PROJECT);
  await pass(1.9);
  expect(notice()).toBe('');
  await pass(0.1);
  expect(calls.slice(4)).toStrictEqual([{ name: 'findAll', type: NODE, opt: { force: true, watch: false } }, { name: 'findAll', type: PROJECT, opt: { force: true, watch: false } }]);
  expect(notice()).toMatch(/^The cluster’s API server could not be heard for 19s\. Everything was read anew at 11\/25\/2026, .*:19:19/);
  await pass(600);
  expect(calls).toHaveLength(6);
});

it('leaves a blip to the Dashboard', async() => {
  const { watched, calls, pass, notice } = await scene();

  watched.delete(NODE);
  await pass(1);
  watched.add(NODE);
  await pass(600);
  expect([calls, notice()]).toStrictEqual([[], '']);
});

it('takes watches that end at once for none', async() => {
  const { watched, calls, pass, notice } = await scene();

  watched.delete(NODE);
  await pass(5);
  watched.add(NODE);
  await pass(1.9);
  watched.delete(NODE);
  await pass(0.2);
  expect([names(calls), notice()]).toStrictEqual([['watch node'], '']);
});

it('asks less and less often for as long as nothing is heard', async() => {
  const { watched, calls, pass } = await scene();

  watched.delete(NODE);
  await pass(3600);
  expect(calls.length).toBeGreaterThan(50);
  expect(calls.length).toBeLessThan(70);
});

it('reads again later what could not be read', async() => {
  let isRefused = true;
  const { watched, calls, pass, notice } = await scene({ read: () => (isRefused ? Promise.reject(new Error('429')) : Promise.resolve()), start: (type, all) => all.add(type) });

  watched.delete(NODE);
  await pass(7);
  expect([names(calls), notice()]).toStrictEqual([['watch node', 'findAll node'], '']);
  isRefused = false;
  await pass(19.9);
  expect(notice()).toBe('');
  await pass(0.1);
  expect(names(calls)).toStrictEqual(['watch node', 'findAll node', 'findAll node']);
  expect(notice()).toContain('for 27s');
});

it('begins anew when a watch ends while everything is read', async() => {
  const { watched, calls, pass, notice } = await scene({ read: async() => {
    watched.delete(NODE);
  } });

  watched.delete(NODE);
  await pass(5);
  watched.add(NODE);
  await pass(2);
  expect(notice()).toBe('');
  await pass(20);
  expect(names(calls)).toStrictEqual(['watch node', 'findAll node', 'watch node']);
});

it('asks nothing while the page is hidden, and at once when it is shown', async() => {
  const { watched, calls, pass, setVisible } = await scene();

  await setVisible(false);
  watched.delete(NODE);
  await pass(3600);
  expect(calls).toStrictEqual([]);
  await setVisible(true);
  expect(names(calls)).toStrictEqual(['watch node']);
});

it('leaves alone what the store does not know any more: another cluster is entered', async() => {
  const { watched, known, calls, pass } = await scene();

  known.delete(NODE);
  watched.delete(NODE);
  await pass(600);
  expect(calls).toStrictEqual([]);
});

it.each([
  ['asks for a watch that the Dashboard gave up before the page was opened', 'TOO_OLD', ['watch node', 'findAll node']],
  ['leaves alone what may not be watched', 'NO_WATCH', []],
])('%s', async(_what, reason, expected) => {
  const { errors, calls, pass } = await scene({ running: [PROJECT], start: (type, all) => all.add(type) });

  errors.set(NODE, reason);
  await pass(600);
  expect(names(calls)).toStrictEqual(expected);
});

it('asks for one object where the Dashboard watches that only', async() => {
  const { watched, calls, pass } = await scene({ running: ['node-1'], start: (name, all) => all.add(name) });

  watched.delete('node-1');
  await pass(600);
  expect(calls).toStrictEqual([{ name: 'watch', type: NODE, id: 'node-1', revision: '', force: true }, { name: 'find', type: NODE, id: 'node-1', opt: { force: true, watch: false } }]);
});

it('asks nothing after the page is left', async() => {
  const { watched, calls, pass, wrapper: page } = await scene();

  watched.delete(NODE);
  await pass(1);
  page.unmount();
  await pass(600);
  expect(calls).toStrictEqual([]);
});

it('is read out, has no accessibility violation, and can be dismissed', async() => {
  const { watched, pass, notice, wrapper: page } = await scene({ start: (type, all) => all.add(type) });
  const region = page.find('[role="status"]');

  expect(region.text()).toBe('');
  watched.delete(NODE);
  await pass(7);
  expect(region.text()).toContain('could not be heard');
  jest.useRealTimers();
  expect((await axe(document.body)).violations).toStrictEqual([]);
  await page.find('[role="button"]').trigger('click');
  expect(notice()).toBe('');
});
