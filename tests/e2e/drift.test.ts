import assert from 'node:assert/strict';
import type { Locator, Page } from 'playwright-core';
import { createInHarvester, patchInHarvester, savePolicy } from './support/api';
import { assertAccessible } from './support/axe';
import { PATHS, PRODUCTS, root, row, rows, waitForExactValues, waitForRows } from './support/page';
import { NODES, rebootWithPolicy } from './support/policies';
import { browserSuite } from './support/suite';
import { until } from './support/wait';

const browserTest = browserSuite();

const ROOT = '[data-testid="np-page"]';
const SETTINGS = {
  evictionHard:           { 'imagefs.available': '5%', 'memory.available': '6Gi', 'nodefs.available': '5%' },
  evictionMinimumReclaim: { 'imagefs.available': '10%', 'memory.available': '4Gi', 'nodefs.available': '10%' },
};
const CLOUD_INIT = '/apis/node.harvesterhci.io/v1beta1/cloudinits/memory';

const sentence = (page: Page): Locator => root(page).getByTestId('np-drift');
const badge = (page: Page, node: string, state: string): Locator => row(page, node).getByText(state, { exact: true });

for (const product of PRODUCTS) {
  browserTest(`${ product }: settings wait for the next boot, and after it they are in force`, {}, async({ session, page, server }) => {
    await session.goto(PATHS[product]);
    await waitForRows(page);
    await badge(page, 'node-1', 'No policy').waitFor();
    await savePolicy(server, 'memory', SETTINGS);
    await sentence(page).getByText('3 of 3 nodes run with what their policy says from the next reboot on.').waitFor();
    await badge(page, 'node-2', 'Pending reboot').waitFor();

    await rebootWithPolicy(server, 'memory', ...NODES);
    await until('every node in sync', async() => await rows(page).getByText('In sync', { exact: true }).count() === 3);
    assert.equal(await sentence(page).count(), 0);
  });
}

browserTest('every value that differs is listed, by keyboard', {}, async({ session, page, server }) => {
  await savePolicy(server, 'memory', SETTINGS);
  await session.goto(PATHS.harvester);
  await badge(page, 'node-1', 'Pending reboot').waitFor();
  const details = row(page, 'node-1').locator('summary');

  await details.focus();
  await page.keyboard.press('Enter');
  await row(page, 'node-1').getByText('evictionHard memory.available: 6Gi; runs with not set').waitFor();
  await row(page, 'node-1').getByText('from the next boot on').waitFor();
});

browserTest('a node that leaves the selector keeps what it has, and is shown with it', {}, async({ session, page, server }) => {
  await savePolicy(server, 'memory', SETTINGS);
  await rebootWithPolicy(server, 'memory', ...NODES);
  await patchInHarvester(server, CLOUD_INIT, { spec: { matchSelector: { 'kubernetes.io/hostname': 'node-1' } } });
  await session.goto(PATHS.harvester);
  await badge(page, 'node-2', 'Left behind').waitFor();
  await badge(page, 'node-1', 'In sync').waitFor();
  await sentence(page).getByText('2 of 3 nodes still run with settings of a policy that matches no more.').waitFor();

  await root(page).getByLabel('Show').selectOption('drifting');
  await until('two rows', async() => await rows(page).count() === 2);
});

browserTest('a policy that is paused, edited outside or overridden is shown as that', {}, async({ session, page, server }) => {
  await savePolicy(server, 'memory', SETTINGS, { paused: true });
  await session.goto(PATHS.harvester);
  await badge(page, 'node-1', 'Paused').waitFor();

  await patchInHarvester(server, CLOUD_INIT, { spec: { paused: false } });
  await badge(page, 'node-1', 'Pending reboot').waitFor();
  await server.control('PUT', '/nodes/node-1/files', { path: '/etc/rancher/rke2/config.yaml.d/99-z99-other.yaml', content: 'kubelet-arg+:\n- "eviction-hard=memory.available<1Gi"\n' });
  await rebootWithPolicy(server, 'memory', 'node-1');
  await badge(page, 'node-1', 'Overridden').waitFor();

  await patchInHarvester(server, CLOUD_INIT, { spec: { contents: 'stages: {}\n' } });
  await until('three rows', async() => await rows(page).getByText('Edited outside', { exact: true }).count() === 3);
});

browserTest('a witness is passed over, and other people’s files are named', { scenario: 'witness' }, async({ session, page, server }) => {
  await server.control('PUT', '/nodes/node-1/files', { path: '/etc/rancher/rke2/config.yaml.d/99-z99-other.yaml', content: 'kubelet-arg+:\n- "eviction-hard=memory.available<1Gi"\n' });
  await server.control('POST', '/nodes/node-1/restart-kubelet');
  await session.goto(PATHS.harvester);
  await badge(page, 'node-1', 'Set elsewhere').waitFor();
  await savePolicy(server, 'memory', SETTINGS);
  await badge(page, 'node-3', 'Kept out').waitFor();
});

browserTest('an upgrade of Harvester would bring the settings into force', {}, async({ session, page, server }) => {
  await savePolicy(server, 'memory', SETTINGS);
  await createInHarvester(server, '/apis/harvesterhci.io/v1beta1/namespaces/harvester-system/upgrades', {
    apiVersion: 'harvesterhci.io/v1beta1', kind: 'Upgrade', metadata: { name: 'hvst-upgrade-x', namespace: 'harvester-system' }, spec: { version: 'v1.9.1' },
  });
  await session.goto(PATHS.harvester);
  await root(page).getByTestId('np-upgrade').getByText('Harvester is being upgraded to v1.9.1').waitFor();
  await root(page).getByTestId('np-upgrade').getByText('3 nodes take new settings when it reboots them.').waitFor();
  await root(page).getByRole('tab', { name: 'Settings' }).click();
  await root(page).getByTestId('np-upgrade').getByText('Settings saved now take effect on each node when the upgrade reboots it.').waitFor();
  await patchInHarvester(server, '/apis/harvesterhci.io/v1beta1/namespaces/harvester-system/upgrades/hvst-upgrade-x/status', { status: { conditions: [{ type: 'Completed', status: 'True' }] } });
  await until('no warning', async() => await root(page).getByTestId('np-upgrade').count() === 0);
});

browserTest('who may not see policies sees everything else', { user: 'nocloudinit' }, async({ session, page, server }) => {
  await savePolicy(server, 'memory', SETTINGS);
  await session.goto(PATHS.harvester);
  await waitForExactValues(page, 3);
  assert.equal(await rows(page).getByText('Your account may not see policies').count(), 3);
});

browserTest('who may not reach kubelets still sees what waits for a boot', { user: 'noproxy' }, async({ session, page, server }) => {
  await savePolicy(server, 'memory', SETTINGS);
  await session.goto(PATHS.harvester);
  await sentence(page).getByText('3 of 3 nodes run with what their policy says from the next reboot on.').waitFor();
  await rebootWithPolicy(server, 'memory', 'node-2');
  await row(page, 'node-2').getByTitle('What the kubelet runs with was not read yet.').waitFor();
  await until('a coarse figure beside it', async() => await row(page, 'node-2').getByText('≈').count() === 1);
});

browserTest('the CSV has it, too', { context: { permissions: ['clipboard-read', 'clipboard-write'] } }, async({ session, page, server }) => {
  await savePolicy(server, 'memory', SETTINGS);
  await session.goto(PATHS.harvester);
  // What differs is known once the kubelets have answered; that a boot is waited for, before
  await waitForExactValues(page, 3);
  await badge(page, 'node-1', 'Pending reboot').waitFor();
  await root(page).getByRole('button', { name: 'Copy as CSV' }).click();
  const text = await until('the clipboard', async() => (await page.evaluate(() => navigator.clipboard.readText())) || false);

  assert.match(text, /^node,.*,policy,settings_state,settings_differences,first_in_line,gaps,problem\r\n/);
  assert.match(text, /memory,pendingReboot,"evictionHard memory\.available: 6Gi, effective -; /);
});

browserTest('names from the cluster stay text', {}, async({ session, page, server }) => {
  await savePolicy(server, 'memory', SETTINGS);
  await patchInHarvester(server, '/api/v1/nodes/node-1', { metadata: { annotations: { 'rke2.io/node-args': '["--kubelet-arg","eviction-hard=<img src=x onerror=alert(1)>"]' } } });
  await patchInHarvester(server, CLOUD_INIT, { spec: { matchSelector: { nowhere: 'true' } } });
  await session.goto(PATHS.harvester);
  await badge(page, 'node-1', 'Set elsewhere').waitFor();
  await row(page, 'node-1').locator('summary').click();
  await row(page, 'node-1').getByText('<img src=x onerror=alert(1)>').waitFor();
  assert.equal(await root(page).locator('img').count(), 0);
});

for (const colorScheme of ['light', 'dark'] as const) {
  browserTest(`${ colorScheme } theme: drift is accessible`, { context: { colorScheme } }, async({ session, page, server }) => {
    await savePolicy(server, 'memory', SETTINGS);
    await rebootWithPolicy(server, 'memory', 'node-3');
    await session.goto(PATHS.harvester);
    await badge(page, 'node-3', 'In sync').waitFor();
    await row(page, 'node-1').locator('summary').click();
    await assertAccessible(page, ROOT);
  });
}

browserTest('first in line is a VM that leads to its page, and findings are named', { scenario: 'pressure' }, async({ session, page }) => {
  await session.goto(PATHS.harvester);
  await row(page, 'node-2').getByText('First to go: VM').waitFor();
  await row(page, 'node-1').getByText('Nothing reserved').waitFor();
  const link = row(page, 'node-2').getByRole('link', { name: /^\S+\/\S+$/ });
  const [namespace, name] = (await link.textContent() ?? '').trim().split('/');

  await link.click();
  await page.waitForURL((url) => url.pathname.endsWith(`/kubevirt.io.virtualmachine/${ namespace }/${ name }`));
});

browserTest('pods are read for rows in view alone', { scenario: 'thousand', onlySimulated: 'a thousand nodes with 20,000 objects take two processors many minutes to create' }, async({ session, page, server }) => {
  await session.goto(PATHS.harvester);
  await rows(page).filter({ hasText: 'First to go:' }).first().waitFor();
  const lists = (await server.control('GET', '/requests?path=/api/v1/pods$') as { query: string }[]).map(({ query }) => query);

  assert.ok(lists.length < 30, `${ lists.length } lists of pods were read`);
  assert.ok(lists.every((query) => query.includes('fieldSelector=spec.nodeName')), 'only the pods of one node at a time');
});
