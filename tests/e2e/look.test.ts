import assert from 'node:assert/strict';
import type { BrowserContextOptions } from 'playwright-core';
import { assertAccessible } from './support/axe';
import { PATHS, root, rows, verdict, waitForPage, waitForRows } from './support/page';
import { browserSuite } from './support/suite';

const browserTest = browserSuite();

const ROOT = '[data-testid="np-page"]';

const THEMES = ['light', 'dark'] as const;

// By scenario: real servers take a while to go from one to the next
for (const scenario of ['small', 'pressure', 'witness', 'empty'] as const) {
  for (const colorScheme of THEMES) {
    browserTest(`${ colorScheme } theme, ${ scenario }: accessible`, { scenario, context: { colorScheme } }, async({ session, page }) => {
      await session.goto(PATHS.harvester);
      await waitForPage(page);
      await (scenario === 'empty' ? root(page).getByRole('heading', { name: 'No nodes' }).waitFor() : rows(page).filter({ hasText: /Soft (off|\d)/ }).first().waitFor());
      assert.equal(await page.locator(`body.theme-${ colorScheme }`).count(), 1);
      await assertAccessible(page, ROOT);
    });
  }
}

for (const colorScheme of THEMES) {
  browserTest(`${ colorScheme } theme, missing rights: accessible`, { user: 'noproxy', context: { colorScheme } }, async({ session, page }) => {
    await session.goto(PATHS.explorer);
    await waitForRows(page);
    await root(page).getByText('nodes/proxy').first().waitFor();
    await assertAccessible(page, ROOT);
  });
}

const WINDOWS: Readonly<Record<string, BrowserContextOptions>> = {
  'a narrow window': { viewport: { width: 640, height: 900 } },
  '200 % zoom':      { viewport: { width: 700, height: 450 }, deviceScaleFactor: 2 },
};

for (const [name, context] of Object.entries(WINDOWS)) {
  browserTest(`${ name }: nothing is cut off, only the table scrolls`, { context }, async({ session, page }) => {
    await session.goto(PATHS.harvester);
    await waitForRows(page);
    const { own, visible } = await root(page).evaluate((element) => ({ own: element.scrollWidth, visible: element.clientWidth }));

    assert.ok(own <= visible, `the page is ${ own } px wide in ${ visible } px`);
    await root(page).getByRole('heading', { level: 1 }).waitFor();
    await assertAccessible(page, ROOT);
  });
}

browserTest('in Simplified Chinese no English sentence is left', {}, async({ session, page }) => {
  await session.speak('zh-hans');
  await session.goto(PATHS.harvester);
  await root(page).getByRole('heading', { level: 1 }).waitFor();
  await waitForRows(page);
  await verdict(page).getByText('OOM').waitFor();
  const text = await root(page).innerText();

  assert.match(text, /[\u4e00-\u9fff]/);
  assert.doesNotMatch(text, /threshold|memory|nodes have/i);
});

browserTest('the tabs and the table are reached by keyboard', {}, async({ session, page }) => {
  await session.goto(PATHS.harvester);
  await waitForRows(page);
  await root(page).getByRole('tab', { name: 'Overview' }).focus();
  const reached = new Set<string>();

  for (let step = 0; step < 30; step++) {
    await page.keyboard.press('Tab');
    reached.add(await page.evaluate(() => document.activeElement?.textContent?.trim() ?? ''));
  }
  for (const node of await rows(page).getByRole('link').allTextContents()) {
    assert.ok(reached.has(node.trim()), `${ node } is not reached`);
  }
});
