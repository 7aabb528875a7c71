import assert from 'node:assert/strict';
import { PATHS, PRODUCTS, root, row, rows, verdict, waitForExactValues, waitForPage, waitForRows } from './support/page';
import { browserSuite } from './support/suite';
import { until } from './support/wait';

const browserTest = browserSuite();

for (const product of PRODUCTS) {
  browserTest(`${ product }: a deep link shows every node with exact values, and so does a reload`, {}, async({ session, page }) => {
    await session.goto(PATHS[product]);
    await waitForRows(page);
    assert.equal(await rows(page).count(), 3);

    await page.reload();
    await waitForRows(page);
    await waitForExactValues(page, 3);
  });
}

browserTest('the extension is loaded as in production, from the plugin index', {}, async({ session, page }) => {
  await session.goto(PATHS.harvester);
  await waitForPage(page);
  const sources = await page.locator('script[src*="/v1/uiplugins/node-pressure/"]').evaluateAll((scripts) => scripts.map((script) => script.getAttribute('src')));

  assert.equal(sources.length, 1);
  assert.match(sources[0] ?? '', /\/node-pressure-\d+\.\d+\.\d+\.umd\.min\.js$/);
});

browserTest('one sentence says what is wrong with a cluster as installed', {}, async({ session, page }) => {
  await session.goto(PATHS.harvester);
  await verdict(page).getByText('no memory eviction threshold: a memory peak there ends in the OOM killer').waitFor();
  await root(page).getByText('Bare-metal container workloads').waitFor();
});

browserTest('a node’s name leads to its host page in Harvester', {}, async({ session, page }) => {
  await session.goto(PATHS.harvester);
  await waitForRows(page);
  const link = rows(page).first().getByRole('link').first();
  const name = (await link.textContent())?.trim();

  await link.click();
  await page.waitForURL((url) => url.pathname.endsWith(`/harvesterhci.io.host/${ name }`));
});

browserTest('a node’s name leads to its node page in Explorer', {}, async({ session, page }) => {
  await session.goto(PATHS.explorer);
  await waitForRows(page);
  await rows(page).first().getByRole('link').first()
    .click();
  await page.waitForURL((url) => /\/explorer\/node\/[^/]+$/.test(url.pathname));
});

browserTest('the table is searched and sorted', {}, async({ session, page }) => {
  await session.goto(PATHS.harvester);
  await waitForRows(page);
  const names = async() => rows(page).getByRole('link').allTextContents();
  const before = (await names()).map((name) => name.trim());

  await root(page).getByRole('columnheader', { name: /Node/ }).first().click();
  await until('the rows in order of their names', async() => {
    const now = (await names()).map((name) => name.trim());

    return JSON.stringify(now) === JSON.stringify([...before].sort()) || JSON.stringify(now) === JSON.stringify([...before].sort().reverse());
  });

  const wanted = before[1] ?? '';

  await root(page).getByRole('searchbox').fill(wanted);
  await until('one row', async() => await rows(page).count() === 1);
  assert.equal(await row(page, wanted).count(), 1);
});

browserTest('the table is copied as CSV', { context: { permissions: ['clipboard-read', 'clipboard-write'] } }, async({ session, page }) => {
  await session.goto(PATHS.harvester);
  await waitForRows(page);
  await root(page).getByRole('button', { name: 'Copy as CSV' }).click();
  const text = await until('the clipboard', async() => (await page.evaluate(() => navigator.clipboard.readText())) || false);

  assert.equal(text.trim().split('\n').length, 4, text);
});
