import { mount } from '@vue/test-utils';
import { nextTick, watch } from 'vue';
import { useMoreRows, type MoreRows } from '../useMoreRows';

/** A table that asks for more rows, and what was put into the page each time. */
function scene() {
  const steps: number[] = [];
  let rows!: MoreRows;

  const wrapper = mount({
    setup() {
      rows = useMoreRows();
      watch(rows.shown, (now, before) => steps.push(now - before));

      return () => null;
    },
  });

  return { rows, steps, unmount: () => wrapper.unmount() };
}

beforeEach(() => jest.useFakeTimers({ doNotFake: ['nextTick', 'queueMicrotask'] }));
afterEach(() => jest.useRealTimers());

it('shows a hundred more, a few of them in each task', async() => {
  const { rows, steps } = scene();

  rows.more();
  await nextTick();
  expect([rows.wanted.value, steps]).toStrictEqual([112, [10]]);
  await jest.runAllTimersAsync();
  expect([rows.shown.value, steps]).toStrictEqual([112, Array(10).fill(10)]);
});

it('goes on where more are asked for meanwhile', async() => {
  const { rows, steps } = scene();

  rows.more();
  rows.more();
  await jest.runAllTimersAsync();
  expect([rows.shown.value, steps]).toStrictEqual([212, Array(20).fill(10)]);
  rows.more();
  await jest.runAllTimersAsync();
  expect(rows.shown.value).toBe(312);
});

it('stops with its table', () => {
  const { rows, unmount } = scene();

  rows.more();
  unmount();

  expect(jest.getTimerCount()).toBe(0);
});
