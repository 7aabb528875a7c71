import assert from 'node:assert/strict';
import type { Locator, Page } from 'playwright-core';
import type { Settings } from '../../pkg/node-pressure/planner/settings/settings';
import { savePolicy } from './support/api';
import { assertAccessible } from './support/axe';
import { readPolicy } from './support/policies';
import { edit, editor, field, openSettings, save, saveButton } from './support/settings';
import { browserSuite } from './support/suite';

const browserTest = browserSuite();

const ROOT = '[data-testid="np-page"]';
const HARD = 'evictionHard/memory.available';
const START: Settings = { evictionHard: { 'imagefs.available': '5%', 'memory.available': '512Mi', 'nodefs.available': '5%' }, evictionMinimumReclaim: {} };

const byId = (page: Page, id: string): Locator => page.getByTestId(id);

browserTest('undo of a save that chose other nodes brings the nodes back, too', {}, async({ session, page, server }) => {
  await savePolicy(server, 'memory', START);
  const { contents, matchSelector } = (await readPolicy(server, 'memory')).spec;

  await openSettings(session);
  await byId(page, 'np-nodes-labels').check();
  await byId(page, 'np-label').fill('kubernetes.io/hostname=node-1');
  await byId(page, 'np-label').press('Enter');
  await edit(page, HARD, '600Mi');
  await save(page);
  assert.deepEqual((await readPolicy(server, 'memory')).spec.matchSelector, { 'kubernetes.io/hostname': 'node-1' });
  await byId(page, 'np-history').getByText('Nodes before: All Harvester nodes').waitFor();
  await byId(page, 'np-history-undo-0').click();
  await byId(page, 'np-dirty').waitFor();
  assert.deepEqual([await field(page, HARD).inputValue(), await byId(page, 'np-nodes-all').isChecked()], ['512Mi', true]);
  await editor(page).getByText('Matches 3 nodes: node-1, node-2, node-3.').waitFor();
  await assertAccessible(page, ROOT);
  // One change, taken back at once
  await byId(page, 'np-undo').click();
  assert.deepEqual([await field(page, HARD).inputValue(), await byId(page, 'np-nodes-labels').isChecked()], ['600Mi', true]);
  await byId(page, 'np-history-undo-0').click();
  await save(page);
  const { spec } = await readPolicy(server, 'memory');

  assert.deepEqual([spec.contents.replace(/-ge \d+ /, '-ge 1 '), spec.matchSelector], [contents, matchSelector]);
});

browserTest('undo of a save after which the policy was paused resumes it, and says so before', {}, async({ session, page, server }) => {
  await savePolicy(server, 'memory', START);
  await openSettings(session);
  await edit(page, HARD, '600Mi');
  await saveButton(page).click();
  await byId(page, 'np-history').getByText('Default Admin changed the settings').waitFor();
  await byId(page, 'np-pause-memory').click();
  await byId(page, 'np-confirm').click();
  await byId(page, 'np-history').getByText('Default Admin paused the policy').waitFor();
  await byId(page, 'np-history').getByText('Was not paused before').waitFor();
  await byId(page, 'np-history-undo-1').click();
  assert.equal(await field(page, HARD).inputValue(), '512Mi');
  await byId(page, 'np-pausing').getByText('Saving also resumes the policy, which was not paused then.').waitFor();
  await assertAccessible(page, ROOT);
  await byId(page, 'np-undo').click();
  await byId(page, 'np-pausing').waitFor({ state: 'detached' });
  await byId(page, 'np-history-undo-1').click();
  await save(page);
  assert.equal((await readPolicy(server, 'memory')).spec.paused, false);
  // And back again
  await byId(page, 'np-history').getByText('Was paused before').waitFor();
  await byId(page, 'np-history-undo-0').click();
  await byId(page, 'np-pausing').getByText('Saving also pauses the policy, as it was then.').waitFor();
  await save(page);
  assert.equal((await readPolicy(server, 'memory')).spec.paused, true);
});

browserTest('the last save is undone, and who did what stays', {}, async({ session, page, server }) => {
  await savePolicy(server, 'memory', START);
  const { contents } = (await readPolicy(server, 'memory')).spec;

  await openSettings(session);
  await edit(page, HARD, '600Mi');
  await byId(page, 'np-reason').fill('<i>a try</i>');
  await saveButton(page).click();
  await byId(page, 'np-history').getByText('Default Admin changed the settings').waitFor();
  await byId(page, 'np-history').getByText('“<i>a try</i>”').waitFor();
  await byId(page, 'np-history').getByText('1 value differs from now').waitFor();
  await byId(page, 'np-history-undo-0').click();
  assert.equal(await field(page, HARD).inputValue(), '512Mi');
  await byId(page, 'np-dirty').waitFor();
  assert.match((await readPolicy(server, 'memory')).spec.contents, /memory\.available<600Mi/, 'undo saves nothing by itself');
  await save(page);
  assert.equal((await readPolicy(server, 'memory')).spec.contents.replace(/-ge \d+ /, '-ge 1 '), contents);
  await editor(page).getByTestId('np-history').getByText('created the policy').waitFor();
});
