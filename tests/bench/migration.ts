/** The panel *Migration headroom* with a thousand VMs in a real browser: how long it holds the page up. */
import type { Browser } from 'playwright-core';
import { launchBrowser } from '../e2e/support/browser';
import { migrate, migrationPath, openDetail, panel, row, waitForNamespaces } from '../e2e/support/migration';
import { waitForRows } from '../e2e/support/page';
import { startServer, type Server } from '../e2e/support/server';
import { Session } from '../e2e/support/session';
import { reportTasks } from './tasks';

/** Rows on a page of the table. */
const SHOWN = 20;

async function measure(browser: Browser, server: Server, session: Session): Promise<void> {
  const { page } = session;
  const report = (name: string, action: () => Promise<void>): Promise<void> => reportTasks(browser, page, name, action);

  // What the Dashboard itself takes to start is not ours
  await session.goto(migrationPath('harvester').replace('#migration', ''));
  await waitForRows(page);
  await report('opening, until all figures are exact', async() => {
    await page.getByRole('tab', { name: 'Migration headroom' }).click();
    await waitForNamespaces(page, SHOWN);
  });
  await report('filtering by the name of a VM', async() => {
    await panel(page).getByRole('searchbox').pressSequentially('team-077-vm-3');
    await row(page, 'team-077').waitFor();
    await row(page, 'team-001').waitFor({ state: 'detached' });
    await panel(page).getByRole('searchbox').fill('');
    await waitForNamespaces(page, SHOWN);
  });
  await report('opening the details of ten VMs', () => openDetail(page, 'team-001'));
  await report('a migration that begins and ends', async() => {
    await migrate(server, 'team-004', 'team-004-vm-1');
    await panel(page).getByTestId('np-live-team-004-vm-1').getByText('Succeeded', { exact: true }).waitFor();
  });
}

/** Measures and reports. Needs the browser and the builds that `npm run bench` prepares. */
export async function benchMigration(): Promise<void> {
  const server = await startServer();
  const browser = await launchBrowser();

  try {
    await server.control('POST', '/scenario', { name: 'thousand-vms' });
    await measure(browser, server, await Session.open({ base: server.url, user: 'admin' }));
  } finally {
    await browser.close();
    await server.close();
  }
}
