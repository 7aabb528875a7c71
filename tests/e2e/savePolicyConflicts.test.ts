import assert from 'node:assert/strict';
import type { Locator, Page } from 'playwright-core';
import { cloudInitContents, REMOVAL_CONTENTS } from '../../pkg/node-pressure/planner/settings/contents';
import type { HistoryEntry } from '../../pkg/node-pressure/planner/settings/history';
import { cloudInitFor, type PolicyDraft } from '../../pkg/node-pressure/planner/settings/policy';
import type { Settings } from '../../pkg/node-pressure/planner/settings/settings';
import { adminRequest, patchInHarvester, savePolicy } from './support/api';
import { assertAccessible } from './support/axe';
import { HARVESTER, root } from './support/page';
import { CLOUD_INITS, readPolicy } from './support/policies';
import type { Server } from './support/server';
import { edit, field, openSettings, saveButton, waitForCheck, waitForSaving } from './support/settings';
import { browserSuite } from './support/suite';

const browserTest = browserSuite();

const ROOT = '[data-testid="np-page"]';
const HARD = 'evictionHard/memory.available';
const PID = 'evictionHard/pid.available';
const DISKS = { 'imagefs.available': '5%', 'nodefs.available': '5%' };
const START: Settings = { evictionHard: { ...DISKS, 'memory.available': '512Mi' }, evictionMinimumReclaim: {} };
const hard = (memory: string, more: Record<string, string> = {}): Settings => ({ ...START, evictionHard: { ...DISKS, 'memory.available': memory, ...more } });

const byId = (page: Page, id: string): Locator => page.getByTestId(id);

/** Somebody else saves the policy with another client. */
async function saveElsewhere(server: Server, settings: PolicyDraft['contents'] | Settings): Promise<void> {
  const object = await readPolicy(server, 'memory');
  const entry: HistoryEntry = { time: new Date().toISOString(), user: 'Grace', action: 'changed', before: START };
  const contents = settings === 'removal' || 'minimumMemoryKib' in settings ? settings : { settings, minimumMemoryKib: 1 };
  const { metadata: { annotations }, spec } = cloudInitFor({ name: 'memory', matchSelector: object.spec.matchSelector, paused: false, contents }, entry, object);

  await patchInHarvester(server, `${ CLOUD_INITS }/memory`, { metadata: { annotations }, spec });
}

const hardOf = async(server: Server): Promise<string | undefined> => /"eviction-hard=([^"]*)"/.exec((await readPolicy(server, 'memory')).spec.contents)?.[1];

browserTest('changes of different values come together, are shown, and are saved together', {}, async({ session, page, server }) => {
  await savePolicy(server, 'memory', START);
  await openSettings(session);
  await edit(page, HARD, '600Mi');
  await saveElsewhere(server, hard('512Mi', { 'pid.available': '2%' }));
  await saveButton(page).click();
  await byId(page, 'np-merged').getByText('Grace has saved meanwhile').waitFor();
  await byId(page, 'np-merged').getByText('pid.available: hard threshold: not set → 2%').waitFor();
  assert.deepEqual([await field(page, HARD).inputValue(), await field(page, PID).inputValue()], ['600Mi', '2%']);
  await assertAccessible(page, ROOT);
  assert.match(await hardOf(server) ?? '', /memory\.available<512Mi/, 'nothing is saved without a look at it');

  await waitForSaving(page, true);
  await saveButton(page).click();
  await byId(page, 'np-obstacles').getByText('Nothing is changed.').waitFor();
  assert.equal(await hardOf(server), 'imagefs.available<5%,memory.available<600Mi,nodefs.available<5%,pid.available<2%');
});

browserTest('of a value that both changed both are shown, and one is chosen by keyboard', {}, async({ session, page, server }) => {
  await savePolicy(server, 'memory', START);
  await openSettings(session);
  await edit(page, HARD, '600Mi');
  await saveElsewhere(server, hard('700Mi'));
  await saveButton(page).click();
  const conflict = byId(page, 'np-conflict');

  await byId(page, 'np-clash').getByText('Grace has changed the same things meanwhile').waitFor();
  assert.equal((await conflict.innerText()).replace(/\s+/g, ' ').trim(), 'memory.available: hard threshold 600Mi 700Mi');
  assert.equal(await byId(page, 'np-conflicts-done').isDisabled(), true);
  await assertAccessible(page, ROOT);
  assert.equal(await field(page, HARD).inputValue(), '600Mi', 'what was typed is still there');

  await conflict.getByRole('radio').first().focus();
  await page.keyboard.press('ArrowRight');
  assert.equal(await conflict.getByRole('radio').last().isChecked(), true);
  await page.keyboard.press('ArrowLeft');
  await byId(page, 'np-conflicts-done').press('Enter');
  await byId(page, 'np-clash').waitFor({ state: 'detached' });
  await waitForSaving(page, true);
  await saveButton(page).click();
  await byId(page, 'np-obstacles').getByText('Nothing is changed.').waitFor();
  assert.match(await hardOf(server) ?? '', /memory\.available<600Mi/);
});

browserTest('what nodes report meanwhile is no conflict', {}, async({ session, page, server }) => {
  await savePolicy(server, 'memory', START);
  await openSettings(session);
  await edit(page, HARD, '600Mi');
  await patchInHarvester(server, `${ CLOUD_INITS }/memory`, { metadata: { annotations: { note: 'of somebody' } } });
  await saveButton(page).click();
  await byId(page, 'np-obstacles').getByText('Nothing is changed.').waitFor();
  const { metadata, spec } = await readPolicy(server, 'memory');

  assert.equal(metadata.annotations?.['note'], 'of somebody');
  assert.match(spec.contents, /memory\.available<600Mi/);
});

browserTest('contents that were edited outside are shown as they are, and taken over only by the admin’s word', {}, async({ session, page, server }) => {
  await savePolicy(server, 'memory', START);
  const edited = `# by hand: <b>not ours</b>\n${ cloudInitContents({ settings: START, minimumMemoryKib: 1 }).replace('memory.available<512Mi', 'memory.available<640Mi') }`;

  await patchInHarvester(server, `${ CLOUD_INITS }/memory`, { spec: { contents: edited } });
  await openSettings(session);
  assert.equal(await byId(page, 'np-foreign-contents').textContent(), edited);
  await assertAccessible(page, ROOT);
  await byId(page, 'np-adopt').click();
  assert.equal(await field(page, HARD).inputValue(), '640Mi');
  await waitForCheck(page);
  await waitForSaving(page, true);
  await saveButton(page).click();
  await byId(page, 'np-dangers').getByText('The contents that somebody edited outside are replaced.').waitFor();
  assert.equal((await readPolicy(server, 'memory')).spec.contents, edited);
  await byId(page, 'np-typed').fill('memory');
  await byId(page, 'np-confirm').click();
  await byId(page, 'np-foreign-contents').waitFor({ state: 'detached' });
  assert.match((await readPolicy(server, 'memory')).spec.contents, /^stages:[^]*memory\.available<640Mi/);
});

browserTest('contents that are edited outside while somebody types are never overwritten silently', {}, async({ session, page, server }) => {
  await savePolicy(server, 'memory', START);
  await openSettings(session);
  await edit(page, HARD, '600Mi');
  await patchInHarvester(server, `${ CLOUD_INITS }/memory`, { spec: { contents: 'stages: {}\n' } });
  await saveButton(page).click();
  await byId(page, 'np-clash').getByText('were edited outside meanwhile').waitFor();
  await assertAccessible(page, ROOT);
  assert.equal(await field(page, HARD).inputValue(), '600Mi');
  assert.equal((await readPolicy(server, 'memory')).spec.contents, 'stages: {}\n');
  await byId(page, 'np-clash-proceed').click();
  await waitForSaving(page, true);
  await saveButton(page).click();
  await byId(page, 'np-typed').fill('memory');
  await byId(page, 'np-confirm').click();
  await byId(page, 'np-obstacles').getByText('Nothing is changed.').waitFor();
  assert.match(await hardOf(server) ?? '', /memory\.available<600Mi/);
});

browserTest('a policy that is turned off meanwhile is kept only by the admin’s word', {}, async({ session, page, server }) => {
  await savePolicy(server, 'memory', START);
  await openSettings(session);
  await edit(page, HARD, '600Mi');
  await saveElsewhere(server, 'removal');
  await saveButton(page).click();
  await byId(page, 'np-clash').getByText('Grace has begun to take this policy’s settings from the nodes.').waitFor();
  assert.equal((await readPolicy(server, 'memory')).spec.contents, REMOVAL_CONTENTS);
  await byId(page, 'np-clash-proceed').click();
  await waitForSaving(page, true);
  await saveButton(page).click();
  await byId(page, 'np-obstacles').getByText('Nothing is changed.').waitFor();
  assert.match(await hardOf(server) ?? '', /memory\.available<600Mi/);
});

browserTest('a policy that is deleted meanwhile is created anew, with what was typed', {}, async({ session, page, server }) => {
  await savePolicy(server, 'memory', START);
  await openSettings(session);
  await edit(page, HARD, '600Mi');
  await adminRequest(server, 'DELETE', `/k8s/clusters/${ HARVESTER }${ CLOUD_INITS }/memory`);
  await root(page).getByTestId('np-policy-memory').waitFor({ state: 'detached' });
  await saveButton(page).click();
  await byId(page, 'np-save-failure').getByText('the policy was deleted meanwhile').waitFor();
  await byId(page, 'np-create-anew').click();
  assert.equal(await field(page, HARD).inputValue(), '600Mi');
  await waitForSaving(page, true);
  await saveButton(page).click();
  await root(page).getByTestId('np-policy-memory').waitFor();
  assert.match(await hardOf(server) ?? '', /memory\.available<600Mi/);
});
