import { flushPromises, mount } from '@vue/test-utils';
import { ref, shallowRef } from 'vue';
import { createMemoryHistory, createRouter } from 'vue-router';
import { node } from '../../../planner/__tests__/fixtures';
import { handoverQuery } from '../../../planner/settings/handover';
import { ALL_NODES, type Policy } from '../../../planner/settings/policy';
import { useOpening, type OpenedPolicy } from '../useOpening';

const policy = (name: string, zone: string): Policy => ({ name, matchSelector: { ...ALL_NODES, zone }, paused: false, contents: { kind: 'settings', settings: {}, minimumMemoryKib: 1 }, history: [] });
const EAST = policy('east', 'east');
const WEST = policy('west', 'west');
const NODES = [node({ name: 'n-1', labels: { ...ALL_NODES, zone: 'west' } })];

async function scene(policies: Policy[], query: Record<string, string> = {}, isReady = true) {
  const [list, ready] = [shallowRef(policies), ref(isReady)];
  const router = createRouter({ history: createMemoryHistory(), routes: [{ path: '/', component: {} }] });

  await router.push({ path: '/', query, hash: '#settings' });
  let opened!: OpenedPolicy;

  mount({
    setup() {
      opened = useOpening(list, shallowRef(NODES), ready);

      return () => null;
    },
  }, { global: { plugins: [router] } });
  await flushPromises();

  return { list, ready, router, opened };
}

it('waits until everything is loaded', async() => {
  const { ready, opened } = await scene([EAST], {}, false);

  expect(opened.opening.value).toBeUndefined();
  ready.value = true;
  await flushPromises();
  expect(opened.opening.value?.policy).toBe('east');
});

it('opens what is asked for, each time anew', async() => {
  const { opened } = await scene([EAST, WEST]);
  const before = opened.turn.value;

  opened.open('west');
  expect(opened.opening.value?.policy).toBe('west');
  opened.openNew();
  expect(opened.opening.value?.fromNodes).toBe(true);
  opened.openCopy(EAST);
  expect(opened.opening.value?.start.name).toBe('memory-eviction');
  expect(opened.turn.value).toBe(before + 3);
  opened.named('memory-eviction');
  expect([opened.opening.value?.policy, opened.turn.value]).toStrictEqual(['memory-eviction', before + 3]);
  opened.open('gone');
  expect(opened.opening.value).toBeUndefined();
  opened.named('nothing is open');
  expect(opened.opening.value).toBeUndefined();
});

it('goes back to the list, or to a first policy where none is left', async() => {
  const { list, opened } = await scene([EAST]);

  opened.close();
  expect(opened.opening.value).toBeUndefined();
  list.value = [];
  opened.close();
  expect(opened.opening.value?.fromNodes).toBe(true);
});

describe('what another view hands over', () => {
  const query = handoverQuery({ node: 'n-1', settings: { systemReserved: { memory: '2Gi' } } });

  it('is opened, and forgotten by the address', async() => {
    const { opened, router } = await scene([EAST, WEST], { ...query, other: 'stays' });

    expect(opened.opening.value).toMatchObject({ policy: 'west', proposed: { systemReserved: { memory: '2Gi' } } });
    expect(router.currentRoute.value.fullPath).toBe('/?other=stays#settings');
  });

  it('may come later', async() => {
    const { opened, router } = await scene([EAST, WEST]);

    expect(opened.opening.value).toBeUndefined();
    await router.push({ path: '/', query, hash: '#settings' });
    await flushPromises();
    expect(opened.opening.value?.policy).toBe('west');
  });
});
