/** What the page does when the API server goes away and comes back: a real one, killed. */
import type { Locator, Page } from 'playwright-core';
import { LONGEST_MILLISECONDS } from '../../pkg/node-pressure/planner/outage';
import { STALE_AFTER_MILLISECONDS } from '../../pkg/node-pressure/planner/reading';
import { savePolicy } from '../e2e/support/api';
import { PATHS, PRODUCTS, root, row, waitForExactValues } from '../e2e/support/page';
import type { Server } from '../e2e/support/server';
import { browserSuite } from '../e2e/support/suite';
import { PATIENCE_MS } from '../e2e/support/wait';

const liveTest = browserSuite();

/** After the few failures of such an outage, the page waits no longer than this before it asks a kubelet once more. */
const LONGEST_RETRY_MS = 120_000;

/** Where the page says how old a node's figures are. */
const old = (page: Page): Locator => row(page, 'node-1').getByText(/ ago$/).first();

/** Where the page says that it has recovered. */
const recovered = (page: Page): Locator => root(page).getByTestId('np-recovery');

/** After an outage, controllers may wait this long before they list and watch again: it is one of them that tells of a silent node. */
const CONTROLLERS_BACK_OFF_MS = 60_000;

/** A change that only a watch can tell of shows up. */
async function hearsOfChanges(page: Page, server: Server): Promise<void> {
  const patience = { timeout: PATIENCE_MS + CONTROLLERS_BACK_OFF_MS };

  await server.control('POST', '/nodes/node-1/break');
  await row(page, 'node-1').getByText('Not ready', { exact: true }).waitFor(patience);
  await server.control('POST', '/nodes/node-1/recover');
  await row(page, 'node-1').getByText('Ready', { exact: true }).waitFor(patience);
}

liveTest('killed and started again while the page is open, the page says how old its figures are, recovers by itself and says so', {}, async({ session, page, server }) => {
  await session.goto(PATHS.harvester);
  await waitForExactValues(page, 3);
  await server.control('POST', '/apiserver/stop');
  await old(page).waitFor({ timeout: PATIENCE_MS + STALE_AFTER_MILLISECONDS });
  await server.control('POST', '/apiserver/start');
  await recovered(page).waitFor({ timeout: PATIENCE_MS + LONGEST_MILLISECONDS });
  await hearsOfChanges(page, server);
  await old(page).waitFor({ state: 'hidden', timeout: PATIENCE_MS + LONGEST_RETRY_MS });
  await waitForExactValues(page, 3);
  await root(page).getByRole('tab', { name: 'Settings' }).click();
  await savePolicy(server, 'made-later', { evictionHard: { 'memory.available': '1Gi' } });
  await root(page).getByText('made-later').first().waitFor();
  await recovered(page).getByRole('button', { name: 'Close' }).click();
  await recovered(page).waitFor({ state: 'hidden' });
});

for (const product of PRODUCTS) {
  liveTest(`${ product }: a watch whose version is gone begins anew`, {}, async({ session, page, server }) => {
    await session.goto(PATHS[product]);
    await waitForExactValues(page, 3);
    await server.control('POST', '/etcd/compact');
    await server.control('POST', '/websockets/drop');
    await hearsOfChanges(page, server);
  });
}
