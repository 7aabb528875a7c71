import assert from 'node:assert/strict';
import type { Page } from 'playwright-core';
import { HARVESTER, PATHS, PLAIN, root, waitForPage, waitForRows } from './support/page';
import { browserSuite } from './support/suite';

const browserTest = browserSuite();

browserTest('the way in: main menu, Virtualization Management, the cluster, Advanced, Node Pressure', {}, async({ session, page }) => {
  await session.goto('/home');
  await page.getByTestId('top-level-menu').click();
  await page.getByRole('link', { name: /Virtualization Management/ }).first().click();
  await page.getByRole('main').getByRole('link', { name: 'harvester' }).click();
  await page.waitForURL((url) => url.pathname.includes(`/harvester/c/${ HARVESTER }/`));
  await openPage(page, 'Advanced');
  assert.equal(new URL(page.url()).pathname, `/dashboard${ PATHS.harvester }`);
});

/** Opens a cluster in Explorer through the main menu. */
async function openCluster(page: Page, id: string): Promise<void> {
  await page.getByTestId('top-level-menu').click();
  await page.getByTestId(`menu-cluster-${ id }`).or(page.getByTestId(`pinned-menu-cluster-${ id }`)).first().click();
  await page.waitForURL((url) => url.pathname.startsWith(`/dashboard/c/${ id }/explorer`));
}

/** Opens the page through the menu of the product that is shown. */
async function openPage(page: Page, group: string): Promise<void> {
  const entry = page.locator('nav').getByText('Node Pressure', { exact: true });

  if (!await entry.isVisible()) {
    await page.locator('nav').getByText(group, { exact: true }).click();
  }
  await entry.click();
  await waitForRows(page);
}

browserTest('from Harvester to Explorer through the menus, and back', {}, async({ session, page }) => {
  await session.goto(PATHS.harvester);
  await waitForRows(page);
  await openCluster(page, HARVESTER);
  await openPage(page, 'Cluster');
  assert.equal(new URL(page.url()).pathname, `/dashboard${ PATHS.explorer }`);
  await page.goBack();
  await page.goBack();
  await page.waitForURL((url) => url.pathname === `/dashboard${ PATHS.harvester }`);
  await waitForRows(page);
});

browserTest('a switch to a cluster that is no Harvester takes the entry away, a switch back brings it again', {}, async({ session, page }) => {
  await session.goto(PATHS.explorer);
  await waitForRows(page);
  await openCluster(page, PLAIN);
  await page.locator('nav').getByText('Nodes', { exact: true }).or(page.locator('nav').getByText('Cluster', { exact: true })).first()
    .waitFor();
  assert.equal(await page.locator('nav').getByText('Node Pressure', { exact: true }).count(), 0);
  await openCluster(page, HARVESTER);
  await openPage(page, 'Cluster');
});

browserTest('another cluster that is no Harvester: the page says so', {}, async({ session, page }) => {
  await session.goto(PATHS.plain);
  await waitForPage(page);
  await root(page).getByRole('heading', { name: 'Not a Harvester cluster' }).waitFor();
});

browserTest('an unknown tab in the address falls back to the overview', {}, async({ session, page }) => {
  await session.goto(`${ PATHS.harvester }#no-such-tab`);
  await waitForRows(page);
  assert.equal(await root(page).getByRole('tab', { name: 'Overview' }).getAttribute('aria-selected'), 'true');
});

browserTest('after logging out and in again through the form, the deep link works', {}, async({ session, page }) => {
  await session.goto(PATHS.harvester);
  await waitForRows(page);
  await session.goto('/auth/logout');
  await page.getByTestId('local-login-username').fill('admin');
  await page.getByTestId('local-login-password').locator('input').fill('admin');
  await page.getByTestId('login-submit').click();
  await page.waitForURL((url) => !url.pathname.includes('/auth/'));
  await session.goto(PATHS.harvester);
  await waitForRows(page);
});
