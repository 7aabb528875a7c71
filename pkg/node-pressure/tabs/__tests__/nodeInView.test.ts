import { GI } from '../../planner/__tests__/fixtures';
import { MEASURED, open, part, settle, useNodeTab } from './scene';

useNodeTab();

/** The node's memory in use, GiB. */
const using = (gi: number) => ({ ...MEASURED.summary, node: { ...MEASURED.summary.node, memory: { workingSetBytes: gi * GI, availableBytes: (64 - gi) * GI } } });

it('has one sample at first', async() => {
  expect(part(await open(), 'np-first-sample')).toMatch(/A line needs two/);
});

it('draws a line and holds the largest drop against the margin', async() => {
  const tab = await open();

  tab.answers.summary = using(52);
  await settle(10_000);
  expect(part(tab, 'np-sampled')).toMatch(/^Sampled for \d+s\. memory\.available: 12 GiB available, between 12 GiB and 14 GiB\..*hard threshold \(solid\)/s);
  expect([part(tab, 'np-drop-60s'), part(tab, 'np-bursts')]).toStrictEqual(['2 GiB', 'No drop that was seen would pass the threshold from here.']);
  expect(part(tab, 'np-drop-10s')).toMatch(/^(at least )?[12](\.\d)? GiB$/);
  expect(tab.wrapper.findAll('svg polyline')).toHaveLength(1);
  expect(tab.wrapper.findAll('svg line')).toHaveLength(2);

  tab.answers.summary = using(55.5);
  await settle(10_000);
  expect(part(tab, 'np-bursts')).toMatch(/^Such a drop passes the threshold/);
  expect(part(tab, 'np-advice-raiseThresholdForBursts')).toMatch(/bursts here outrun the kubelet/);
});

it('follows the resource that is chosen', async() => {
  const tab = await open();

  await settle(10_000);
  await tab.wrapper.find('[data-testid="np-order-group"]').setValue('pid');
  await settle();
  expect(part(tab, 'np-sampled')).toContain('pid.available: 900 process IDs available');
  expect(part(tab, 'np-bursts')).toBe('There is no threshold ahead that a drop could be held against.');
});

it('tells the kinds of pages, and why free shows another figure', async() => {
  const { node } = MEASURED.summary;
  const memory = { ...node.memory, usageBytes: 56 * GI, rssBytes: 45 * GI };
  const tab = await open({ answers: { summary: { ...MEASURED.summary, node: { ...node, memory } } } });

  expect(part(tab, 'np-memory-split')).toMatch(/own memory, guests’ among it: 45 GiB.*active use and the kernel’s own: 5 GiB.*not counted: 6 GiB.*free on the host/s);
});

it('does without where the kinds are not told', async() => {
  const tab = await open();

  expect(tab.wrapper.find('[data-testid="np-memory-split"]').exists()).toBe(false);
});
