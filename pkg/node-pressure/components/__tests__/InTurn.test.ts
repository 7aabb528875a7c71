import { mount } from '@vue/test-utils';
import { nextTick } from 'vue';
import InTurn from '../InTurn.vue';

beforeEach(() => jest.useFakeTimers());
afterEach(() => jest.useRealTimers());

it('shows its content in a later task, not in this one', async() => {
  const wrapper = mount(InTurn, { slots: { default: '<b>there</b>' } });

  await nextTick();
  expect(wrapper.find('b').exists()).toBe(false);
  jest.runAllTimers();
  await nextTick();
  expect(wrapper.find('b').exists()).toBe(true);
});

it('leaves nothing to do where it was taken away meanwhile', () => {
  mount(InTurn).unmount();
  expect(jest.getTimerCount()).toBe(0);
});
