import { computed, isReactive, reactive } from 'vue';
import { snapshotOf } from '../snapshotOf';

interface Stored {
  metadata: { name: string; resourceVersion: string };
  status?: { phase: string };
}

const stored = (resourceVersion: string, phase?: string): Stored => ({ metadata: { name: 'node-1', resourceVersion }, ...(phase && { status: { phase } }) });

/** An object in a store that hears of changes as the Dashboard's does: property by property, in the same object. */
function scene() {
  const list: Stored[] = reactive([stored('1', 'old'), stored('7')]);
  let times = 0;
  const snapshots = computed(() => {
    times += 1;

    return list.map((object) => snapshotOf(object));
  });

  return { snapshots, times: () => times, hear: (object: Stored) => Object.assign(list[0] as Stored, object) };
}

it('is plain in all of its parts', () => {
  const [first] = scene().snapshots.value;

  expect([isReactive(first), isReactive(first?.metadata), isReactive(first?.status)]).toStrictEqual([false, false, false]);
  expect(first).toStrictEqual(stored('1', 'old'));
});

it('is another one when the store has heard of the object, and only then', () => {
  const { snapshots, hear, times } = scene();
  const [first, second] = snapshots.value;

  hear(stored('2', 'new'));

  expect(snapshots.value).toStrictEqual([stored('2', 'new'), stored('7')]);
  expect(first).toStrictEqual(stored('1', 'old'));
  expect(snapshots.value[1]).toBe(second);
  expect(times()).toBe(2);
});
