/** The tab *Eviction* of a node, and how a test finds its parts. */
import type { Locator, Page } from 'playwright-core';
import { HARVESTER } from './page';
import { requestsTo, type Server } from './server';
import type { Session } from './session';

export const HASH = '#node-pressure-eviction';
export const TAB_ROOT = '[data-testid="np-node-tab"]';

export const NODE_PAGES = {
  harvester: (node: string) => `/harvester/c/${ HARVESTER }/harvesterhci.io.host/${ node }`,
  explorer:  (node: string) => `/c/${ HARVESTER }/explorer/node/${ node }`,
} as const;

export const tab = (page: Page): Locator => page.getByTestId('np-node-tab');
export const section = (page: Page, name: string): Locator => tab(page).getByTestId(`np-section-${ name }`);
export const signal = (page: Page, name: string): Locator => tab(page).getByTestId(`np-signal-${ name }`);
export const orderRows = (page: Page): Locator => section(page, 'order').locator('tbody tr');

export const waitForSignals = (page: Page): Promise<void> => signal(page, 'memory.available').getByText(/GiB of/).waitFor();
export const waitForOrder = (page: Page): Promise<void> => orderRows(page).first().waitFor();

/** Opens the tab of a node, and waits for its figures. */
export async function openNodeTab(session: Session, node: string, product: keyof typeof NODE_PAGES = 'harvester'): Promise<void> {
  await session.goto(`${ NODE_PAGES[product](node) }${ HASH }`);
  await waitForSignals(session.page);
  await waitForOrder(session.page);
}

/** The host page's entry of one of its tabs. */
export const tabEntry = (page: Page, name: string): Locator => page.getByRole('tab', { name }).or(page.getByRole('link', { name })).first();

const READS = /\/proxy\/(stats\/summary|configz)$|metrics\.k8s\.io|\/api\/v1\/(pods|events)$/;

/** How much the tab has read of a node beside the Dashboard's store. */
export const reads = async(server: Server): Promise<number> => (await requestsTo(server, READS)).length;

/** Lets the page's own clock run, and waits until whatever it asked for meanwhile has reached the server. */
export async function passInBrowser(page: Page, milliseconds: number): Promise<void> {
  await page.clock.fastForward(milliseconds);
  await page.evaluate(() => fetch('/rancherversion').then((answer) => answer.text()));
}
