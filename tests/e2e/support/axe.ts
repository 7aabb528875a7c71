/** Accessibility of our own part of the page. */
import assert from 'node:assert/strict';
import { readFileSync } from 'node:fs';
import type { AxeResults } from 'axe-core';
import type { Page } from 'playwright-core';

const AXE = readFileSync(require.resolve('axe-core/axe.min.js'), 'utf8');

/**
 * What we cannot mend, since it lies inside components of the shell: rule, and the part of the page it is accepted in.
 * Everything else is ours.
 */
const ACCEPTED: readonly { readonly rule: string; readonly target: RegExp }[] = [];

const TAGS = ['wcag2a', 'wcag2aa', 'wcag21a', 'wcag21aa', 'wcag22aa', 'best-practice'];

/** @throws AssertionError that lists every violation below an element */
export async function assertAccessible(page: Page, selector: string): Promise<void> {
  await page.evaluate(AXE);
  const { violations } = await page.evaluate(
    ([root, tags]) => (window as unknown as { axe: { run(root: string, options: object): Promise<AxeResults> } }).axe.run(root, { runOnly: tags, resultTypes: ['violations'] }),
    [selector, TAGS] as const,
  );
  const found = violations.flatMap(({ id, help, nodes }) => nodes.map(({ target, failureSummary }) => ({ rule: id, help, target: target.join(' '), summary: failureSummary })));

  assert.deepEqual(found.filter(({ rule, target }) => !ACCEPTED.some((accepted) => accepted.rule === rule && accepted.target.test(target))), []);
}
