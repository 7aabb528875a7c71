/** When the tab reads, how often, and what it makes of pods and nodes that come and go. */
import assert from 'node:assert/strict';
import type { Page } from 'playwright-core';
import { NODE_PAGES, openNodeTab, orderRows, passInBrowser, reads, section, tab, tabEntry, waitForOrder, waitForSignals } from './support/nodeTab';
import { requestsTo } from './support/server';
import { browserSuite } from './support/suite';
import { until } from './support/wait';

const browserTest = browserSuite();

const GIB = 2 ** 30;

/** Lets the page's clock run until a condition holds: how many readings that takes depends on when answers arrive. */
const untilLater = (page: Page, what: string, holds: () => Promise<boolean>): Promise<true> => until(what, async() => {
  await page.clock.runFor(2_000);

  return await holds() || undefined;
});

browserTest('a hidden tab reads nothing', {}, async({ session, page, server }) => {
  await page.clock.install();
  await session.goto(NODE_PAGES.harvester('node-1'));
  await tabEntry(page, 'Eviction').waitFor();
  await passInBrowser(page, 600_000);
  assert.equal(await reads(server), 0);

  await tabEntry(page, 'Eviction').click();
  await waitForSignals(page);
  await waitForOrder(page);
  await tabEntry(page, 'Basics').click();
  await tab(page).waitFor({ state: 'hidden' });
  const before = await reads(server);

  await passInBrowser(page, 600_000);
  assert.equal(await reads(server), before);
});

browserTest('a hidden window reads nothing, and reading goes on when it is shown', {}, async({ session, page, server }) => {
  const setVisibility = (state: 'hidden' | 'visible'): Promise<void> => page.evaluate((value) => {
    Object.defineProperty(document, 'visibilityState', { value, configurable: true });
    document.dispatchEvent(new Event('visibilitychange'));
  }, state);

  await page.clock.install();
  await openNodeTab(session, 'node-1');
  await setVisibility('hidden');
  const before = await reads(server);

  await passInBrowser(page, 600_000);
  assert.equal(await reads(server), before);
  await setVisibility('visible');
  await until('reading to go on', async() => await reads(server) > before);
});

browserTest('the node in view is asked at most once per ten seconds, its configuration once a minute', {}, async({ session, page, server }) => {
  await page.clock.install();
  await openNodeTab(session, 'node-1');
  const count = async(pattern: RegExp): Promise<number> => (await requestsTo(server, pattern)).length;
  const before = await count(/stats\/summary$/);

  for (let second = 0; second < 60; second++) {
    await page.clock.runFor(1_000);
  }
  await until('further reads', async() => await count(/stats\/summary$/) > before);
  assert.ok(await count(/stats\/summary$/) - before <= 6);
  assert.ok(await count(/configz$/) <= 2);
  assert.equal(await count(/metrics\.k8s\.io/), 0, 'metrics-server is not needed where the kubelet answers');
});

browserTest('samples make a line, with the largest drop against the margin', { scenario: 'pressure' }, async({ session, page, server }) => {
  await page.clock.install();
  await openNodeTab(session, 'node-1');
  await section(page, 'in-view').getByText('A line needs two').waitFor();
  await server.control('POST', '/clock', { advanceMilliseconds: 10_000 });
  await page.clock.runFor(11_000);
  await section(page, 'in-view').getByTestId('np-sampled').getByText(/Sampled for \d+s\. memory\.available|Sampled for \d+s\. allocatableMemory\.available/).waitFor();
  assert.equal(await section(page, 'in-view').locator('svg polyline').count(), 1);
  await section(page, 'in-view').getByTestId('np-bursts').waitFor();
});

browserTest('pods that come and go are in the order as soon as the kubelet speaks of them', { scenario: 'pressure' }, async({ session, page, server }) => {
  await page.clock.install();
  await openNodeTab(session, 'node-1');
  await server.control('POST', '/pods', { name: 'greedy', namespace: 'shop', node: 'node-1', containers: [{ name: 'greedy' }], useBytes: 6 * GIB, owner: 'None' });
  await untilLater(page, 'the new pod to come first', async() => (await orderRows(page).first().innerText()).includes('shop/greedy'));
  await server.control('DELETE', '/pods/shop/greedy');
  await untilLater(page, 'the pod to be gone', async() => !(await section(page, 'order').innerText()).includes('shop/greedy'));
  assert.equal(await section(page, 'order').getByText('knows no use of it').count(), 0, 'a pod that is gone is not one without figures');
});

browserTest('a node that is not ready keeps its last figures with their age, and comes back', {}, async({ session, page, server }) => {
  await openNodeTab(session, 'node-1');
  await server.control('POST', '/nodes/node-1/break');
  await server.control('POST', '/clock', { advanceMilliseconds: 120_000 });
  await tab(page).getByText(/The node is not ready\. The last figures are \S+ old/).waitFor();
  await waitForSignals(page);
  await server.control('POST', '/nodes/node-1/recover');
  await tab(page).getByText('The node is not ready').waitFor({ state: 'detached' });
});

browserTest('a kubelet that stopped answering is asked less and less often', {}, async({ session, page, server }) => {
  await page.clock.install();
  await openNodeTab(session, 'node-1');
  await server.control('POST', '/faults', { path: '/nodes/node-1/proxy/stats/summary$', status: 503 });
  const failures = async(): Promise<number> => (await requestsTo(server, /stats\/summary$/)).filter(({ status }) => status === 503).length;

  await page.clock.runFor(10_000);
  await tab(page).getByTestId('np-node-notice-kubelet.offline').waitFor();
  for (let minute = 0; minute < 10; minute++) {
    await page.clock.fastForward(60_000);
    await page.evaluate(() => fetch('/rancherversion').then((answer) => answer.text()));
  }
  assert.ok(await failures() <= 7, 'ten minutes take no more than seven questions');
  await waitForSignals(page);
});
