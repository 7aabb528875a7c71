import assert from 'node:assert/strict';
import type { Locator, Page } from 'playwright-core';
import { assertAccessible } from './support/axe';
import { HARVESTER, PLAIN, PRODUCTS } from './support/page';
import { requestsTo, type Server } from './support/server';
import { browserSuite } from './support/suite';
import { until } from './support/wait';

const browserTest = browserSuite();

const HASH = '#node-pressure-eviction';
const ROOT = '[data-testid="np-node-tab"]';

const NODE_PAGES = {
  harvester: (node: string) => `/harvester/c/${ HARVESTER }/harvesterhci.io.host/${ node }`,
  explorer:  (node: string) => `/c/${ HARVESTER }/explorer/node/${ node }`,
} as const;

const tab = (page: Page): Locator => page.getByTestId('np-node-tab');
const section = (page: Page, name: string): Locator => tab(page).getByTestId(`np-section-${ name }`);
const signal = (page: Page, name: string): Locator => tab(page).getByTestId(`np-signal-${ name }`);
const waitForSignals = (page: Page): Promise<void> => signal(page, 'memory.available').getByText(/GiB of/).waitFor();
const waitForOrder = (page: Page): Promise<void> => section(page, 'order').locator('tbody tr').first().waitFor();

/** What the tab reads of a node beside the Dashboard's store. */
const reads = async(server: Server): Promise<number> => (await requestsTo(server, /\/proxy\/(stats\/summary|configz)$|metrics\.k8s\.io|\/api\/v1\/pods$/)).length;

for (const product of PRODUCTS) {
  browserTest(`${ product }: the tab tells of signals, order, memory and configuration`, { scenario: 'pressure' }, async({ session, page }) => {
    await session.goto(`${ NODE_PAGES[product]('node-2') }${ HASH }`);
    await waitForSignals(page);
    await signal(page, 'memory.available').getByText('Hard below 1Gi (1 GiB)').waitFor();
    await tab(page).getByTestId('np-smaller-margin').waitFor();
    await waitForOrder(page);
    await section(page, 'order').getByText('Stopped abruptly, not migrated.').first().waitFor();
    await section(page, 'memory').getByTestId('np-part-allocatable').waitFor();
    await section(page, 'configuration').getByTestId('np-configuration-evictionHard-memory.available').getByText('1Gi').waitFor();
  });

  browserTest(`${ product }: the tab is reached by its name`, {}, async({ session, page }) => {
    await session.goto(NODE_PAGES[product]('node-1'));
    await page.getByRole('tab', { name: 'Eviction' }).or(page.getByRole('link', { name: 'Eviction' })).first().click();
    await waitForSignals(page);
    await signal(page, 'memory.available').getByText('nothing happens before the OOM killer').waitFor();
  });

  browserTest(`${ product }: noproxy sees which right is missing, and what the control plane knows`, { user: 'noproxy' }, async({ session, page }) => {
    await session.goto(`${ NODE_PAGES[product]('node-1') }${ HASH }`);
    await tab(page).getByText('get nodes/proxy').waitFor();
    await section(page, 'memory').getByTestId('np-part-allocatable').waitFor();
    assert.equal(await tab(page).getByText('Clear', { exact: true }).count(), 0, 'what is not known is not shown as clear');
  });
}

browserTest('another group has another order', { scenario: 'pressure' }, async({ session, page }) => {
  await session.goto(`${ NODE_PAGES.harvester('node-2') }${ HASH }`);
  await waitForOrder(page);
  await tab(page).getByTestId('np-order-group').selectOption('pid');
  await section(page, 'order').getByText(/Runs \d+ processes/).first().waitFor();
});

browserTest('a hidden tab reads nothing', {}, async({ session, page, server }) => {
  await page.clock.install();
  await session.goto(NODE_PAGES.harvester('node-1'));
  const entry = page.getByRole('tab', { name: 'Eviction' }).or(page.getByRole('link', { name: 'Eviction' })).first();

  await entry.waitFor();
  await page.clock.fastForward('10:00');
  // Whatever was asked for in those ten minutes has reached the server before this answer comes back
  await page.evaluate(() => fetch('/rancherversion').then((answer) => answer.text()));
  assert.equal(await reads(server), 0);

  await entry.click();
  await waitForSignals(page);
  await waitForOrder(page);
  await page.getByRole('tab', { name: 'Basics' }).or(page.getByRole('link', { name: 'Basics' })).first().click();
  await tab(page).waitFor({ state: 'hidden' });
  const before = await reads(server);

  await page.clock.fastForward('10:00');
  await page.evaluate(() => fetch('/rancherversion').then((answer) => answer.text()));
  assert.equal(await reads(server), before);
});

browserTest('the node in view is asked at most once per ten seconds, its configuration once a minute', {}, async({ session, page, server }) => {
  await page.clock.install();
  await session.goto(`${ NODE_PAGES.harvester('node-1') }${ HASH }`);
  await waitForSignals(page);
  const summaries = async(): Promise<number> => (await requestsTo(server, /stats\/summary$/)).length;
  const before = await summaries();

  await page.clock.runFor(60_000);
  await until('further reads', async() => await summaries() > before);
  assert.ok(await summaries() - before <= 6);
  assert.ok((await requestsTo(server, /configz$/)).length <= 2);
});

browserTest('a node that is not ready keeps its last figures with their age, and comes back', {}, async({ session, page, server }) => {
  await session.goto(`${ NODE_PAGES.harvester('node-1') }${ HASH }`);
  await waitForSignals(page);
  await server.control('POST', '/nodes/node-1/break');
  await server.control('POST', '/clock', { advanceMilliseconds: 120_000 });
  await tab(page).getByText(/The node is not ready\. The last figures are \S+ old/).waitFor();
  await waitForSignals(page);
  await server.control('POST', '/nodes/node-1/recover');
  await tab(page).getByText('The node is not ready').waitFor({ state: 'detached' });
});

browserTest('a cluster that is not Harvester: signals, and the tab says so', {}, async({ session, page }) => {
  await session.goto(`/c/${ PLAIN }/explorer/node/plain-1${ HASH }`);
  await waitForSignals(page);
  await tab(page).getByText('Not a Harvester cluster').waitFor();
  await waitForOrder(page);
});

for (const colorScheme of ['light', 'dark'] as const) {
  browserTest(`${ colorScheme } theme: accessible`, { scenario: 'pressure', context: { colorScheme } }, async({ session, page }) => {
    await session.goto(`${ NODE_PAGES.harvester('node-2') }${ HASH }`);
    await waitForSignals(page);
    await waitForOrder(page);
    await assertAccessible(page, ROOT);
  });
}

browserTest('200 % zoom: only tables scroll', { context: { viewport: { width: 700, height: 450 }, deviceScaleFactor: 2 } }, async({ session, page }) => {
  await session.goto(`${ NODE_PAGES.harvester('node-1') }${ HASH }`);
  await waitForSignals(page);
  await waitForOrder(page);
  const { own, visible } = await tab(page).evaluate((element) => ({ own: element.scrollWidth, visible: element.clientWidth }));

  assert.ok(own <= visible, `the tab is ${ own } px wide in ${ visible } px`);
});

browserTest('in Simplified Chinese no English sentence is left', {}, async({ session, page }) => {
  await session.speak('zh-hans');
  await session.goto(`${ NODE_PAGES.harvester('node-1') }${ HASH }`);
  await waitForOrder(page);
  const text = await tab(page).innerText();

  assert.match(text, /[\u4e00-\u9fff]/);
  assert.doesNotMatch(text, /threshold|nothing|stopped|requests/i);
});
