import { flushPromises, mount } from '@vue/test-utils';
import { computed, nextTick, ref, shallowRef } from 'vue';
import type { Node } from '../../../harvester/node';
import { node } from '../../../planner/__tests__/fixtures';
import { ALL_NODES, cloudInitFor, policyOf } from '../../../planner/settings/policy';
import type { StoredPolicy } from '../../../steve/cloudInits';
import type { RequestOptions } from '../../../steve/request';
import { useSettingsNodes, type SettingsNodes } from '../useSettingsNodes';

const HARD = { evictionHard: { 'memory.available': '1Gi' } };
const BODIES: Record<string, unknown> = {
  configz: { kubeletconfig: { evictionHard: { 'memory.available': '1Gi' } } },
  summary: { node: { memory: { workingSetBytes: 1, availableBytes: 1 } }, pods: [{ podRef: { uid: 'u' }, containers: [{ name: 'c' }], memory: { workingSetBytes: 1 } }] },
  pods:    { items: [{ metadata: { name: 'web', labels: { app: 'web' } }, spec: { containers: [] } }] },
};

function storedPolicy(): StoredPolicy {
  const object = cloudInitFor({ name: 'memory', matchSelector: ALL_NODES, paused: false, contents: { settings: HARD, minimumMemoryKib: 1 } }, { time: '2026-08-01T00:00:00Z', user: 'a', action: 'created' });
  const stored = { ...object, metadata: { ...object.metadata, resourceVersion: '1' } };

  return { object: stored, policy: policyOf(stored) };
}

/** Nodes behind an API server that a test can break. */
function scene(names: readonly string[]) {
  const nodes = shallowRef<readonly Node[]>(names.map((name) => node({ name })));
  const policies = shallowRef([storedPolicy()]);
  const active = ref(true);
  const urls: string[] = [];
  let fail: unknown;
  const request = async({ url }: RequestOptions): Promise<unknown> => {
    urls.push(url);

    return fail ? Promise.reject(fail) : BODIES[url.endsWith('configz') ? 'configz' : url.endsWith('summary') ? 'summary' : 'pods'];
  };
  let read!: SettingsNodes;

  mount({
    setup() {
      read = useSettingsNodes({ clusterId: computed(() => 'c-1'), request }, nodes, policies, active);

      return () => null;
    },
  });

  return {
    nodes, policies, active, urls, read,
    break(reason: unknown) {
      fail = reason;
    },
  };
}

async function pass(milliseconds: number): Promise<void> {
  await flushPromises();
  await jest.advanceTimersByTimeAsync(milliseconds);
  await flushPromises();
}

beforeEach(() => jest.useFakeTimers({ doNotFake: ['setImmediate', 'queueMicrotask', 'nextTick'] }));
afterEach(() => jest.useRealTimers());

it('reads configuration, summary and pods of every node, and keeps of them what a check needs', async() => {
  const { read, urls } = scene(['node-1', 'node-2']);

  expect(read.reading.value).toStrictEqual({ answered: 0, total: 2, complete: false, running: true });
  await pass(300);

  expect(read.reading.value).toStrictEqual({ answered: 2, total: 2, complete: true, running: false });
  expect(urls).toHaveLength(6);
  expect(read.nodes.value[0]).toMatchObject({ name: 'node-1', configuration: HARD, pods: [{ metadata: { name: 'web', labels: {} } }] });
  expect(read.nodes.value[0]?.summary?.pods[0]).not.toHaveProperty('containers');
  expect([...read.configurations.value.keys()]).toStrictEqual(['node-1', 'node-2']);
  expect(read.failure.value).toBeUndefined();
});

it('keeps the last known values of a node that does not answer any more, and says why', async() => {
  const { read, break: breakIt } = scene(['node-1']);

  await pass(300);
  breakIt({ _status: 503, message: 'no route' });
  await pass(61_000);

  expect(read.nodes.value[0]).toMatchObject({ configuration: HARD });
  expect(read.failure.value).toMatchObject({ kind: 'offline', message: 'no route' });
});

it('puts a missing right before anything else, and asks again when told to', async() => {
  const { read, urls, break: breakIt } = scene(['node-1']);

  breakIt({ _status: 403, message: 'no' });
  await pass(300);
  expect([read.failure.value?.kind, read.reading.value.complete]).toStrictEqual(['forbidden', true]);

  breakIt(undefined);
  const before = urls.length;

  read.retry();
  await pass(300);
  expect([urls.length - before, read.failure.value]).toStrictEqual([3, undefined]);
});

it('gives out the same node as long as nothing about it changed', async() => {
  const { read, nodes, policies } = scene(['node-1', 'node-2']);

  await pass(300);
  const [first, second] = read.nodes.value;
  const heartbeat = (name: string, version: string, more: Partial<Node['metadata']> = {}): Node => ({ ...node({ name }), metadata: { ...node({ name }).metadata, resourceVersion: version, ...more } });

  nodes.value = [heartbeat('node-1', '2'), heartbeat('node-2', '2', { annotations: { 'rke2.io/node-args': '["--kubelet-arg","eviction-hard=memory.available<1Gi"]' } })];
  policies.value = [storedPolicy()];
  await nextTick();

  expect(read.nodes.value[0]).toBe(first);
  expect(read.nodes.value[1]).not.toBe(second);
  expect(read.nodes.value[1]?.written).toStrictEqual(HARD);
});

it('reads very many nodes only once', async() => {
  const { read, urls } = scene(Array.from({ length: 31 }, (_, index) => `node-${ index }`));

  await pass(300);
  expect(read.reading.value).toMatchObject({ answered: 31, complete: true });
  await pass(300_000);
  expect(urls).toHaveLength(93);
});

it('reads nothing while nobody looks', async() => {
  const { active, urls } = scene(['node-1']);

  active.value = false;
  await pass(120_000);
  expect(urls.length).toBeLessThanOrEqual(3);
});
