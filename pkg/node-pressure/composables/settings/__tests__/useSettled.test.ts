import { mount } from '@vue/test-utils';
import { nextTick, shallowRef } from 'vue';
import { useSettled, type Settled } from '../useSettled';

function scene(length: number) {
  const list = shallowRef<readonly number[]>(Array.from({ length }, () => 0));
  let settled!: Settled<number>;
  const wrapper = mount({
    setup() {
      settled = useSettled(list);

      return () => null;
    },
  });

  async function change(index: number, value: number): Promise<void> {
    list.value = list.value.map((each, at) => (at === index ? value : each));
    await nextTick();
  }

  return { list, settled, change, wrapper };
}

beforeEach(() => jest.useFakeTimers());
afterEach(() => jest.useRealTimers());

it('passes a short list on at once', async() => {
  const { settled, change } = scene(3);

  await change(0, 1);
  expect(settled.list.value).toStrictEqual([1, 0, 0]);
});

it('passes a long one on once a second, with all that happened', async() => {
  const { settled, change } = scene(100);

  await change(0, 1);
  await change(1, 2);
  expect([settled.list.value.slice(0, 2), settled.isUpToDate.value]).toStrictEqual([[0, 0], false]);
  jest.advanceTimersByTime(1_000);
  expect([settled.list.value.slice(0, 2), settled.isUpToDate.value]).toStrictEqual([[1, 2], true]);
});

it('passes another choice on at once, and nothing twice', async() => {
  const { list, settled, change } = scene(100);

  await change(0, 1);
  list.value = list.value.slice(1);
  await nextTick();
  expect(settled.list.value).toHaveLength(99);
  expect(jest.getTimerCount()).toBe(0);
});

it('takes a list of the same entries for the same list', async() => {
  const { list, settled } = scene(3);
  const before = settled.list.value;

  list.value = [...list.value];
  await nextTick();
  expect(settled.list.value).toBe(before);
});

it('stops when it is taken down', async() => {
  const { settled, change, wrapper } = scene(100);

  await change(0, 1);
  wrapper.unmount();
  jest.advanceTimersByTime(2_000);
  expect(settled.list.value[0]).toBe(0);
});
