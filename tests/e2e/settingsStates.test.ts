import assert from 'node:assert/strict';
import type { Page } from 'playwright-core';
import { createInHarvester, savePolicy } from './support/api';
import { PATHS, PLAIN, root, rows, waitForRows } from './support/page';
import { findPolicy, reboot } from './support/policies';
import { around, editor, field, openSettings, saveButton, waitForCheck, waitForSaving } from './support/settings';
import { browserSuite } from './support/suite';
import { until } from './support/wait';

const browserTest = browserSuite();

const HARD = 'evictionHard/memory.available';
const CLOUD_INITS = '/apis/node.harvesterhci.io/v1beta1/cloudinits';

browserTest('who may only read sees everything, can try values, and learns which right is missing', { user: 'readonly' }, async({ session, page, server }) => {
  await savePolicy(server, 'memory', { evictionHard: { 'memory.available': '3Gi' } });
  await openSettings(session);
  await root(page).getByTestId('np-access').getByText('create cloudinits.node.harvesterhci.io').waitFor();
  assert.equal(await field(page, HARD).inputValue(), '3Gi');
  await field(page, HARD).fill('2Gi');
  await around(page, HARD).getByText(/2 GiB of 31\.3 GiB/).waitFor();
  await waitForCheck(page);
  await waitForSaving(page, false);
  const reasons = editor(page).getByTestId('np-save').getByText(/cloudinits\.node\.harvesterhci\.io/);

  await reasons.first().waitFor();
  // Nothing can be saved, so nothing is lost
  await root(page).getByRole('tab', { name: 'Overview' }).click();
  await waitForRows(page);
});

browserTest('without the type of policies the form can be tried, and nothing saved', { user: 'nocloudinit' }, async({ session, page }) => {
  await openSettings(session);
  await root(page).getByTestId('np-access').getByText('list cloudinits.node.harvesterhci.io').waitFor();
  await root(page).getByTestId('np-start-harvester7424').click();
  await until('a value', async() => await field(page, HARD).inputValue() === '6Gi');
  await waitForSaving(page, false);
});

browserTest('without the kubelets the right is named, and what is not known is asked about', { user: 'noproxy' }, async({ session, page }) => {
  await openSettings(session);
  await editor(page).getByTestId('np-unread').getByText('get nodes/proxy').waitFor();
  await field(page, HARD).fill('1Gi');
  await editor(page).getByTestId('np-finding-nodeUnread').getByText('On node-1, node-2, node-3.').waitFor();
});

browserTest('without the kubelets a save is confirmed by whoever knows the nodes', { user: 'noproxy' }, async({ session, page, server }) => {
  await openSettings(session);
  await editor(page).getByTestId('np-unread').getByText('A save has to be confirmed by typing').waitFor();
  await field(page, HARD).fill('512Mi');
  await waitForCheck(page);
  await waitForSaving(page, true);
  await saveButton(page).click();
  await page.getByTestId('np-dangers').getByText('On node-1, node-2, node-3.').first().waitFor();
  assert.equal(await findPolicy(server, 'memory-eviction'), undefined);
  await page.getByTestId('np-typed').fill('memory-eviction');
  await page.getByTestId('np-confirm').click();
  await root(page).getByTestId('np-policy-memory-eviction').waitFor();
  await editor(page).getByTestId('np-after').getByText('3 nodes take the settings at the next boot.').waitFor();
  await reboot(server, 'node-1');
  await editor(page).getByTestId('np-after-node-1').getByText('The kubelet was not read').waitFor();
});

browserTest('the only node protects itself, and its virtual machines stop for that', { scenario: 'single' }, async({ session, page, server }) => {
  await openSettings(session);
  await editor(page).getByText('Matches node-1.').waitFor();
  await root(page).getByTestId('np-start-harvester7424').click();
  await waitForSaving(page, true);
  await saveButton(page).click();
  await root(page).getByTestId('np-policy-memory-eviction').waitFor();
  const after = editor(page).getByTestId('np-after');

  await after.getByText('The only node has nowhere to migrate virtual machines to, so they stop for as long as it reboots').waitFor();
  assert.doesNotMatch(await after.innerText(), /one node after the other|maintenance mode/);
  await editor(page).getByTestId('np-after-node-1').getByText('Shut the virtual machines down, then reboot.').waitFor();
  await reboot(server, 'node-1');
  await after.getByText('The node runs with these settings.').waitFor();
});

browserTest('a node that is away is checked against what is known of it, and that is said', {}, async({ session, page, server }) => {
  await server.control('POST', '/nodes/node-2/break');
  await openSettings(session);
  await editor(page).getByText('node-2 cannot be asked now').waitFor();
  await field(page, 'systemReserved/memory').fill('40Gi');
  await editor(page).getByTestId('np-finding-reservedBeyondCapacity').getByText('On node-2.').waitFor();
  await field(page, 'systemReserved/memory').fill('1Gi');
  await editor(page).getByTestId('np-finding-nodeUnread').getByText('On node-2.').waitFor();
  await server.control('POST', '/nodes/node-2/recover');
  await until('node-2 again', async() => await editor(page).getByText('node-2 cannot be asked now').count() === 0);
});

browserTest('no nodes: nothing can be checked, so nothing can be saved', { scenario: 'empty' }, async({ session, page }) => {
  await openSettings(session);
  await editor(page).getByText('No node matches now.').waitFor();
  await field(page, HARD).fill('1Gi');
  await waitForSaving(page, false);
});

browserTest('policies that cannot be loaded are asked for again', {}, async({ session, page, server }) => {
  const fault = await server.control('POST', '/faults', { path: '/v1/node.harvesterhci.io.cloudinits', method: 'GET', status: 500, body: { message: 'etcd is away' } }) as { id: string };

  await session.goto(`${ PATHS.harvester }#settings`);
  await root(page).getByText('etcd is away').waitFor();
  await server.control('DELETE', `/faults/${ fault.id }`);
  await root(page).getByTestId('np-retry').click();
  await editor(page).waitFor();
});

browserTest('a policy that somebody else saves is in the list at once, and in the form where nothing was typed', {}, async({ session, page, server }) => {
  await openSettings(session);
  await savePolicy(server, 'theirs', { evictionHard: { 'memory.available': '3Gi' } });
  await root(page).getByTestId('np-policy-theirs').waitFor();
  await root(page).getByTestId('np-edit-theirs').click();
  await until('their value', async() => await field(page, HARD).inputValue() === '3Gi');
});

browserTest('a cluster of a thousand nodes: the form answers while kubelets are read', { scenario: 'thousand' }, async({ session, page, server }) => {
  const fault = await server.control('POST', '/faults', { path: '/proxy/configz', hold: true }) as { id: string };

  await session.goto(`${ PATHS.harvester }#settings`);
  await editor(page).getByText(/Matches 1,?000 nodes/).waitFor();
  await editor(page).getByTestId('np-reading').waitFor();
  await field(page, HARD).fill('2GiB');
  await around(page, HARD).getByText(/no amount that the kubelet can read/).waitFor();
  await field(page, HARD).fill('2Gi');
  await around(page, HARD).getByText(/2 GiB of/).first().waitFor();
  // Nobody saves what was not checked on all of them
  await waitForSaving(page, false);
  await server.control('DELETE', `/faults/${ fault.id }`);
});

/** Leaving, in every way that there is. */
const LEAVES: readonly (readonly [string, (page: Page) => Promise<void>, (page: Page) => Promise<void>])[] = [
  ['another tab', (page) => root(page).getByRole('tab', { name: 'Overview' }).click(), (page) => rows(page).first().waitFor()],
  ['another page', (page) => page.getByRole('link', { name: 'Hosts' }).first().click(), (page) => page.waitForURL(/harvesterhci\.io\.host/)],
  ['another cluster', (page) => page.evaluate((path) => {
    const { $router } = (document.getElementById('app') as unknown as { __vue_app__: { config: { globalProperties: { $router: { push(to: string): void } } } } }).__vue_app__.config.globalProperties;

    $router.push(path);
  }, PATHS.plain), (page) => page.waitForURL(new RegExp(PLAIN))],
  ['the way back', (page) => page.evaluate(() => history.back()), (page) => page.waitForURL((url) => !url.hash.includes('settings'))],
];

for (const [what, leave, left] of LEAVES) {
  browserTest(`${ what }: what was typed is not lost without a question`, {}, async({ session, page }) => {
    await session.goto(PATHS.harvester);
    await waitForRows(page);
    await root(page).getByTestId('np-set-one').click();
    await editor(page).waitFor();
    await waitForCheck(page);
    await field(page, HARD).fill('5Gi');
    await leave(page);
    await page.getByTestId('np-stay').click();
    assert.equal(await field(page, HARD).inputValue(), '5Gi');
    await leave(page);
    await page.getByTestId('np-leave').click();
    await left(page);
  });
}

browserTest('a reload is warned of, and only where something was typed', {}, async({ session, page }) => {
  await openSettings(session);
  const asked: string[] = [];

  page.on('dialog', async(dialog) => {
    asked.push(dialog.type());
    await dialog.accept();
  });
  await page.reload();
  await editor(page).waitFor();
  await waitForCheck(page);
  assert.deepEqual(asked, []);
  await field(page, HARD).fill('5Gi');
  await page.reload();
  await editor(page).waitFor();
  assert.deepEqual(asked, ['beforeunload']);
});

browserTest('another policy is opened only after a question', {}, async({ session, page, server }) => {
  await savePolicy(server, 'one', { evictionHard: { 'memory.available': '1Gi' } }, { matchSelector: { 'kubernetes.io/hostname': 'node-1' } });
  await savePolicy(server, 'two', { evictionHard: { 'memory.available': '2Gi' } }, { matchSelector: { 'kubernetes.io/hostname': 'node-2' } });
  await session.goto(`${ PATHS.harvester }#settings`);
  await root(page).getByTestId('np-edit-one').click();
  await editor(page).getByRole('heading', { name: 'Policy one' }).waitFor();
  await field(page, HARD).fill('3Gi');
  await root(page).getByTestId('np-edit-two').click();
  await page.getByTestId('np-leave').click();
  await editor(page).getByRole('heading', { name: 'Policy two' }).waitFor();
  assert.equal(await field(page, HARD).inputValue(), '2Gi');
});

browserTest('what another view proposes is laid over the policy of its node, not saved, and not proposed twice', {}, async({ session, page, server }) => {
  await savePolicy(server, 'memory', { evictionHard: { 'memory.available': '1Gi', 'nodefs.available': '5%' }, systemReserved: { pid: '100' } });
  const query = new URLSearchParams({ node: 'node-2', settings: JSON.stringify({ systemReserved: { memory: '2Gi' } }) });

  await session.goto(`${ PATHS.harvester }?${ query }#settings`);
  await editor(page).getByTestId('np-dirty').waitFor();
  assert.equal(await field(page, 'systemReserved/memory').inputValue(), '2Gi');
  assert.equal(await field(page, 'systemReserved/pid').inputValue(), '100');
  assert.equal(await field(page, HARD).inputValue(), '1Gi');
  await until('an address without the proposal', () => !page.url().includes('2Gi'));
});

const EVIL = '<img src=x onerror="document.title=\'owned\'">';

browserTest('hostile strings stay text', {}, async({ session, page, server }) => {
  await createInHarvester(server, CLOUD_INITS, {
    apiVersion: 'node.harvesterhci.io/v1beta1',
    kind:       'CloudInit',
    metadata:   { name: 'evil', labels: { 'node-pressure.harvesterhci.io/policy': 'true' }, annotations: { 'node-pressure.harvesterhci.io/display-name': EVIL, 'node-pressure.harvesterhci.io/history': JSON.stringify([{ time: '2026-08-01T00:00:00Z', user: EVIL, action: 'changed', reason: EVIL }]) } },
    spec:       { matchSelector: { [EVIL]: EVIL }, filename: '99_evil.yaml', contents: `stages: {}\n# ${ EVIL }\n`, paused: false },
  });
  await savePolicy(server, 'memory', { evictionHard: { 'memory.available': '1Gi' } });
  await session.goto(`${ PATHS.harvester }#settings`);
  await root(page).getByTestId('np-policy-evil').getByText(EVIL).waitFor();
  await root(page).getByTestId('np-edit-evil').click();
  await editor(page).waitFor();
  await editor(page).getByText(`${ EVIL }=${ EVIL }`, { exact: true }).waitFor();
  await editor(page).getByTestId('np-finding-labelValue').getByText(`${ EVIL }=${ EVIL }`).waitFor();
  await field(page, HARD).fill(EVIL);
  await around(page, HARD).getByText(EVIL).first().waitFor();
  await field(page, 'evictionPressureTransitionPeriod/').fill('{{ .Values.x }}');
  await around(page, 'evictionPressureTransitionPeriod/').getByText('Two opening braces').waitFor();
  assert.equal(await root(page).locator('img[src="x"]').count(), 0);
  assert.notEqual(await page.title(), 'owned');
  assert.equal(await saveButton(page).isEnabled(), false);
});
