import { flushPromises, mount } from '@vue/test-utils';
import { ref } from 'vue';
import { createMemoryHistory, createRouter } from 'vue-router';
import { useUnsavedGuard, type UnsavedGuard } from '../useUnsavedGuard';

async function scene() {
  const dirty = ref(false);
  const router = createRouter({ history: createMemoryHistory(), routes: [{ path: '/:page?', component: {} }] });
  const others = jest.fn(() => true);

  router.beforeEach(others);
  await router.push('/');
  await router.push('/settings#settings');
  let guard!: UnsavedGuard;
  const wrapper = mount({
    setup() {
      guard = useUnsavedGuard(dirty);

      return () => null;
    },
  }, { global: { plugins: [router] } });

  return { dirty, router, guard, others, wrapper };
}

function reload(): boolean {
  return window.dispatchEvent(new Event('beforeunload', { cancelable: true }));
}

it('lets everybody go while nothing was typed', async() => {
  const { router, guard, wrapper } = await scene();

  await router.push('/other');
  expect([router.currentRoute.value.path, guard.asking.value, await guard.mayLeave(), reload()]).toStrictEqual(['/other', false, true, true]);
  wrapper.unmount();
});

describe('with something typed', () => {
  it.each(['/other', '/settings#overview'])('asks before %s, and stays or leaves as told', async(path) => {
    const { dirty, router, guard, wrapper } = await scene();

    dirty.value = true;
    const first = router.push(path);

    await flushPromises();
    expect(guard.asking.value).toBe(true);
    guard.answer(false);
    await first;
    expect([guard.asking.value, router.currentRoute.value.fullPath]).toStrictEqual([false, '/settings#settings']);

    const second = router.push(path);

    await flushPromises();
    guard.answer(true);
    await second;
    expect(router.currentRoute.value.fullPath).toBe(path);
    wrapper.unmount();
  });

  it('asks before the guards of others act on it: the Dashboard’s takes the page away', async() => {
    const { dirty, router, guard, others, wrapper } = await scene();

    dirty.value = true;
    others.mockClear();
    const leaving = router.push('/other');

    await flushPromises();
    expect([guard.asking.value, others.mock.calls.length]).toStrictEqual([true, 0]);
    guard.answer(true);
    await leaving;
    expect(others).toHaveBeenCalledTimes(1);
    wrapper.unmount();
  });

  it('asks on the way back, too', async() => {
    const { dirty, router, guard, wrapper } = await scene();

    await router.push('/settings?x=1#settings');
    await router.push('/settings?x=2#settings');
    await router.push('/settings#settings');
    dirty.value = true;
    router.go(-4);
    await flushPromises();
    expect([guard.asking.value, router.currentRoute.value.path]).toStrictEqual([true, '/settings']);
    guard.answer(true);
    await flushPromises();
    expect(router.currentRoute.value.path).toBe('/');
    wrapper.unmount();
  });

  it('takes another query for no leave', async() => {
    const { dirty, router, guard, wrapper } = await scene();

    dirty.value = true;
    await router.push('/settings?x=1#settings');
    expect([router.currentRoute.value.fullPath, guard.asking.value]).toStrictEqual(['/settings?x=1#settings', false]);
    wrapper.unmount();
  });

  it('answers an earlier question with no when it is asked again', async() => {
    const { dirty, guard, wrapper } = await scene();

    dirty.value = true;
    const [first, second] = [guard.mayLeave(), guard.mayLeave()];

    guard.answer(true);
    expect([await first, await second]).toStrictEqual([false, true]);
    wrapper.unmount();
  });

  it('warns of a reload, until it is taken down', async() => {
    const { dirty, guard, router, wrapper } = await scene();

    dirty.value = true;
    expect(reload()).toBe(false);
    const open = guard.mayLeave();

    wrapper.unmount();
    expect([await open, reload()]).toStrictEqual([false, true]);
    await router.push('/other');
    expect(router.currentRoute.value.path).toBe('/other');
  });
});
