/** The tab *Settings* with a thousand nodes in a real browser: how long it holds the page up. */
import type { Browser } from 'playwright-core';
import { launchBrowser } from '../e2e/support/browser';
import { PATHS, root, waitForRows } from '../e2e/support/page';
import { startServer, type Server } from '../e2e/support/server';
import { Session } from '../e2e/support/session';
import { editor, field, waitForCheck } from '../e2e/support/settings';
import { reportTasks } from './tasks';

const HARD = 'evictionHard/memory.available';
/** Every node of the scenario has it. */
const LABEL = 'harvesterhci.io/managed=true';
/** A thousand kubelets take their time. */
const READING_MILLISECONDS = 600_000;

async function measure(browser: Browser, server: Server, session: Session): Promise<void> {
  const { page } = session;
  const report = (name: string, action: () => Promise<void>): Promise<void> => reportTasks(browser, page, name, action);
  const hold = await server.control('POST', '/faults', { path: '/proxy/configz', hold: true }) as { id: string };

  // What the Dashboard itself takes to start is not ours
  await session.goto(PATHS.harvester);
  await waitForRows(page);
  await report('opening the editor', async() => {
    await root(page).getByRole('tab', { name: 'Settings' }).click();
    await editor(page).getByText(/Matches 1,?000 nodes/).waitFor();
    await editor(page).getByTestId('np-reading').waitFor();
  });
  await report('reading a thousand kubelets', async() => {
    await server.control('DELETE', `/faults/${ hold.id }`);
    await editor(page).getByTestId('np-reading').waitFor({ state: 'detached', timeout: READING_MILLISECONDS });
    await waitForCheck(page);
  });
  await report('typing a character into a threshold', async() => {
    await field(page, HARD).press('2');
    await waitForCheck(page);
  });
  await report('choosing a start point', async() => {
    await root(page).getByTestId('np-start-harvester7424').click();
    await waitForCheck(page);
  });
  await report('choosing nodes by another label', async() => {
    await editor(page).getByTestId('np-nodes-labels').check();
    await editor(page).getByText('No label is chosen.').waitFor();
    await editor(page).getByTestId('np-label').fill(LABEL);
    await editor(page).getByTestId('np-add-label').click();
    await editor(page).getByText(/Matches 1,?000 nodes/).waitFor();
    await waitForCheck(page);
  });
  await report('showing a hundred nodes of the preview', async() => {
    await editor(page).getByTestId('np-preview-more').click();
    await editor(page).getByTestId(/^np-preview-node-/).nth(100).waitFor();
  });
}

/** Measures and reports. Needs the browser and the builds that `npm run bench` prepares. */
export async function benchSettings(): Promise<void> {
  const server = await startServer();
  const browser = await launchBrowser();

  try {
    await server.control('POST', '/scenario', { name: 'thousand' });
    await measure(browser, server, await Session.open({ base: server.url, user: 'admin' }));
  } finally {
    await browser.close();
    await server.close();
  }
}
