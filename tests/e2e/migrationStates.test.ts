import assert from 'node:assert/strict';
import { detail, machine, migrate, migrationPath, openDetail, panel, row, waitForNamespaces } from './support/migration';
import { waitForPage } from './support/page';
import { requestsTo, type Server } from './support/server';
import { browserSuite } from './support/suite';
import { until } from './support/wait';

const browserTest = browserSuite();
const MIGRATION = { scenario: 'migration' } as const;

/** An answer of Kubernetes to somebody who lacks a right. */
const forbidden = (resource: string, group = ''): object => ({
  type: 'error', status: 403, code: 'Forbidden', message: `${ resource } is forbidden: User "u-1" cannot list resource "${ resource }" in API group "${ group }" at the cluster scope`,
});
const deny = (server: Server, path: string, resource: string, group?: string): Promise<unknown> => server.control('POST', '/faults', { path, status: 403, body: forbidden(resource, group) });

browserTest('while everything loads, the panel says so', MIGRATION, async({ session, page, server }) => {
  const { id } = await server.control('POST', '/faults', { path: '/v1.*/resourcequotas$', hold: true }) as { id: number };

  await session.goto(migrationPath('harvester'));
  await panel(page).getByText('Loading namespaces, quotas and virtual machines…').waitFor();
  await server.control('DELETE', `/faults/${ id }`);
  await waitForNamespaces(page, 19);
});

browserTest('a cluster without VMs and quotas says so', { scenario: 'empty' }, async({ session, page, server }) => {
  await server.control('POST', '/faults', { path: '/v1.*/resourcequotas$', status: 200, body: { type: 'collection', resourceType: 'resourcequota', data: [] } });
  await session.goto(migrationPath('harvester'));
  await panel(page).getByRole('heading', { name: 'No virtual machines and no quotas' }).waitFor();
});

for (const [what, path, resource, group] of [
  ['quotas', '/v1.*/resourcequotas$', 'resourcequotas', ''],
  ['migrations', '/v1.*/kubevirt\\.io\\.virtualmachineinstancemigrations$', 'virtualmachineinstancemigrations', 'kubevirt.io'],
] as const) {
  browserTest(`without the right to list ${ what } nothing is said, but which right is missing`, MIGRATION, async({ session, page, server }) => {
    await deny(server, path, resource, group);
    await session.goto(migrationPath('harvester'));
    await panel(page).getByText(`list ${ resource }`).waitFor();
    assert.equal(await panel(page).getByText('Fits', { exact: true }).count(), 0);
  });
}

browserTest('a list that fails is tried again', MIGRATION, async({ session, page, server }) => {
  await server.control('POST', '/faults', { path: '/v1.*/resourcequotas$', status: 500, body: { type: 'error', status: 500, code: 'ServerError', message: 'etcdserver: request timed out' } });
  await session.goto(migrationPath('harvester'));
  await panel(page).getByText('etcdserver: request timed out').waitFor();
  await server.control('DELETE', '/faults');
  await panel(page).getByTestId('np-retry').click();
  await waitForNamespaces(page, 19);
});

browserTest('without the right to list pods figures are estimates, and say so', MIGRATION, async({ session, page, server }) => {
  await deny(server, '/api/v1/namespaces/[^/]+/pods$', 'pods');
  await session.goto(migrationPath('harvester'));
  await panel(page).getByText('your account lacks the right to list pods').waitFor();
  await openDetail(page, 'cpu-full');
  await detail(page, 'cpu-full').getByText('Estimated, because the pods of these virtual machines were not read.').waitFor();
  // The estimate is that of KubeVirt: as exact as the pods themselves, as long as nothing changed since they started
  await row(page, 'cpu-full').getByText('Blocked', { exact: true }).waitFor();
});

browserTest('without the right to list nodes, nothing is said of them', MIGRATION, async({ session, page, server }) => {
  await deny(server, '/v1.*/nodes$', 'nodes');
  await session.goto(migrationPath('harvester'));
  await panel(page).getByText('your account lacks the right to list nodes').waitFor();
  await openDetail(page, 'roomy');
  await machine(page, 'roomy-1').getByText('Yes', { exact: true }).waitFor();
  assert.equal(await machine(page, 'roomy-1').getByText(/other node/).count(), 0);
});

browserTest('figures follow the cluster', MIGRATION, async({ session, page, server }) => {
  await session.goto(migrationPath('harvester'));
  await waitForNamespaces(page, 19);
  await server.control('POST', '/virtual-machines', { name: 'late', namespace: 'roomy', node: 'node-3', cpuCores: 2, memoryBytes: 2 ** 31, useBytes: 2 ** 29 });
  await row(page, 'roomy').getByText('3 VMs', { exact: true }).waitFor();
});

browserTest('only pods of VMs are asked for, once per namespace, and nothing while hidden', MIGRATION, async({ session, page, server }) => {
  await session.goto(migrationPath('harvester'));
  await waitForNamespaces(page, 19);
  const asked = await requestsTo(server, /\/pods$/);

  assert.equal(asked.length, 19);
  assert.deepEqual(asked.filter(({ query }) => !decodeURIComponent(query.replaceAll('+', ' ')).includes('labelSelector=kubevirt.io in (virt-launcher,hotplug-disk)')), []);
  await page.getByRole('tab', { name: 'Overview' }).click();
  await server.control('DELETE', '/requests');
  await migrate(server, 'roomy', 'roomy-1');
  await page.evaluate(() => fetch('/rancherversion').then((answer) => answer.text()));
  assert.equal((await requestsTo(server, /\/namespaces\/[^/]+\/pods$/)).length, 0);
});

browserTest('the table is found by state, namespace and VM', MIGRATION, async({ session, page }) => {
  await session.goto(migrationPath('harvester'));
  await waitForNamespaces(page, 19);
  for (const [text, namespace] of [['Drift', 'rewritten'], ['dead-z', 'dead-zone'], ['switched-off-2', 'switched-off']] as const) {
    await panel(page).getByRole('searchbox').fill(text);
    await until(`only ${ namespace }`, async() => await panel(page).locator('tr.main-row').count() === 1);
    await row(page, namespace).waitFor();
  }
});

browserTest('both tables are copied as CSV', { ...MIGRATION, context: { permissions: ['clipboard-read', 'clipboard-write'] } }, async({ session, page }) => {
  await session.goto(migrationPath('harvester'));
  await waitForNamespaces(page, 19);
  const copied = async(name: string): Promise<string> => {
    await panel(page).getByRole('button', { name }).click();
    await panel(page).getByText('Copied', { exact: true }).waitFor();

    return await page.evaluate(() => navigator.clipboard.readText());
  };

  assert.match(await copied('Copy VMs as CSV'), /^namespace,vm,node,can_migrate[^]*\npinned,pinned-1,node-1,false,hostnameSelector/);
  await panel(page).getByText('Copied', { exact: true }).waitFor({ state: 'detached' });
  assert.match(await copied('Copy as CSV'), /^namespace,states[^]*\ncpu-full,blocked,false,2,0,0/);
});

browserTest('200 % zoom: only tables scroll', { ...MIGRATION, context: { viewport: { width: 700, height: 450 }, deviceScaleFactor: 2 } }, async({ session, page }) => {
  await session.goto(migrationPath('harvester'));
  await waitForPage(page);
  await waitForNamespaces(page, 19);
  const { own, visible } = await panel(page).evaluate((element) => ({ own: element.scrollWidth, visible: element.clientWidth }));

  assert.ok(own <= visible, `the panel is ${ own } px wide in ${ visible } px`);
});
