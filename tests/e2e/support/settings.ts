/** The tab *Settings*, and how a test finds its parts. */
import type { Locator, Page } from 'playwright-core';
import { PATHS, root } from './page';
import type { Session } from './session';
import { until } from './wait';

/** The form of the policy that is open. */
export const editor = (page: Page): Locator => root(page).getByTestId('np-editor');

/** One input of the form, such as `evictionHard/memory.available`. */
export const field = (page: Page, id: string): Locator => root(page).getByTestId(`np-field-${ id }`);

/** An input with everything that is said about it. */
export const around = (page: Page, id: string): Locator => root(page).locator('.np-input').filter({ has: page.getByTestId(`np-field-${ id }`) });

export const saveButton = (page: Page): Locator => root(page).getByTestId('np-save-button');

/** Waits until the nodes are read and the settings are checked. */
export async function waitForCheck(page: Page): Promise<void> {
  await until('the check', async() => await editor(page).getAttribute('aria-busy') === 'false');
}

/** Opens the tab in a product, and waits until the form knows its nodes. */
export async function openSettings(session: Session, product: keyof typeof PATHS = 'harvester'): Promise<void> {
  await session.goto(`${ PATHS[product] }#settings`);
  await editor(session.page).waitFor();
  await waitForCheck(session.page);
}

/** Waits until saving is possible, or is not. */
export const waitForSaving = (page: Page, enabled: boolean): Promise<true> => until(`a save button that is ${ enabled ? 'enabled' : 'disabled' }`, async() => await saveButton(page).isEnabled() === enabled);

/** Types a value that can be saved, and waits until it could be. */
export async function edit(page: Page, id: string, text: string): Promise<void> {
  await field(page, id).fill(text);
  await waitForCheck(page);
  await waitForSaving(page, true);
}

/** Saves what can be saved, and waits until there is nothing left to save. */
export async function save(page: Page): Promise<void> {
  await waitForCheck(page);
  await waitForSaving(page, true);
  await saveButton(page).click();
  await root(page).getByTestId('np-obstacles').getByText('Nothing is changed.').waitFor();
}
