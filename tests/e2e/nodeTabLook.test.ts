/** Themes, zoom, keyboard and languages of the tab. */
import assert from 'node:assert/strict';
import type { Page } from 'playwright-core';
import { assertAccessible } from './support/axe';
import { openNodeTab, section, tab, tabEntry, TAB_ROOT, waitForOrder, NODE_PAGES, HASH } from './support/nodeTab';
import { browserSuite } from './support/suite';
import { until } from './support/wait';

const browserTest = browserSuite();

const GIB = 2 ** 30;

for (const colorScheme of ['light', 'dark'] as const) {
  browserTest(`${ colorScheme } theme: accessible, with everything open`, { scenario: 'pressure', context: { colorScheme } }, async({ session, page, server }) => {
    await server.control('PUT', '/nodes/node-2/memory', { workingSetBytes: 31 * GIB });
    await server.control('POST', '/clock', { advanceMilliseconds: 20_000 });
    await openNodeTab(session, 'node-2');
    await section(page, 'events').getByTestId('np-event-evicted').first().waitFor();
    await tab(page).getByTestId('np-what-if').click();
    await tab(page).getByTestId('np-what-if-pod').selectOption({ index: 1 });
    await section(page, 'order').locator('summary').click();
    assert.equal(await page.locator(`body.theme-${ colorScheme }`).count(), 1);
    await assertAccessible(page, TAB_ROOT);
  });

  browserTest(`${ colorScheme } theme, missing rights: accessible`, { user: 'noproxy', context: { colorScheme } }, async({ session, page }) => {
    await session.goto(`${ NODE_PAGES.explorer('node-1') }${ HASH }`);
    await tab(page).getByTestId('np-node-notice-metrics.use').waitFor();
    await assertAccessible(page, TAB_ROOT);
  });
}

/** Whether only tables scroll sideways, and words have room. */
async function assertReadable(page: Page): Promise<void> {
  const { own, visible } = await tab(page).evaluate((element) => ({ own: element.scrollWidth, visible: element.clientWidth }));

  assert.ok(own <= visible, `the tab is ${ own } px wide in ${ visible } px`);
  assert.ok(visible >= 300, `the tab is only ${ visible } px wide`);
}

const WINDOWS = {
  '200 % zoom':      { viewport: { width: 700, height: 450 }, deviceScaleFactor: 2 },
  'a narrow window': { viewport: { width: 640, height: 900 } },
} as const;

for (const [name, context] of Object.entries(WINDOWS)) {
  for (const product of ['harvester', 'explorer'] as const) {
    browserTest(`${ product }, ${ name }: only tables scroll, and what if stays usable`, { context }, async({ session, page }) => {
      await openNodeTab(session, 'node-1', product);
      await assertReadable(page);
      await tab(page).getByTestId('np-order-group').selectOption('memory');
      await tab(page).getByTestId('np-what-if').click();
      await tab(page).getByTestId('np-what-if-threshold').getByRole('spinbutton').fill('40');
      await tab(page).getByTestId('np-what-if-outcome').getByText(/\d+ go(es)?, /).waitFor();
      await assertReadable(page);
    });
  }
}

browserTest('everything is reached by keyboard, in the order in which it stands', {}, async({ session, page }) => {
  await openNodeTab(session, 'node-1');
  await tab(page).getByTestId('np-what-if').click();
  await tab(page).getByTestId('np-what-if-threshold').waitFor();
  await tabEntry(page, 'Eviction').focus();
  const reached: string[] = [];

  await until('the last part to be reached', async() => {
    await page.keyboard.press('Tab');
    const id = await page.evaluate(() => {
      const element = document.activeElement;
      const part = element?.closest('[data-testid^="np-section"]')?.getAttribute('data-testid') ?? '';

      return `${ part } ${ element?.tagName } ${ element?.getAttribute('type') ?? '' }`;
    });

    reached.push(id);

    return id.startsWith('np-section-configuration');
  });
  for (const part of ['np-section-advice A', 'np-section-signals DIV', 'np-section-order SELECT', 'np-section-order BUTTON', 'np-section-order INPUT number', 'np-section-order INPUT range', 'np-section-order DIV', 'np-section-order A', 'np-section-order SUMMARY']) {
    assert.ok(reached.some((id) => id.startsWith(part)), `${ part } is not reached: ${ reached.join('; ') }`);
  }
  const parts = reached.map((id) => id.split(' ')[0]).filter((part) => part !== '');

  assert.deepEqual(parts, [...parts].sort((a, b) => parts.indexOf(a) - parts.indexOf(b)), 'no part is entered twice');
});

browserTest('in Simplified Chinese no English sentence is left', {}, async({ session, page }) => {
  await session.speak('zh-hans');
  await session.goto(`${ NODE_PAGES.harvester('node-1') }${ HASH }`);
  await waitForOrder(page);
  await tab(page).getByTestId('np-what-if').click();
  const text = await tab(page).innerText();

  assert.match(text, /[\u4e00-\u9fff]/);
  assert.doesNotMatch(text, /threshold|nothing|stopped|requests|sample|policy|events/i);
});
