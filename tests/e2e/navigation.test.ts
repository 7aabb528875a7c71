import assert from 'node:assert/strict';
import { HARVESTER, PATHS, root, waitForPage, waitForRows } from './support/page';
import { browserSuite } from './support/suite';

const browserTest = browserSuite();

browserTest('the way in: main menu, Virtualization Management, the cluster, Advanced, Node Pressure', {}, async({ session, page }) => {
  await session.goto('/home');
  await page.getByTestId('top-level-menu').click();
  await page.getByRole('link', { name: /Virtualization Management/ }).first().click();
  await page.getByRole('main').getByRole('link', { name: 'harvester' }).click();
  await page.waitForURL((url) => url.pathname.includes(`/harvester/c/${ HARVESTER }/`));
  await page.locator('nav').getByText('Advanced', { exact: true }).click();
  await page.locator('nav').getByText('Node Pressure', { exact: true }).click();
  await waitForRows(page);
  assert.equal(new URL(page.url()).pathname, `/dashboard${ PATHS.harvester }`);
});

browserTest('from Harvester to Explorer and back', {}, async({ session, page }) => {
  await session.goto(PATHS.harvester);
  await waitForRows(page);
  await page.goto(`${ session.base }/dashboard${ PATHS.explorer }`);
  await waitForRows(page);
  await page.goBack();
  await waitForRows(page);
  assert.equal(new URL(page.url()).pathname, `/dashboard${ PATHS.harvester }`);
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
