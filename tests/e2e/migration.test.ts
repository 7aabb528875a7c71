import assert from 'node:assert/strict';
import { assertAccessible } from './support/axe';
import { detail, machine, migrate, migrationPath, openDetail, panel, quotaOf, row, waitForNamespaces } from './support/migration';
import { PRODUCTS } from './support/page';
import { requestsTo } from './support/server';
import { browserSuite } from './support/suite';
import { until } from './support/wait';

const browserTest = browserSuite();
const MIGRATION = { scenario: 'migration' } as const;

for (const product of PRODUCTS) {
  browserTest(`${ product }: every state has its word and its reason`, MIGRATION, async({ session, page }) => {
    await session.goto(migrationPath(product));
    await waitForNamespaces(page, 19);
    const STATES: readonly (readonly [namespace: string, word: string, reason: RegExp])[] = [
      ['free', 'No quota', /Nothing is limited here/],
      ['roomy', 'Fits', /All 2 VMs fit without a raise/],
      ['tight', 'Fits by auto-scaling', /2 of 2 VMs fit only because Harvester raises/],
      ['cpu-full', 'Blocked', /limits\.cpu of the quota default-quota is short by 5m/],
      ['dead-zone', 'Blocked', /limits\.memory of the quota default-quota is short by 28\.7 MiB/],
      ['over', 'Over quota', /246\.4 MiB more of limits\.memory is used/],
      ['moving', 'In flight', /1 migration has raised the quota/],
      ['stuck', 'Stuck', /The quota turns the migration of stuck-1 away since \d+m/],
      ['rewritten', 'Drift', /limits\.cpu is 16, and not 18/],
      ['switched-off', 'Auto-scaling off', /An annotation keeps Harvester from raising/],
      ['unreadable', 'Not readable', /annotation cannot be read/],
      ['odd', 'Blocked', /demands a value of limits\.cpu/],
    ];

    for (const [namespace, word, reason] of STATES) {
      await row(page, namespace).getByText(word, { exact: true }).waitFor();
      await openDetail(page, namespace);
      await detail(page, namespace).getByText(reason).first().waitFor();
    }
  });
}

browserTest('each VM says what keeps it, and the way out', MIGRATION, async({ session, page }) => {
  await session.goto(migrationPath('harvester'));
  await openDetail(page, 'pinned');
  await machine(page, 'pinned-1').getByText('Its node selector names node-1. Remove the node from its scheduling rules.').waitFor();
  await openDetail(page, 'dead-zone');
  await machine(page, 'dead-zone-1').getByText('Harvester does not compensate').waitFor();
  await openDetail(page, 'roomy');
  await machine(page, 'roomy-1').getByText('Yes', { exact: true }).waitFor();
  await machine(page, 'roomy-1').getByText('2 other nodes may take it').click();
  await machine(page, 'roomy-1').getByText('node-2: May take it.').waitFor();
  await machine(page, 'roomy-1').getByRole('link', { name: 'roomy-1' }).waitFor();
});

browserTest('a migration is followed from its begin to the quota’s return', MIGRATION, async({ session, page, server }) => {
  await session.goto(migrationPath('harvester'));
  await openDetail(page, 'tight');
  const live = panel(page).getByTestId('np-live-tight-1');

  await migrate(server, 'tight', 'tight-1');
  await live.getByText('Raised by 2 CPU, 2.4 GiB').waitFor();
  await row(page, 'tight').getByText('In flight', { exact: true }).waitFor();
  await detail(page, 'tight').getByTestId('np-line-limits.memory').waitFor();
  await live.getByText('Succeeded', { exact: true }).waitFor();
  await live.getByText(/Came back after/).waitFor();
  await row(page, 'tight').getByText('In flight', { exact: true }).waitFor({ state: 'detached' });
});

browserTest('a migration that the quota turns away says what it waits for', MIGRATION, async({ session, page, server }) => {
  await session.goto(migrationPath('harvester'));
  await waitForNamespaces(page, 19);
  await migrate(server, 'cpu-full', 'cpu-full-1');
  await panel(page).getByTestId('np-live-cpu-full-1').getByText('Room in the quota').waitFor();
  await row(page, 'cpu-full').getByText('Stuck', { exact: true }).waitFor();
});

browserTest('an orphaned raise is removed, with its compensation and nothing else', MIGRATION, async({ session, page, server }) => {
  await session.goto(migrationPath('harvester'));
  await openDetail(page, 'orphan');
  const alarm = detail(page, 'orphan').getByTestId('np-alarm-orphanedRaise');

  await alarm.getByText('The quota is still raised for orphan-1').waitFor();
  const before = await quotaOf(server, 'orphan');

  await alarm.getByTestId('np-repair').click();
  await page.getByRole('dialog').getByText('harvesterhci.io/migratingCompensation').waitFor();
  assert.deepEqual((await quotaOf(server, 'orphan')).annotations, before.annotations, 'nothing happens before the word');
  await page.getByTestId('np-confirm').click();
  await alarm.waitFor({ state: 'detached' });
  const after = await quotaOf(server, 'orphan');

  assert.deepEqual(Object.keys(after.annotations), []);
  assert.deepEqual(after.hard, { 'limits.cpu': '16', 'limits.memory': '32Gi' });
});

browserTest('a repair of what has begun to migrate meanwhile changes nothing', MIGRATION, async({ session, page, server }) => {
  await session.goto(migrationPath('harvester'));
  await openDetail(page, 'orphan');
  const alarm = detail(page, 'orphan').getByTestId('np-alarm-orphanedRaise');

  await alarm.getByTestId('np-repair').click();
  const dialog = page.getByRole('dialog');

  await dialog.waitFor();
  // The page does not hear of it: its socket stays cut for as long as this takes
  await server.control('POST', '/faults', { path: '/v1.*/subscribe', reset: true });
  await server.control('POST', '/websockets/drop');
  await migrate(server, 'orphan', 'orphan-1');
  await page.getByTestId('np-confirm').click();
  await detail(page, 'orphan').getByText('It has healed meanwhile; nothing was changed.').waitFor();
  assert.equal((await requestsTo(server, /\/v1\/resourcequotas\/orphan\//)).filter(({ method }) => method === 'PATCH').length, 0);
});

browserTest('a new quota is written, and Rancher takes it over', MIGRATION, async({ session, page, server }) => {
  await session.goto(migrationPath('harvester'));
  await openDetail(page, 'cpu-full');
  const advice = detail(page, 'cpu-full').getByTestId('np-advice');

  await advice.getByText('limitsCpu: 4040 to 4045 mCPUs').waitFor();
  await advice.getByRole('link', { name: 'Open the quota editor' }).waitFor();
  await advice.getByTestId('np-advice-write').click();
  await page.getByTestId('np-confirm').click();
  await advice.getByTestId('np-advice-written').waitFor();
  assert.equal((await quotaOf(server, 'cpu-full')).hard['limits.cpu'], '4045m');
  await row(page, 'cpu-full').getByText('Fits by auto-scaling', { exact: true }).waitFor();
});

browserTest('a quota that nobody takes over is put back', MIGRATION, async({ session, page, server }) => {
  await session.goto(migrationPath('harvester'));
  await openDetail(page, 'cpu-full');
  await server.control('PUT', '/namespace-quotas', { refused: true });
  await detail(page, 'cpu-full').getByTestId('np-advice-write').click();
  await page.getByTestId('np-confirm').click();
  await detail(page, 'cpu-full').getByTestId('np-outcome-takenBack').waitFor();
  assert.equal((await quotaOf(server, 'cpu-full')).base, '{"limit":{"limitsCpu":"4040m","limitsMemory":"32768Mi"}}');
});

browserTest('where a quota cannot be written it says why', MIGRATION, async({ session, page }) => {
  await session.goto(migrationPath('harvester'));
  await openDetail(page, 'other-project');
  await detail(page, 'other-project').getByTestId('np-refusal-projectUnknown').waitFor();
  assert.equal(await detail(page, 'other-project').getByTestId('np-advice-write').count(), 0);
  await openDetail(page, 'stuck');
  await detail(page, 'stuck').getByTestId('np-refusal-migrating').waitFor();
});

browserTest('a user who may only read is offered no repair, and told the right', { ...MIGRATION, user: 'readonly' }, async({ session, page }) => {
  await session.goto(migrationPath('harvester'));
  await openDetail(page, 'orphan');
  await detail(page, 'orphan').getByText('Your account lacks the right to patch resourcequotas.').waitFor();
  assert.equal(await detail(page, 'orphan').getByTestId('np-repair').count(), 0);
  await openDetail(page, 'cpu-full');
  await detail(page, 'cpu-full').getByTestId('np-refusal-forbidden').waitFor();
});

for (const colorScheme of ['light', 'dark'] as const) {
  browserTest(`${ colorScheme } theme: accessible, also with details open`, { ...MIGRATION, context: { colorScheme } }, async({ session, page }) => {
    await session.goto(migrationPath('harvester'));
    await openDetail(page, 'orphan');
    await openDetail(page, 'cpu-full');
    await until('figures that are no estimates', async() => await panel(page).getByText('until then figures are estimates').count() === 0);
    await assertAccessible(page, '[data-testid="np-page"]');
  });
}

browserTest('keyboard: details open and close, and the dialog gives the focus back', MIGRATION, async({ session, page }) => {
  await session.goto(migrationPath('harvester'));
  await waitForNamespaces(page, 19);
  const toggle = row(page, 'orphan').getByRole('button', { name: 'Show details of orphan' });

  await toggle.focus();
  await page.keyboard.press('Enter');
  const repair = detail(page, 'orphan').getByTestId('np-repair');

  await repair.focus();
  await page.keyboard.press('Enter');
  await page.getByRole('dialog').waitFor();
  await page.keyboard.press('Escape');
  await page.getByRole('dialog').waitFor({ state: 'detached' });
  await until('the focus back on the button', () => repair.evaluate((element) => element === document.activeElement));
  await row(page, 'orphan').getByRole('button', { name: 'Hide details of orphan' }).focus();
  await page.keyboard.press('Space');
  await detail(page, 'orphan').waitFor({ state: 'detached' });
});

browserTest('text from the cluster stays text', MIGRATION, async({ session, page }) => {
  let alerts = 0;

  page.on('dialog', (dialog) => {
    alerts += 1;
    dialog.dismiss();
  });
  await session.goto(migrationPath('harvester'));
  await openDetail(page, 'pinned');
  await machine(page, 'pinned-2').getByText('PVC <script>alert(1)</script> is not shared').waitFor();
  await openDetail(page, 'unreadable');
  await detail(page, 'unreadable').getByText(/<b onmouse/).first().waitFor();
  assert.equal(await panel(page).locator('script, img, b').count(), 0);
  assert.equal(alerts, 0);
});

browserTest('in Simplified Chinese no English sentence is left', MIGRATION, async({ session, page }) => {
  await session.speak('zh-hans');
  await session.goto(migrationPath('harvester'));
  await waitForNamespaces(page, 19);
  const text = await panel(page).innerText();

  assert.match(text, /迁移/);
  assert.doesNotMatch(text, /quota turns|can migrate|Harvester raises|Begun by|Raised by/i);
});
