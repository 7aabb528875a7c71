import assert from 'node:assert/strict';
import type { Locator, Page } from 'playwright-core';
import { createInHarvester } from './support/api';
import { assertAccessible } from './support/axe';
import { root } from './support/page';
import { bootFile, CLOUD_INITS, findPolicy, NODES, onDisk, readPolicy, reboot, SETTINGS_FILE } from './support/policies';
import { editor, field, openSettings, saveButton, waitForCheck, waitForSaving } from './support/settings';
import { browserSuite } from './support/suite';
import { until } from './support/wait';

const browserTest = browserSuite();

const ROOT = '[data-testid="np-page"]';
const HARD = 'evictionHard/memory.available';
const NAME = 'memory-eviction';

const byId = (page: Page, id: string): Locator => page.getByTestId(id);

/** Values that are dangerous nowhere in the small cluster. */
async function typeHarmlessValues(page: Page): Promise<void> {
  await field(page, HARD).fill('512Mi');
  await field(page, 'evictionMinimumReclaim/memory.available').fill('256Mi');
  await field(page, 'systemReserved/memory').fill('256Mi');
  await waitForCheck(page);
  await waitForSaving(page, true);
}

/** To the byte. */
const FILE = `kubelet-arg+:
- "eviction-hard=imagefs.available<5%,memory.available<512Mi,nodefs.available<5%"
- "eviction-minimum-reclaim=imagefs.available=10%,memory.available=256Mi,nodefs.available=10%"
- "system-reserved=memory=256Mi"
`;

browserTest('what the preview shows is saved to the byte, comes back into the form, and is in force after a reboot', {}, async({ session, page, server }) => {
  await openSettings(session);
  await typeHarmlessValues(page);
  await byId(page, 'np-preview-counts').getByText('3 of 3 nodes change').waitFor();
  await byId(page, 'np-exact-file').locator('summary').click();
  assert.equal(await byId(page, 'np-settings-file').textContent(), FILE);
  const shown = await byId(page, 'np-boot-file').textContent();

  await byId(page, 'np-reason').fill('peaks at night');
  await saveButton(page).click();
  await root(page).getByTestId(`np-policy-${ NAME }`).waitFor();
  const { spec, metadata } = await readPolicy(server, NAME);

  assert.equal(spec.contents, shown);
  assert.deepEqual([spec.matchSelector, spec.filename], [{ 'harvesterhci.io/managed': 'true' }, `99_node_pressure_${ NAME }.yaml`]);
  assert.match(metadata.annotations?.['node-pressure.harvesterhci.io/history'] ?? '', /"user":"Default Admin","action":"created","reason":"peaks at night"/);
  assert.deepEqual(await Promise.all(NODES.map((node) => onDisk(server, node, bootFile(NAME)))), [shown, shown, shown]);

  await byId(page, 'np-after').getByText('3 nodes take the settings at the next boot.').waitFor();
  await byId(page, 'np-after-node-2').getByText('Reboot through maintenance mode.').waitFor();
  await reboot(server, ...NODES);
  assert.deepEqual(await Promise.all(NODES.map((node) => onDisk(server, node, SETTINGS_FILE))), [FILE, FILE, FILE]);
  await byId(page, 'np-after').getByText('All 3 nodes run with these settings.').waitFor();

  await page.reload();
  await editor(page).waitFor();
  await waitForCheck(page);
  assert.deepEqual(await Promise.all([HARD, 'evictionMinimumReclaim/memory.available', 'systemReserved/memory', 'evictionHard/nodefs.available'].map((id) => field(page, id).inputValue())), ['512Mi', '256Mi', '256Mi', '5%']);
  await byId(page, 'np-obstacles').getByText('Nothing is changed.').waitFor();
});

browserTest('only what changed is written', {}, async({ session, page, server }) => {
  await openSettings(session);
  await typeHarmlessValues(page);
  await saveButton(page).click();
  await byId(page, 'np-obstacles').getByText('Nothing is changed.').waitFor();
  const before = await readPolicy(server, NAME);

  await field(page, HARD).fill('600Mi');
  await waitForSaving(page, true);
  await saveButton(page).click();
  await byId(page, 'np-obstacles').getByText('Nothing is changed.').waitFor();
  const after = await readPolicy(server, NAME);

  assert.deepEqual({ ...after.spec, contents: '' }, { ...before.spec, contents: '' });
  assert.match(after.spec.contents, /memory\.available<600Mi/);
});

browserTest('witness nodes and smaller nodes that join later are left alone', { scenario: 'witness' }, async({ session, page, server }) => {
  await openSettings(session);
  await typeHarmlessValues(page);
  await saveButton(page).click();
  await byId(page, 'np-after-node-3').getByText('Kept out').waitFor();
  await server.control('POST', '/nodes', { name: 'node-4', role: 'worker', cpuCores: 4, memoryBytes: 8 * 2 ** 30, diskBytes: 100 * 2 ** 30, diskUsedBytes: 2 ** 30, systemUseBytes: 2 ** 30 });
  await until('the boot file on the new node', () => onDisk(server, 'node-4', bootFile(NAME)));
  await reboot(server, ...NODES, 'node-4');

  assert.deepEqual(await Promise.all([...NODES, 'node-4'].map((node) => onDisk(server, node, SETTINGS_FILE))), [FILE, FILE, undefined, undefined]);
  await byId(page, 'np-after-node-4').getByText('Kept out').waitFor();
});

browserTest('a danger is saved only by typing the policy’s name', {}, async({ session, page, server }) => {
  await openSettings(session);
  await field(page, HARD).fill('25%');
  await waitForCheck(page);
  await byId(page, 'np-preview-counts').getByText(/nodes? evicts? at once/).waitFor();
  await byId(page, 'np-preview-node-2').getByText('Evicts at once').waitFor();
  await saveButton(page).focus();
  await page.keyboard.press('Enter');
  await byId(page, 'np-dialog').waitFor();
  await assertAccessible(page, ROOT);
  await page.keyboard.press('Escape');
  await byId(page, 'np-dialog').waitFor({ state: 'detached' });
  assert.ok(await saveButton(page).evaluate((element) => element === document.activeElement), 'the focus is back');

  await page.keyboard.press('Enter');
  await byId(page, 'np-typed').fill('memory');
  assert.equal(await byId(page, 'np-confirm').isDisabled(), true);
  await byId(page, 'np-typed').press('Enter');
  assert.equal(await findPolicy(server, NAME), undefined);
  await byId(page, 'np-typed').fill(NAME);
  await byId(page, 'np-typed').press('Enter');
  await root(page).getByTestId(`np-policy-${ NAME }`).waitFor();
});

browserTest('pods that would not be admitted again block, and so does what no kubelet starts with', {}, async({ session, page }) => {
  await openSettings(session);
  await field(page, 'systemReserved/memory').fill('20Gi');
  await byId(page, 'np-preview-counts').getByText(/could not be admitted again/).waitFor();
  await byId(page, 'np-obstacles').getByText('The findings above have to be mended first.').waitFor();
  await waitForSaving(page, false);
  await field(page, 'systemReserved/memory').fill('40Gi');
  await byId(page, 'np-preview-node-2').getByText('Would not start').waitFor();
  await waitForSaving(page, false);
});

browserTest('a webhook’s refusal is told in its own words, and nothing typed is lost', {}, async({ session, page, server }) => {
  await createInHarvester(server, CLOUD_INITS, { apiVersion: 'node.harvesterhci.io/v1beta1', kind: 'CloudInit', metadata: { name: 'theirs' }, spec: { matchSelector: {}, filename: `99_node_pressure_${ NAME }.yaml`, contents: 'stages: {}' } });
  await openSettings(session);
  await typeHarmlessValues(page);
  await saveButton(page).click();
  await byId(page, 'np-save-failure').getByText('filename already in use').waitFor();
  assert.equal(await field(page, HARD).inputValue(), '512Mi');
  await assertAccessible(page, ROOT);
  assert.equal(await findPolicy(server, NAME), undefined);
});

browserTest('a right that was lost meanwhile is named', {}, async({ session, page, server }) => {
  await openSettings(session);
  await typeHarmlessValues(page);
  await server.control('POST', '/faults', {
    path: '/cloudinits$', method: 'POST', status: 403,
    body: { kind: 'Status', status: 'Failure', code: 403, reason: 'Forbidden', message: 'cloudinits.node.harvesterhci.io is forbidden: User "u" cannot create resource "cloudinits" in API group "node.harvesterhci.io" at the cluster scope' },
  });
  await saveButton(page).click();
  await byId(page, 'np-save-failure').getByText('it takes the right create cloudinits.node.harvesterhci.io').waitFor();
});

browserTest('without an answer nobody knows, and saving again finds out', {}, async({ session, page, server }) => {
  await openSettings(session);
  await typeHarmlessValues(page);
  await page.route(({ pathname }) => pathname.endsWith('/cloudinits'), (route) => (route.request().method() === 'POST' ? route.abort('connectionreset') : route.fallback()));
  await saveButton(page).click();
  await byId(page, 'np-save-failure').getByText('Not saved, because there is no answer').waitFor();
  await page.unrouteAll();
  // It gets through, and only the answer is lost
  await page.route(({ pathname, search }) => pathname.endsWith('/cloudinits') && search === '', async(route) => {
    if (route.request().method() !== 'POST') {
      return route.fallback();
    }
    await route.fetch();

    return route.fulfill({ status: 504, body: 'gateway timeout' });
  });
  await saveButton(page).click();
  await byId(page, 'np-save-failure').getByText('nobody knows whether it was saved').waitFor();
  await page.unrouteAll();
  assert.ok(await findPolicy(server, NAME));
  await saveButton(page).click();
  await byId(page, 'np-save-failure').waitFor({ state: 'detached' });
  await byId(page, 'np-after').waitFor();
});

browserTest('a user who may only look sees everything, with the reason why nothing can be saved', { user: 'readonly' }, async({ session, page }) => {
  await openSettings(session);
  await field(page, HARD).fill('512Mi');
  await byId(page, 'np-obstacles').getByText('Saving takes the right create cloudinits.node.harvesterhci.io').waitFor();
  await waitForSaving(page, false);
});

for (const colorScheme of ['light', 'dark'] as const) {
  browserTest(`${ colorScheme } theme: preview and what is left to do are accessible`, { context: { colorScheme } }, async({ session, page }) => {
    await openSettings(session);
    await typeHarmlessValues(page);
    await byId(page, 'np-exact-file').locator('summary').click();
    await saveButton(page).click();
    await byId(page, 'np-after').getByText('at the next boot').waitFor();
    await assertAccessible(page, ROOT);
  });
}
