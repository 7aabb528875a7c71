import assert from 'node:assert/strict';
import { PATHS, root, row, rows, verdict, waitForExactValues, waitForPage, waitForRows } from './support/page';
import { browserSuite } from './support/suite';
import { until } from './support/wait';

const browserTest = browserSuite();

browserTest('small: three nodes without a threshold', {}, async({ session, page }) => {
  await session.goto(PATHS.harvester);
  await verdict(page).getByText('3 of 3 nodes have no memory eviction threshold').waitFor();
  await root(page).getByTestId('np-feature').getByText('On', { exact: true }).waitFor();
});

browserTest('pressure: the node in danger is named first', { scenario: 'pressure' }, async({ session, page }) => {
  await session.goto(PATHS.harvester);
  await waitForExactValues(page, 3);
  await verdict(page).getByText(/^\s*node-2 is \S+ MiB away from evicting/).waitFor();
  assert.match(await rows(page).first().textContent() ?? '', /node-2/);
});

browserTest('witness: shown as a witness, not as a danger', { scenario: 'witness' }, async({ session, page }) => {
  await session.goto(PATHS.harvester);
  await waitForRows(page);
  await rows(page).filter({ hasText: 'Witness' }).first().waitFor();
});

browserTest('empty: says so', { scenario: 'empty' }, async({ session, page }) => {
  await session.goto(PATHS.harvester);
  await root(page).getByRole('heading', { name: 'No nodes' }).waitFor();
});

browserTest('feature-off: says so and still shows the nodes', { scenario: 'feature-off' }, async({ session, page }) => {
  await session.goto(PATHS.harvester);
  await waitForRows(page);
  await root(page).getByTestId('np-feature').getByText('Off', { exact: true }).waitFor();
});

browserTest('hundred: only the kubelets in view are asked', { scenario: 'hundred' }, async({ session, page, server }) => {
  await session.goto(PATHS.harvester);
  await waitForRows(page);
  await rows(page).filter({ hasText: /Soft (off|\d)/ }).first().waitFor();
  const asked = (await server.control('GET', '/requests') as { path: string }[]).map(({ path }) => /nodes\/([^/]+)\/proxy\/stats\/summary/.exec(path)?.[1]).filter(Boolean);

  assert.ok(new Set(asked).size < 50, `${ new Set(asked).size } kubelets were asked`);
});

browserTest('thousand: all are listed and found', { scenario: 'thousand', onlySimulated: 'a thousand nodes with 20,000 objects take two processors many minutes to create' }, async({ session, page }) => {
  await session.goto(PATHS.harvester);
  await waitForRows(page);
  await root(page).getByRole('searchbox').fill('node-0777');
  await until('one row', async() => await rows(page).count() === 1);
  await row(page, 'node-0777').waitFor();
});

browserTest('a node that stops answering is shown as not ready, and comes back', {}, async({ session, page, server }) => {
  await session.goto(PATHS.harvester);
  await waitForRows(page);
  const name = (await rows(page).first().getByRole('link').first()
    .textContent())?.trim() ?? '';

  await server.control('POST', `/nodes/${ name }/break`);
  await server.control('POST', '/clock', { advanceMilliseconds: 120_000 });
  await row(page, name).getByText('Not ready', { exact: true }).waitFor();
  await server.control('POST', `/nodes/${ name }/recover`);
  await row(page, name).getByText('Ready', { exact: true }).waitFor();
});

browserTest('without metrics-server the rows in view still have exact values', {}, async({ session, page, server }) => {
  await server.control('POST', '/faults', { path: '/metrics\\.k8s\\.io/', status: 404 });
  await session.goto(PATHS.harvester);
  await waitForRows(page);
  await root(page).getByText('because this cluster has no metrics-server').waitFor();
  await waitForExactValues(page, 3);
});

browserTest('while the nodes load, the page says so', {}, async({ session, page, server }) => {
  const { id } = await server.control('POST', '/faults', { path: '/v1/nodes$', hold: true }) as { id: number };

  await session.goto(PATHS.harvester);
  await waitForPage(page);
  await root(page).getByText('Loading nodes…').waitFor();
  await server.control('DELETE', `/faults/${ id }`);
  await waitForRows(page);
});
