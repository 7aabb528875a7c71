/** Where the page is, and how a test finds its parts: by role and by the words that a user reads. */
import type { Locator, Page } from 'playwright-core';
import { until } from './wait';

export const HARVESTER = 'c-m-harv01';
export const PLAIN = 'c-m-plain01';

export const PATHS = {
  harvester: `/harvester/c/${ HARVESTER }/node-pressure`,
  explorer:  `/c/${ HARVESTER }/explorer/node-pressure`,
  plain:     `/c/${ PLAIN }/explorer/node-pressure`,
} as const;

export const PRODUCTS = ['harvester', 'explorer'] as const;

/** The page's own root. */
export const root = (page: Page): Locator => page.getByTestId('np-page');

/** The table's rows, one per node. */
export const rows = (page: Page): Locator => root(page).locator('tbody tr.main-row');

/** One node's row. */
export const row = (page: Page, node: string): Locator => rows(page).filter({ has: page.getByRole('link', { name: node, exact: true }) });

/** The sentence about the whole cluster. */
export const verdict = (page: Page): Locator => root(page).getByTestId('np-verdict-text');

/** Waits until the page shows its heading. */
export const waitForPage = (page: Page): Promise<void> => root(page).getByRole('heading', { level: 1, name: 'Node Pressure' }).waitFor();

/** Waits until exact values of so many nodes are shown. */
export const waitForExactValues = (page: Page, count: number): Promise<true> => until(`exact values of ${ count } nodes`, async() => await rows(page).filter({ hasText: /Hard (off|\d)[^]*Soft (off|\d)/ }).count() === count);

/** Waits until the page shows rows. */
export const waitForRows = (page: Page): Promise<void> => rows(page).first().waitFor();
