import assert from 'node:assert/strict';
import type { Page } from 'playwright-core';
import { PATHS, root, waitForExactValues, waitForRows } from './support/page';
import { requestsTo, type Server } from './support/server';
import { browserSuite } from './support/suite';
import { until } from './support/wait';

const browserTest = browserSuite();

/** What our page reads again and again. */
const READS = /\/proxy\/(stats\/summary|configz)$|metrics\.k8s\.io/;
const reads = async(server: Server): Promise<number> => (await requestsTo(server, READS)).length;

/** Lets the page believe that its window is hidden or shown, as the browser would tell it. */
const setVisibility = (page: Page, state: 'hidden' | 'visible'): Promise<void> => page.evaluate((value) => {
  Object.defineProperty(document, 'visibilityState', { value, configurable: true });
  document.dispatchEvent(new Event('visibilitychange'));
}, state);

browserTest('nothing is read while the window is hidden, and reading goes on when it is shown', {}, async({ session, page, server }) => {
  await page.clock.install();
  await session.goto(PATHS.harvester);
  await waitForRows(page);
  await waitForExactValues(page, 3);

  await setVisibility(page, 'hidden');
  const before = await reads(server);

  await page.clock.fastForward('10:00');
  // Whatever was asked for in those ten minutes has reached the server before this answer comes back
  await page.evaluate(() => fetch('/rancherversion').then((answer) => answer.text()));
  assert.equal(await reads(server), before);

  await setVisibility(page, 'visible');
  await until('reading to go on', async() => await reads(server) > before);
});

browserTest('a page that was left reads nothing any more', {}, async({ session, page, server }) => {
  await page.clock.install();
  await session.goto(PATHS.harvester);
  await waitForRows(page);
  await waitForExactValues(page, 3);
  await page.locator('nav').getByText('Settings', { exact: true }).first().click();
  await root(page).waitFor({ state: 'detached' });
  const before = await reads(server);

  await page.clock.fastForward('10:00');
  await page.evaluate(() => fetch('/rancherversion').then((answer) => answer.text()));
  assert.equal(await reads(server), before);
});

browserTest('every kubelet in view is asked about once per ten seconds, not more', {}, async({ session, page, server }) => {
  await page.clock.install();
  await session.goto(PATHS.harvester);
  await waitForRows(page);
  await waitForExactValues(page, 3);
  const before = (await requestsTo(server, /stats\/summary$/)).length;

  await page.clock.runFor(60_000);
  await until('further reads', async() => (await requestsTo(server, /stats\/summary$/)).length > before);
  const during = (await requestsTo(server, /stats\/summary$/)).length - before;

  assert.ok(during <= 3 * 7, `${ during } summaries of three nodes in a minute`);
});
