import assert from 'node:assert/strict';
import { PATHS, PRODUCTS, root, rows, waitForExactValues, waitForPage, waitForRows } from './support/page';
import { browserSuite } from './support/suite';
import { until } from './support/wait';

const browserTest = browserSuite();

for (const product of PRODUCTS) {
  for (const user of ['admin', 'readonly', 'nocloudinit'] as const) {
    browserTest(`${ product }: ${ user } sees exact values of every node`, { user }, async({ session, page }) => {
      await session.goto(PATHS[product]);
      await waitForRows(page);
      await waitForExactValues(page, 3);
    });
  }

  browserTest(`${ product }: noproxy sees what the control plane knows, and which right is missing`, { user: 'noproxy' }, async({ session, page }) => {
    await session.goto(PATHS[product]);
    await waitForRows(page);
    await root(page).getByText('nodes/proxy').first().waitFor();
    assert.equal(await rows(page).count(), 3);
    assert.equal(await rows(page).filter({ hasText: 'Soft not known' }).count(), 3, 'an unknown threshold is not shown as off');
    await until('coarse memory', async() => await rows(page).filter({ hasText: '≈' }).count() === 3);
  });
}

browserTest('an answer of 403 for the nodes themselves names the right', {}, async({ session, page, server }) => {
  await server.control('POST', '/faults', {
    path: '/v1/nodes$', status: 403, body: { type: 'error', status: 403, code: 'Forbidden', message: 'nodes is forbidden: User "u-1" cannot list resource "nodes" in API group "" at the cluster scope' },
  });
  await session.goto(PATHS.harvester);
  await waitForPage(page);
  await root(page).getByRole('heading', { name: 'You may not see this cluster’s nodes' }).waitFor();
});
