import assert from 'node:assert/strict';
import type { Page } from 'playwright-core';
import { savePolicy } from './support/api';
import { assertAccessible } from './support/axe';
import { PATHS, root } from './support/page';
import { findPolicy, readPolicy } from './support/policies';
import { around, editor, field, openSettings, saveButton, waitForCheck, waitForSaving } from './support/settings';
import { browserSuite } from './support/suite';
import { until } from './support/wait';

const browserTest = browserSuite();

const ROOT = '[data-testid="np-page"]';
const HARD = 'evictionHard/memory.available';

/** Presses a key until an element with this test id has the focus. */
async function tabTo(page: Page, testId: string, key = 'Tab'): Promise<void> {
  for (let step = 0; step < 120; step++) {
    if (await page.evaluate(() => document.activeElement?.getAttribute('data-testid')) === testId) {
      return;
    }
    await page.keyboard.press(key);
  }
  throw new Error(`${ testId } is not reached by keyboard`);
}

for (const colorScheme of ['light', 'dark'] as const) {
  browserTest(`${ colorScheme } theme, the form in all its states: accessible`, { context: { colorScheme } }, async({ session, page }) => {
    await openSettings(session);
    assert.equal(await page.locator(`body.theme-${ colorScheme }`).count(), 1);
    await assertAccessible(page, ROOT);

    await field(page, HARD).fill('6GiB');
    await field(page, 'evictionSoft/memory.available').fill('8Gi');
    await around(page, HARD).getByText(/no amount that the kubelet can read/).waitFor();
    await editor(page).getByTestId('np-pod-grace').waitFor();
    await editor(page).getByTestId('np-nodes-labels').check();
    await editor(page).getByTestId('np-label').waitFor();
    await assertAccessible(page, ROOT);

    await root(page).getByTestId('np-discard').click();
    await root(page).getByTestId('np-start-harvester7424').click();
    await waitForSaving(page, true);
    await saveButton(page).click();
    await page.getByTestId('np-typed').waitFor();
    await assertAccessible(page, ROOT);
  });

  browserTest(`${ colorScheme } theme, mixed values: accessible`, { scenario: 'pressure', context: { colorScheme } }, async({ session, page }) => {
    await openSettings(session);
    await around(page, HARD).getByTestId('np-mixed').waitFor();
    await assertAccessible(page, ROOT);
  });

  browserTest(`${ colorScheme } theme, policies and the question before leaving: accessible`, { context: { colorScheme } }, async({ session, page, server }) => {
    await savePolicy(server, 'memory', { evictionHard: { 'memory.available': '1Gi' } }, { matchSelector: { 'kubernetes.io/hostname': 'node-1' } });
    await openSettings(session);
    await assertAccessible(page, ROOT);
    await field(page, HARD).fill('2Gi');
    await root(page).getByTestId('np-create-policy').click();
    await page.getByTestId('np-stay').waitFor();
    await assertAccessible(page, ROOT);
  });

  for (const user of ['readonly', 'nocloudinit', 'noproxy'] as const) {
    browserTest(`${ colorScheme } theme, ${ user }: accessible`, { user, context: { colorScheme } }, async({ session, page }) => {
      await openSettings(session);
      await assertAccessible(page, ROOT);
    });
  }
}

browserTest('by keyboard alone: from the tab to a saved policy', {}, async({ session, page }) => {
  await session.goto(PATHS.harvester);
  await root(page).getByRole('tab', { name: 'Overview' }).focus();
  await page.keyboard.press('ArrowRight');
  await editor(page).waitFor();
  await waitForCheck(page);
  await tabTo(page, 'np-policy-name');
  await page.keyboard.press('ControlOrMeta+A');
  await page.keyboard.type('by-hand');
  await tabTo(page, `np-field-${ HARD }`);
  await page.keyboard.type('1Gi');
  await waitForSaving(page, true);
  await tabTo(page, 'np-save-button');
  await page.keyboard.press('Enter');
  await root(page).getByTestId('np-policy-by-hand').waitFor();
});

browserTest('by keyboard alone: a danger is typed out, and the focus stays where the work is', {}, async({ session, page, server }) => {
  const press = (key: string): Promise<void> => page.keyboard.press(key);

  await session.goto(PATHS.harvester);
  await root(page).getByRole('tab', { name: 'Overview' }).focus();
  await press('ArrowRight');
  await editor(page).waitFor();
  await waitForCheck(page);
  await tabTo(page, 'np-start-harvester7424');
  await press('Enter');
  await waitForSaving(page, true);
  await editor(page).getByTestId('np-finding-evictsNow').first().waitFor();
  await tabTo(page, 'np-reason');
  await page.keyboard.type('memory first');
  await tabTo(page, 'np-save-button');
  await press('Enter');
  await page.getByTestId('np-dangers').getByText('node-2').waitFor();
  await tabTo(page, 'np-typed');
  await page.keyboard.type('memory-evictio');
  await press('Enter');
  assert.equal(await page.getByTestId('np-confirm').isDisabled(), true);
  assert.equal(await findPolicy(server, 'memory-eviction'), undefined, 'an unfinished word confirms nothing');
  await page.keyboard.type('n');
  await tabTo(page, 'np-confirm');
  await press('Enter');
  await root(page).getByTestId('np-policy-memory-eviction').waitFor();
  await editor(page).getByTestId('np-history').getByText('“memory first”').waitFor();
  await until('the focus on the footer', () => page.evaluate(() => document.activeElement?.getAttribute('data-testid') === 'np-save'));
  assert.match((await readPolicy(server, 'memory-eviction')).spec.contents, /memory\.available<6Gi/);
});

browserTest('by keyboard alone: the question before leaving keeps the focus, and Escape stays', {}, async({ session, page }) => {
  await openSettings(session);
  await field(page, HARD).fill('1Gi');
  await root(page).getByRole('tab', { name: 'Settings' }).focus();
  await page.keyboard.press('ArrowLeft');
  await page.getByTestId('np-stay').waitFor();
  await page.keyboard.press('Tab');
  await page.keyboard.press('Tab');
  assert.equal(await page.evaluate(() => document.activeElement?.closest('dialog') !== null || document.activeElement === document.body), true);
  await page.keyboard.press('Escape');
  await page.getByTestId('np-stay').waitFor({ state: 'detached' });
  assert.equal(await field(page, HARD).inputValue(), '1Gi');
});

browserTest('in Simplified Chinese no English sentence is left', { scenario: 'pressure' }, async({ session, page }) => {
  await session.speak('zh-hans');
  await openSettings(session);
  await field(page, 'systemReserved/memory').fill('40Gi');
  await editor(page).getByTestId('np-finding-reservedBeyondCapacity').waitFor();
  await field(page, 'evictionSoft/nodefs.available').fill('1%');
  await around(page, 'evictionSoftGracePeriod/nodefs.available').getByTestId('np-finding-graceMissing').waitFor();
  const text = await root(page).innerText();

  assert.match(text, /[\u4e00-\u9fff]/);
  // The kubelet's own words stay English
  assert.doesNotMatch(text.replaceAll(/kubelet 的原文：.*/g, ''), /threshold|thresholds|nodes have|would|Policy/i);
});

browserTest('a narrow window: only tables scroll', { context: { viewport: { width: 640, height: 900 } } }, async({ session, page }) => {
  await openSettings(session);
  const { own, visible } = await root(page).evaluate((element) => ({ own: element.scrollWidth, visible: element.clientWidth }));

  assert.ok(own <= visible, `the page is ${ own } px wide in ${ visible } px`);
  await assertAccessible(page, ROOT);
});
