import { mount } from '@vue/test-utils';
import { nextTick, shallowRef } from 'vue';
import { checkSettings } from '../../../planner/settings/check';
import type { SettingsNode } from '../../../planner/settings/node';
import { previewSettings } from '../../../planner/settings/preview';
import type { Settings } from '../../../planner/settings/settings';
import { testNode, testPod } from '../../../planner/settings/__tests__/nodes';
import { useCheck, type Check } from '../useCheck';

const SIX: Settings = { evictionHard: { 'memory.available': '6Gi' } };

/** The check of a component that is on the page. */
function scene(settings: Settings, nodes: readonly SettingsNode[]) {
  const [settingsRef, nodesRef] = [shallowRef(settings), shallowRef(nodes)];
  let check!: Check;
  const wrapper = mount({
    setup() {
      check = useCheck(settingsRef, nodesRef);

      return () => null;
    },
  });

  return { settings: settingsRef, nodes: nodesRef, check, wrapper };
}

const NODES = [testNode({ name: 'node-1', pods: [testPod('web', '30Gi')] }), testNode({ name: 'node-2' }), testNode({ name: 'node-3', role: 'witness' })];

let now: number;

beforeEach(() => {
  jest.useFakeTimers();
  now = 0;
  jest.spyOn(performance, 'now').mockImplementation(() => now);
});
afterEach(() => {
  jest.restoreAllMocks();
  jest.useRealTimers();
});

const pass = async(): Promise<void> => {
  await nextTick();
  await jest.runAllTimersAsync();
};

it('finds and foresees what the whole check does', async() => {
  const { check } = scene(SIX, NODES);

  expect([check.checking.value, check.findings.value]).toStrictEqual([true, []]);
  await pass();

  expect(check.checking.value).toBe(false);
  expect(check.findings.value).toStrictEqual(checkSettings(SIX, NODES));
  expect(check.preview.value).toStrictEqual(previewSettings(SIX, NODES));
});

it('says at once what no kubelet starts with, and drops the preview', async() => {
  const { check, settings } = scene(SIX, NODES);

  await pass();
  settings.value = { evictionHard: { 'memory.available': '6GiB' } };

  expect(check.findings.value.map(({ code }) => code)).toStrictEqual(['quantitySyntax']);
  await nextTick();
  expect([check.checking.value, check.preview.value]).toStrictEqual([false, undefined]);

  settings.value = SIX;
  await nextTick();
  expect(check.checking.value).toBe(true);
  await pass();
  expect(check.findings.value).toStrictEqual(checkSettings(SIX, NODES));
});

it('gives the browser its turn after every slice', async() => {
  const slow = Array.from({ length: 4 }, (_, index) => testNode({ name: `node-${ index }` }));

  // Every look at the clock takes 12 ms: two nodes fill a slice
  jest.spyOn(performance, 'now').mockImplementation(() => (now += 12));
  const { check } = scene(SIX, slow);
  let tasks = 0;

  await nextTick();
  while (check.checking.value) {
    tasks += 1;
    jest.runOnlyPendingTimers();
  }

  // The first to put the checking on the screen, the last to gather
  expect(tasks).toBe(5);
  expect(check.preview.value?.nodes).toHaveLength(4);
});

it('starts anew when the settings change on the way, and looks at no node twice for the same settings', async() => {
  const { check, settings, nodes } = scene(SIX, NODES);

  settings.value = { evictionHard: { 'memory.available': '7Gi' } };
  await pass();
  expect(check.findings.value).toStrictEqual(checkSettings(settings.value, NODES));
  const [first] = check.preview.value?.nodes ?? [];

  nodes.value = [...NODES, testNode({ name: 'node-4' })];
  await pass();
  expect(check.preview.value?.nodes).toHaveLength(3);
  expect(check.preview.value?.nodes[0]).toBe(first);
});

it('stops with the component', async() => {
  const { check, wrapper } = scene(SIX, NODES);

  wrapper.unmount();
  await pass();

  expect([check.checking.value, check.preview.value]).toStrictEqual([true, undefined]);
});
