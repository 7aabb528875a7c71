import { axe } from 'jest-axe';
import { HEALTHY, pageUnderTest } from './page';
import type { StageOptions } from './stage';

const GI = 2 ** 30;

const { open, text } = pageUnderTest();

describe('the feature is', () => {
  it.each([
    ['on', { spec: { value: true }, status: {} }, 'On Containers run'],
    ['off', { spec: { value: null }, status: { default: false } }, 'Off This Rancher'],
    ['locked', { spec: { value: true }, status: { lockedValue: false } }, 'Locked by Rancher'],
    ['not there', undefined, 'Not known This Rancher does not have'],
  ])('%s', async(_what, feature, words) => {
    await open({ feature });

    expect(text('np-feature')).toContain(words);
  });

  it('not known where Rancher’s features may not be seen', async() => {
    await open({ schemas: ['node'] });

    expect(text('np-feature')).toContain('Not known Your account may not read Rancher’s features (list features.management.cattle.io).');
  });
});

describe('tabs', () => {
  it('follow the address, an unknown one being the overview', async() => {
    const { wrapper, router, pass } = await open({ hash: '#nonsense' });

    expect(wrapper.find('[role="tab"][aria-selected="true"]').text()).toBe('Overview');
    await wrapper.find('[role="tab"]').trigger('click');
    await pass(1);
    expect(router.currentRoute.value.hash).toBe('#overview');
  });
});

describe('copying', () => {
  it('puts the table on the clipboard and says so', async() => {
    const writeText = jest.fn(async() => {});

    Object.assign(navigator, { clipboard: { writeText } });
    const { wrapper, scrollTo, pass } = await open(HEALTHY);

    await scrollTo('node-1');
    await wrapper.find('[data-testid="np-copy-csv"]').trigger('click');
    await pass(1);

    expect(writeText).toHaveBeenCalledWith(expect.stringContaining(`node-1,worker,clear,ready,,${ 64 * GI },${ 50 * GI },stats/summary,`));
    expect(text('np-copy-csv')).toBe('Copied');
    await pass(3_000);
    expect(text('np-copy-csv')).toBe('Copy as CSV');
  });

  it('says when the browser does not allow it', async() => {
    Object.assign(navigator, { clipboard: undefined });
    const { wrapper, pass } = await open(HEALTHY);

    await wrapper.find('[data-testid="np-copy-csv"]').trigger('click');
    await pass(1);

    expect(text('np-copy-csv')).toBe('Not copied');
  });
});

describe('accessibility', () => {
  it.each([
    ['with nodes', HEALTHY],
    ['without nodes', { nodes: [] }],
    ['without rights', { schemas: [] }],
    ['on another cluster', { provider: 'rke2' }],
  ])('has no violation %s', async(_what, options: StageOptions) => {
    const { wrapper, scrollTo } = await open(options);

    await scrollTo('node-1', 'node-2');
    jest.useRealTimers();

    expect((await axe(wrapper.element)).violations.map(({ id, nodes }) => [id, nodes.map(({ html }) => html)])).toStrictEqual([]);
  });
});
