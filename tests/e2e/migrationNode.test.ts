import assert from 'node:assert/strict';
import { assertAccessible } from './support/axe';
import { HARVESTER, PLAIN, PRODUCTS } from './support/page';
import { browserSuite } from './support/suite';

const browserTest = browserSuite();
const MIGRATION = { scenario: 'migration' } as const;

const PAGES = {
  harvester: (node: string) => `/harvester/c/${ HARVESTER }/harvesterhci.io.host/${ node }#node-pressure-eviction`,
  explorer:  (node: string) => `/c/${ HARVESTER }/explorer/node/${ node }#node-pressure-eviction`,
} as const;

for (const product of PRODUCTS) {
  browserTest(`${ product }: whether a node can be emptied, and what becomes of each VM`, MIGRATION, async({ session, page }) => {
    await session.goto(PAGES[product]('node-1'));
    const section = page.getByTestId('np-section-migration');

    await section.getByTestId('np-drain-verdict').getByText('Harvester does not begin a maintenance of this node.').waitFor();
    await section.getByTestId('np-drain-cpu-full-cpu-full-1').getByText('Hangs', { exact: true }).waitFor();
    await section.getByTestId('np-drain-cpu-full-cpu-full-1').getByText('limits.cpu of the quota default-quota is short by 5m.').waitFor();
    await section.getByTestId('np-drain-pinned-pinned-1').getByText('Hangs', { exact: true }).waitFor();
    await section.getByTestId('np-drain-roomy-roomy-1').getByText('Migrates', { exact: true }).waitFor();
    await section.getByTestId('np-drain-roomy-roomy-1').getByRole('link', { name: 'roomy-1' }).waitFor();
  });
}

browserTest('a node without trouble can be emptied', {}, async({ session, page }) => {
  await session.goto(PAGES.harvester('node-2'));
  await page.getByTestId('np-drain-verdict').getByText('This node can be emptied: all its virtual machines can migrate.').waitFor();
});

browserTest('without the right to list pods it is worked out from estimates', MIGRATION, async({ session, page, server }) => {
  await server.control('POST', '/faults', {
    path: '/api/v1/namespaces/[^/]+/pods$', status: 403, body: { kind: 'Status', status: 'Failure', code: 403, reason: 'Forbidden', message: 'pods is forbidden: User "u-1" cannot list resource "pods" in API group "" in the namespace "free"' },
  });
  await session.goto(PAGES.harvester('node-1'));
  await page.getByTestId('np-section-migration').getByText('your account lacks the right to list pods').waitFor();
  await page.getByTestId('np-drain-verdict').waitFor();
});

browserTest('a cluster that is not Harvester has no such section', {}, async({ session, page }) => {
  await session.goto(`/c/${ PLAIN }/explorer/node/plain-1#node-pressure-eviction`);
  await page.getByTestId('np-section-configuration').waitFor();
  assert.equal(await page.getByTestId('np-section-migration').count(), 0);
});

browserTest('accessible', MIGRATION, async({ session, page }) => {
  await session.goto(PAGES.harvester('node-1'));
  await page.getByTestId('np-drain-verdict').waitFor();
  await assertAccessible(page, '[data-testid="np-section-migration"]');
});
