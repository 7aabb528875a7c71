/** What the page does when the API server goes away and comes back: a real one, killed. */
import type { Locator, Page } from 'playwright-core';
import { STALE_AFTER_MILLISECONDS } from '../../pkg/node-pressure/planner/reading';
import { PATHS, PRODUCTS, row, waitForExactValues } from '../e2e/support/page';
import type { Server } from '../e2e/support/server';
import { browserSuite } from '../e2e/support/suite';
import { PATIENCE_MS } from '../e2e/support/wait';

const liveTest = browserSuite();

/** After the few failures of such an outage, the page waits no longer than this before it asks a kubelet once more. */
const LONGEST_RETRY_MS = 120_000;

/** Where the page says how old a node's figures are. */
const old = (page: Page): Locator => row(page, 'node-1').getByText(/ ago$/).first();

/** A change that only a watch can tell of shows up. */
async function hearsOfChanges(page: Page, server: Server): Promise<void> {
  await server.control('POST', '/nodes/node-1/break');
  await row(page, 'node-1').getByText('Not ready', { exact: true }).waitFor();
  await server.control('POST', '/nodes/node-1/recover');
  await row(page, 'node-1').getByText('Ready', { exact: true }).waitFor();
}

liveTest('killed and started again while the page is open, the page says how old its figures are, and reads on by itself', {}, async({ session, page, server }) => {
  await session.goto(PATHS.harvester);
  await waitForExactValues(page, 3);
  await server.control('POST', '/apiserver/stop');
  await old(page).waitFor({ timeout: PATIENCE_MS + STALE_AFTER_MILLISECONDS });
  await server.control('POST', '/apiserver/start');
  await old(page).waitFor({ state: 'hidden', timeout: PATIENCE_MS + LONGEST_RETRY_MS });
  await waitForExactValues(page, 3);
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
