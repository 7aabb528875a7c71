import { mount } from '@vue/test-utils';
import { axe } from 'jest-axe';
import TabList from '../TabList.vue';

const TABS = [{ name: 'one', label: 'One' }, { name: 'two', label: 'Two' }, { name: 'three', label: 'Three' }];

function tabs(current: string) {
  const wrapper = mount(TabList, {
    attachTo: document.body,
    props:    {
      tabs: TABS, current, label: 'Tabs', onSelect: (name: string) => wrapper.setProps({ current: name })
    },
  });

  return wrapper;
}

it('has one tab stop: the current tab', () => {
  const wrapper = tabs('two');

  expect(wrapper.findAll('[role="tab"]').map((tab) => [tab.attributes('aria-selected'), tab.attributes('tabindex'), tab.attributes('aria-controls')])).toStrictEqual([
    ['false', '-1', 'np-panel-one'], ['true', '0', 'np-panel-two'], ['false', '-1', 'np-panel-three'],
  ]);
  wrapper.unmount();
});

it.each([
  ['ArrowRight', 'two', 'Three'],
  ['ArrowRight', 'three', 'One'],
  ['ArrowLeft', 'two', 'One'],
  ['ArrowLeft', 'one', 'Three'],
  ['Home', 'three', 'One'],
  ['End', 'one', 'Three'],
  ['Tab', 'two', 'Two'],
  ['constructor', 'two', 'Two'],
])('%s on "%s" selects and focuses %s', async(key, from, to) => {
  const wrapper = tabs(from);
  const current = wrapper.find<HTMLElement>('[aria-selected="true"]');

  current.element.focus();
  await current.trigger('keydown', { key });
  await wrapper.vm.$nextTick();

  expect([wrapper.find('[aria-selected="true"]').text(), document.activeElement?.textContent?.trim()]).toStrictEqual([to, to]);
  wrapper.unmount();
});

it('selects by click', async() => {
  const wrapper = tabs('one');

  await wrapper.findAll('[role="tab"]')[2]?.trigger('click');
  expect(wrapper.emitted('select')).toStrictEqual([['three']]);
  wrapper.unmount();
});

it('has no accessibility violation', async() => {
  const wrapper = tabs('one');
  const panels = TABS.map(({ name }) => `<div id="np-panel-${ name }" role="tabpanel" aria-labelledby="np-tab-${ name }"></div>`).join('');

  document.body.insertAdjacentHTML('beforeend', panels);
  expect((await axe(wrapper.element)).violations).toStrictEqual([]);
  wrapper.unmount();
});
