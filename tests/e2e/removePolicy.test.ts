import assert from 'node:assert/strict';
import type { Locator, Page } from 'playwright-core';
import { REMOVAL_CONTENTS } from '../../pkg/node-pressure/planner/settings/contents';
import type { Settings } from '../../pkg/node-pressure/planner/settings/settings';
import { isReady, patchInHarvester, savePolicy } from './support/api';
import { assertAccessible } from './support/axe';
import { root } from './support/page';
import { bootFile, CLOUD_INITS, findPolicy, NODES, onDisk, readPolicy, reboot, SETTINGS_FILE } from './support/policies';
import type { Server } from './support/server';
import { editor, field, openSettings, waitForCheck, waitForSaving } from './support/settings';
import { browserSuite } from './support/suite';
import { until } from './support/wait';

const browserTest = browserSuite();

const ROOT = '[data-testid="np-page"]';
const HARD = 'evictionHard/memory.available';
const WRONG_FILE = '/etc/rancher/rke2/config.yaml.d/99-z99-wrong.yaml';
const BOOT_FILE = bootFile('memory');
const SETTINGS: Settings = { evictionHard: { 'imagefs.available': '5%', 'memory.available': '512Mi', 'nodefs.available': '5%' }, evictionMinimumReclaim: {} };

const byId = (page: Page, id: string): Locator => page.getByTestId(id);
const filesOf = async(server: Server, path: string): Promise<boolean[]> => (await Promise.all(NODES.map((node) => onDisk(server, node, path)))).map((file) => file !== undefined);

/** A policy that is in force on every node. */
async function inForce(server: Server): Promise<void> {
  await savePolicy(server, 'memory', SETTINGS);
  await until('the boot file on every node', async() => (await filesOf(server, BOOT_FILE)).every(Boolean));
  await reboot(server, ...NODES);
  assert.deepEqual(await filesOf(server, SETTINGS_FILE), [true, true, true]);
}

browserTest('a policy is turned off to the end: announced, booted, deleted; a reload in between changes nothing', {}, async({ session, page, server }) => {
  await inForce(server);
  await openSettings(session);
  await byId(page, 'np-remove-memory').click();
  await byId(page, 'np-dialog').getByText('Deleting it by hand would leave the settings on the nodes.').waitFor();
  await assertAccessible(page, ROOT);
  assert.equal(await byId(page, 'np-confirm').isDisabled(), true);
  await byId(page, 'np-typed').fill('memory');
  await byId(page, 'np-typed').press('Enter');
  await byId(page, 'np-removal').getByText('Still to boot once: node-1, node-2, node-3.').waitFor();
  assert.equal((await readPolicy(server, 'memory')).spec.contents, REMOVAL_CONTENTS);
  await assertAccessible(page, ROOT);

  await reboot(server, 'node-1');
  await byId(page, 'np-removal').getByText('1 of 3 nodes are done').waitFor();
  assert.deepEqual(await filesOf(server, SETTINGS_FILE), [false, true, true]);
  await page.reload();
  await byId(page, 'np-removal').getByText('1 of 3 nodes are done').waitFor();

  await reboot(server, 'node-2', 'node-3');
  await root(page).getByTestId('np-policy-memory').waitFor({ state: 'detached' });
  await until('the object gone', async() => await findPolicy(server, 'memory') === undefined);
  await until('no trace on the nodes', async() => [...await filesOf(server, BOOT_FILE), ...await filesOf(server, SETTINGS_FILE)].every((there) => !there));
});

browserTest('a removal waits for a node that is down', {}, async({ session, page, server }) => {
  await inForce(server);
  // Without a kubelet after a boot, nothing runs there that could take a file
  await server.control('PUT', '/nodes/node-3/files', { path: WRONG_FILE, content: 'kubelet-arg+:\n- "eviction-hard=nothing"\n' });
  await reboot(server, 'node-3');
  await until('node-3 not ready', async() => !await isReady(server, 'node-3'));
  await openSettings(session);
  await byId(page, 'np-remove-memory').click();
  await byId(page, 'np-typed').fill('memory');
  await byId(page, 'np-confirm').click();
  await byId(page, 'np-removal').getByText('The removal is on its way to node-3.').waitFor();
  await reboot(server, 'node-1', 'node-2');
  await byId(page, 'np-removal').getByText('2 of 3 nodes are done').waitFor();
  await server.control('PUT', '/nodes/node-3/files', { path: WRONG_FILE, content: null });
  await server.control('POST', '/nodes/node-3/recover');
  await byId(page, 'np-removal').getByText('Still to boot once: node-3.').waitFor();
  assert.ok(await findPolicy(server, 'memory'));
  await reboot(server, 'node-3');
  await root(page).getByTestId('np-policy-memory').waitFor({ state: 'detached' });
});

browserTest('a policy that is being turned off is kept after all', {}, async({ session, page, server }) => {
  await inForce(server);
  await openSettings(session);
  await byId(page, 'np-remove-memory').click();
  await byId(page, 'np-typed').fill('memory');
  await byId(page, 'np-confirm').click();
  await byId(page, 'np-removal').waitFor();
  await byId(page, 'np-keep').click();
  assert.equal(await field(page, HARD).inputValue(), '512Mi');
  await waitForCheck(page);
  await waitForSaving(page, true);
  await byId(page, 'np-save-button').click();
  await byId(page, 'np-removal').waitFor({ state: 'detached' });
  assert.match((await readPolicy(server, 'memory')).spec.contents, /memory\.available<512Mi/);
});

browserTest('a paused policy reaches nobody, and is checked before it is resumed', {}, async({ session, page, server }) => {
  await savePolicy(server, 'memory', SETTINGS);
  await until('the boot file on every node', async() => (await filesOf(server, BOOT_FILE)).every(Boolean));
  await openSettings(session);
  await byId(page, 'np-pause-memory').focus();
  await page.keyboard.press('Enter');
  await byId(page, 'np-dialog').getByText('Where it is already it stays').waitFor();
  await assertAccessible(page, ROOT);
  await byId(page, 'np-confirm').focus();
  await page.keyboard.press('Enter');
  await byId(page, 'np-resume-memory').waitFor();
  assert.equal((await readPolicy(server, 'memory')).spec.paused, true);

  await field(page, HARD).fill('600Mi');
  await waitForCheck(page);
  await waitForSaving(page, true);
  await byId(page, 'np-save-button').click();
  await byId(page, 'np-obstacles').getByText('Nothing is changed.').waitFor();
  assert.match(await onDisk(server, 'node-1', BOOT_FILE) ?? '', /memory\.available<512Mi/);

  await byId(page, 'np-resume-memory').click();
  await byId(page, 'np-resume-check').getByText('They were checked against the nodes as they are now.').waitFor();
  await byId(page, 'np-confirm').click();
  await until('the new boot file', async() => /memory\.available<600Mi/.test(await onDisk(server, 'node-1', BOOT_FILE) ?? ''));
  await byId(page, 'np-history').getByText('Default Admin resumed the policy').waitFor();
});

browserTest('a policy gets another name for people, and its object keeps its own', {}, async({ session, page, server }) => {
  await savePolicy(server, 'memory', SETTINGS);
  await openSettings(session);
  await byId(page, 'np-rename-memory').click();
  await byId(page, 'np-dialog').getByText('Kubernetes cannot rename objects').waitFor();
  await byId(page, 'np-display-name').fill('Memory <first>');
  await byId(page, 'np-confirm').click();
  await root(page).getByTestId('np-policy-memory').getByText('Memory <first>').waitFor();
  assert.equal((await readPolicy(server, 'memory')).metadata.annotations?.['node-pressure.harvesterhci.io/display-name'], 'Memory <first>');
});

browserTest('a copy of a policy begins with its settings, and cannot have its nodes', {}, async({ session, page, server }) => {
  await savePolicy(server, 'memory', SETTINGS, { matchSelector: { 'kubernetes.io/hostname': 'node-1' } });
  await openSettings(session);
  await byId(page, 'np-duplicate-memory').click();
  await editor(page).getByRole('heading', { name: 'New policy' }).waitFor();
  await waitForCheck(page);
  assert.equal(await field(page, HARD).inputValue(), '512Mi');
  await byId(page, 'np-obstacles').getByText('node-1 is in the policy memory already.').waitFor();
  await waitForSaving(page, false);
  assert.equal(await findPolicy(server, 'memory-2'), undefined);
});

browserTest('what a node keeps of a policy that left it is taken away by the same steps', {}, async({ session, page, server }) => {
  await inForce(server);
  await patchInHarvester(server, `${ CLOUD_INITS }/memory`, { spec: { matchSelector: { 'harvesterhci.io/managed': null, 'kubernetes.io/hostname': 'node-1' } } });
  await openSettings(session);
  await byId(page, 'np-left-node-2').getByText('node-2 still runs with settings of the policy memory').waitFor();
  await assertAccessible(page, ROOT);
  await byId(page, 'np-left-remove-node-2').click();
  const removal = root(page).getByTestId('np-policy-left-behind-node-2');

  await removal.getByText('Still to boot once: node-2.').waitFor();
  await reboot(server, 'node-2');
  await removal.waitFor({ state: 'detached' });
  await byId(page, 'np-left-node-2').waitFor({ state: 'detached' });
  assert.deepEqual(await filesOf(server, SETTINGS_FILE), [true, false, true]);
});
