/** What each kind of user sees of a node. */
import assert from 'node:assert/strict';
import { HASH, NODE_PAGES, openNodeTab, section, tab } from './support/nodeTab';
import { PRODUCTS } from './support/page';
import { browserSuite } from './support/suite';

const browserTest = browserSuite();

for (const product of PRODUCTS) {
  for (const user of ['admin', 'readonly', 'nocloudinit'] as const) {
    browserTest(`${ product }: ${ user } sees signals, order and configuration`, { user }, async({ session, page }) => {
      await openNodeTab(session, 'node-1', product);
      await section(page, 'configuration').getByTestId('np-configuration-evictionHard-memory.available').waitFor();
      await section(page, 'configuration').getByTestId('np-configuration-policy').getByText(user === 'nocloudinit' ? 'may not see policies' : 'No policy matches this node').waitFor();
      assert.equal(await tab(page).getByTestId('np-node-notice-kubelet.forbidden').count(), 0);
    });
  }

  browserTest(`${ product }: noproxy sees which right is missing, and what others know`, { user: 'noproxy' }, async({ session, page }) => {
    await session.goto(`${ NODE_PAGES[product]('node-1') }${ HASH }`);
    await tab(page).getByText('get nodes/proxy').waitFor();
    await tab(page).getByTestId('np-node-notice-metrics.use').getByText(/metrics-server sees .* in use/).waitFor();
    await section(page, 'memory').getByTestId('np-part-allocatable').waitFor();
    assert.equal(await tab(page).getByText('Clear', { exact: true }).count(), 0, 'what is not known is not shown as clear');
    assert.equal(await section(page, 'advice').count(), 0, 'nothing is advised on what is not known');
  });
}

browserTest('noproxy without metrics-server: no figure, and why', { user: 'noproxy' }, async({ session, page, server }) => {
  await server.control('POST', '/faults', { path: '/apis/metrics\\.k8s\\.io/', status: 404 });
  await session.goto(`${ NODE_PAGES.harvester('node-1') }${ HASH }`);
  await tab(page).getByTestId('np-node-notice-metrics.notFound').waitFor();
});

browserTest('who may not list events is told so, and sees the rest', {}, async({ session, page, server }) => {
  await server.control('POST', '/faults', {
    path: '/api/v1/events$', status: 403, body: { kind: 'Status', status: 'Failure', reason: 'Forbidden', code: 403, message: 'events is forbidden: User "u-1" cannot list resource "events" in API group "" at the cluster scope' },
  });
  await openNodeTab(session, 'node-1');
  await section(page, 'events').getByText('Events need the right list events').waitFor();
});
