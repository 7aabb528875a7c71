import { axe } from 'jest-axe';
import { open, part, settle, useNodeTab, type Scene } from './scene';

useNodeTab();

const number = ({ wrapper }: Scene, name: string) => wrapper.find<HTMLInputElement>(`[data-testid="np-what-if-${ name }"] input[type=number]`);
const outcome = (tab: Scene): string => part(tab, 'np-what-if-outcome');
const firstRow = ({ wrapper }: Scene): string => wrapper.find('[data-testid="np-section-order"] tbody tr').text();

async function opened(): Promise<Scene> {
  const tab = await open();

  await tab.wrapper.find('[data-testid="np-what-if"]').trigger('click');

  return tab;
}

it('is closed at first, and begins with what is', async() => {
  const tab = await open();

  expect([tab.wrapper.find('[data-testid="np-what-if"]').attributes('aria-expanded'), outcome(tab), number(tab, 'threshold').exists()]).toStrictEqual(['false', '', false]);
  await tab.wrapper.find('[data-testid="np-what-if"]').trigger('click');
  expect(['threshold', 'minReclaim', 'used'].map((name) => number(tab, name).element.value)).toStrictEqual(['6', '0', '50']);
  expect(outcome(tab)).toBe('Nobody goes: 14 GiB is available, and the threshold is not passed.');
});

it('tells how many pods go until the minimum reclaim is there, and marks them', async() => {
  const tab = await opened();

  await number(tab, 'threshold').setValue('16');
  await number(tab, 'minReclaim').setValue('3.5');
  expect(outcome(tab)).toBe('2 go, 1 of them a virtual machine, until 19.5 GiB is available again.');
  expect(firstRow(tab)).toMatch(/^1\s*goes/);

  await number(tab, 'minReclaim').setValue('10');
  expect(outcome(tab)).toBe('All 2 go, 1 of them a virtual machine, and 20 GiB is still less than the 26 GiB that is needed.');

  await tab.wrapper.find('[data-testid="np-what-if-reset"]').trigger('click');
  expect([number(tab, 'threshold').element.value, firstRow(tab).includes('goes')]).toStrictEqual(['6', false]);
});

it('supposes another use of the node, and of one pod', async() => {
  const tab = await opened();

  await number(tab, 'used').setValue('60');
  expect(outcome(tab)).toMatch(/^1 goes, 1 of them a virtual machine, until 6 GiB is available again/);
  await tab.wrapper.find('[data-testid="np-what-if-reset"]').trigger('click');
  await tab.wrapper.find('[data-testid="np-what-if-pod"]').setValue('uid-web');
  expect(number(tab, 'podUsed').element.value).toBe('1');
  await number(tab, 'podUsed').setValue('12');
  expect(firstRow(tab)).toMatch(/^1\s*goes\s*prod\/web.*Uses 10 GiB more than it requests/s);
  await tab.wrapper.find('[data-testid="np-what-if-pod"]').setValue('');
  expect(outcome(tab)).toContain('Nobody goes');
});

it('turns a threshold off, and ignores what is no amount', async() => {
  const tab = await opened();

  await number(tab, 'threshold').setValue('0');
  expect(outcome(tab)).toBe('No threshold: nobody is evicted, whatever happens.');
  await number(tab, 'threshold').setValue('-3');
  await number(tab, 'threshold').setValue('');
  expect(outcome(tab)).toBe('No threshold: nobody is evicted, whatever happens.');
});

it('does the same by the slider beside the number', async() => {
  const tab = await opened();
  const slider = tab.wrapper.find<HTMLInputElement>('[data-testid="np-what-if-threshold"] input[type=range]');

  expect([slider.attributes('max'), slider.attributes('step'), slider.attributes('aria-label')]).toStrictEqual(['64', '0.25', 'Evict below']);
  await slider.setValue('16');
  expect(number(tab, 'threshold').element.value).toBe('16');
});

it('counts process ids one by one, and begins anew with another resource', async() => {
  const tab = await opened();

  await number(tab, 'used').setValue('60');
  await tab.wrapper.find('[data-testid="np-order-group"]').setValue('pid');
  await settle();
  expect([number(tab, 'used').element.value, tab.wrapper.find('[data-testid="np-what-if-pod"]').exists()]).toStrictEqual(['100', false]);
  await number(tab, 'threshold').setValue('950');
  expect(outcome(tab)).toMatch(/process IDs is still less than the 950 process IDs that is needed/);
});

it('has no accessibility violation', async() => {
  const tab = await opened();

  await tab.wrapper.find('[data-testid="np-what-if-pod"]').setValue('uid-web');
  jest.useRealTimers();
  expect((await axe(tab.wrapper.element)).violations).toStrictEqual([]);
});
