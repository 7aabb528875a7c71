import assert from 'node:assert/strict';
import { savePolicy } from './support/api';
import { assertAccessible } from './support/axe';
import { PATHS, PRODUCTS, root, verdict } from './support/page';
import { NODES, rebootWithPolicy } from './support/policies';
import { around, editor, field, openSettings, saveButton, waitForCheck, waitForSaving } from './support/settings';
import { browserSuite } from './support/suite';
import { until } from './support/wait';

const browserTest = browserSuite();

const HARD = 'evictionHard/memory.available';

for (const product of PRODUCTS) {
  browserTest(`${ product }: six clicks protect a cluster as installed with harvester#7424’s values`, {}, async({ session, page, server }) => {
    await session.goto(PATHS[product]);
    await verdict(page).getByText('no memory eviction threshold').waitFor();
    await page.evaluate(() => {
      const counted = window as unknown as { clicks: number };

      counted.clicks = 0;
      document.addEventListener('click', ({ detail }) => {
        // A label's click is passed on to its input, and a keyboard's has no detail
        counted.clicks += detail > 0 ? 1 : 0;
      }, true);
    });
    await root(page).getByTestId('np-set-one').click();
    await editor(page).waitFor();
    await waitForCheck(page);
    await root(page).getByTestId('np-start-harvester7424').click();
    await waitForSaving(page, true);
    // The smallest node is below the threshold already, so the admin has to say that this is known
    await editor(page).getByTestId('np-finding-evictsNow').first().waitFor();
    await saveButton(page).click();
    await page.getByTestId('np-dangers').getByText('node-2').waitFor();
    await page.getByTestId('np-typed').click();
    await page.keyboard.type('memory-eviction');
    await page.getByTestId('np-confirm').click();
    await root(page).getByTestId('np-policy-memory-eviction').waitFor();
    assert.ok(await page.evaluate(() => (window as unknown as { clicks: number }).clicks) <= 6);

    await rebootWithPolicy(server, 'memory-eviction', ...NODES);
    await root(page).getByRole('tab', { name: 'Overview' }).click();
    await until('a hard threshold on every node', async() => await root(page).getByText('Hard 6 GiB').count() === 3);
  });
}

browserTest('the form begins with what the nodes have', {}, async({ session, page }) => {
  await openSettings(session);
  assert.equal(await field(page, 'evictionHard/nodefs.available').inputValue(), '5%');
  assert.equal(await field(page, 'evictionMinimumReclaim/imagefs.available').inputValue(), '10%');
  assert.equal(await field(page, HARD).inputValue(), '');
  await editor(page).getByText('Matches 3 nodes: node-1, node-2, node-3.').waitFor();
  assert.match(await editor(page).getByTestId('np-cpu').innerText(), /Reserved by Harvester: \d+m \+ \d+m/);
  assert.equal(await editor(page).getByTestId('np-dirty').count(), 0, 'nothing was typed');
});

browserTest('every amount is told for the smallest and the largest node', {}, async({ session, page }) => {
  await openSettings(session);
  await field(page, HARD).fill('10%');
  await around(page, HARD).getByText(/3\.1 GiB of 31\.3 GiB \(10 %\) on node-2/).waitFor();
  await around(page, HARD).getByText(/12\.7 GiB of 127\.3 GiB \(10 %\) on node-3/).waitFor();
  await field(page, 'systemReserved/memory').fill('2Gi');
  await around(page, 'systemReserved/memory').getByText(/2 GiB of 31\.3 GiB \(6\.4 %\) on node-2/).waitFor();
  await field(page, HARD).fill('0%');
  await around(page, HARD).getByText('Off', { exact: true }).waitFor();
});

const WRONG: readonly (readonly [string, string, RegExp, RegExp])[] = [
  [HARD, '6GiB', /no amount that the kubelet can read/, /quantities must match the regular expression/],
  [HARD, '101%', /not between 0% and 100%/, /eviction percentage threshold memory\.available must be <= 100%/],
  [HARD, '-1Gi', /has to be above zero/, /eviction threshold memory\.available must be positive/],
  ['evictionHard/nodefs.available', '{{ .Env }}', /Two opening braces/, /Remove the braces/],
  ['evictionMinimumReclaim/memory.available', '0%', /has to be above zero/, /eviction percentage minimum reclaim memory\.available/],
  ['evictionSoftGracePeriod/memory.available', '1d', /is no duration/, /unknown unit/],
  ['systemReserved/memory', '-1', /A reservation cannot be negative/, /resource quantity for "memory" cannot be negative/],
  ['evictionPressureTransitionPeriod/', 'soon', /is no duration/, /invalid duration/],
  ['evictionMaxPodGracePeriod/', '1.5', /no number of seconds/, /invalid syntax/],
];

for (const [id, text, ours, more] of WRONG) {
  browserTest(`${ id } “${ text }” cannot be saved, and says why beside the input`, {}, async({ session, page }) => {
    await openSettings(session);
    await field(page, id).fill(text);
    await around(page, id).getByText(ours).waitFor();
    await around(page, id).getByText(more).waitFor();
    await waitForSaving(page, false);
    assert.equal(await field(page, id).getAttribute('aria-invalid'), 'true');
    const notes = await field(page, id).getAttribute('aria-describedby');

    assert.match(await page.locator(`[id="${ notes }"]`).innerText(), ours);
    await field(page, id).fill('');
    await until('nothing wrong with it', async() => await field(page, id).getAttribute('aria-invalid') === 'false');
    await waitForSaving(page, true);
  });
}

browserTest('a soft threshold needs its grace, and asks for one for the pods', {}, async({ session, page }) => {
  await openSettings(session);
  await field(page, 'evictionSoft/memory.available').fill('2Gi');
  await around(page, 'evictionSoftGracePeriod/memory.available').getByText('grace period must be specified for the soft eviction threshold memory.available').waitFor();
  await field(page, 'evictionSoftGracePeriod/memory.available').fill('1m30s');
  await around(page, 'evictionMaxPodGracePeriod/').getByText('stop pods within one second').waitFor();
  await editor(page).getByTestId('np-pod-grace').getByRole('button', { name: 'Use 120 s' }).click();
  assert.equal(await field(page, 'evictionMaxPodGracePeriod/').inputValue(), '120');
  await until('no more question', async() => await editor(page).getByTestId('np-pod-grace').count() === 0);
  await waitForSaving(page, true);
});

browserTest('a soft threshold below the hard one is found in bytes, on the nodes where it is', {}, async({ session, page }) => {
  await openSettings(session);
  await field(page, HARD).fill('4Gi');
  await field(page, 'evictionSoft/memory.available').fill('5%');
  await field(page, 'evictionSoftGracePeriod/memory.available').fill('30s');
  const found = around(page, 'evictionSoft/memory.available').getByTestId('np-finding-softBelowHard');

  await found.getByText('On node-1, node-2.').waitFor();
  assert.match(await found.innerText(), /The soft threshold \(3\.2 GiB\) is not above the hard one \(4 GiB\)/);
});

browserTest('values that differ between nodes are shown as mixed, and never picked', { scenario: 'pressure' }, async({ session, page }) => {
  await openSettings(session);
  assert.equal(await field(page, HARD).inputValue(), '');
  const mixed = around(page, HARD);

  await mixed.getByText(/2Gi on node-1/).waitFor();
  await mixed.getByText(/1Gi on node-2/).waitFor();
  await mixed.getByText(/not set on node-3/).waitFor();
  await waitForSaving(page, false);
  await mixed.getByText('The nodes differ here').waitFor();
  await mixed.getByRole('button', { name: 'Use 1Gi' }).click();
  assert.equal(await field(page, HARD).inputValue(), '1Gi');
  await around(page, 'evictionMinimumReclaim/memory.available').getByRole('button', { name: 'Leave unset' }).click();
  await until('no mixed value that would be turned off', async() => await editor(page).getByTestId('np-finding-mixedUndecided').count() === 0);
  // What the policy does not write stays as each node has it
  await around(page, 'evictionSoft/memory.available').getByText(/Mixed/).waitFor();
  await waitForSaving(page, true);
});

browserTest('points to start from are side by side, fill the form, and can be undone', {}, async({ session, page }) => {
  await openSettings(session);
  const table = editor(page).getByRole('group', { name: 'Start from' });

  const columns = await table.getByRole('columnheader').allInnerTexts();
  const hard = ['Setting', ...await table.getByRole('row').filter({ hasText: 'memory.available: hard threshold' }).getByRole('cell').allInnerTexts()];

  assert.deepEqual(['What the nodes have', 'harvester#7424', 'Kubernetes defaults', 'Sized as GKE does'].map((name) => hard[columns.indexOf(name)]), ['not set', '6Gi', '100Mi', '100Mi']);
  await root(page).getByTestId('np-start-gke').click();
  await until('GKE’s reservation for 31.3 GiB', async() => await field(page, 'kubeReserved/memory').inputValue() === '3603Mi');
  await root(page).getByTestId('np-start-kubernetes').click();
  await until('Kubernetes’ threshold', async() => await field(page, 'evictionHard/imagefs.available').inputValue() === '15%');
  assert.equal(await field(page, 'kubeReserved/memory').inputValue(), '');
  await root(page).getByTestId('np-undo').click();
  assert.equal(await field(page, 'kubeReserved/memory').inputValue(), '3603Mi');
  await root(page).getByTestId('np-discard').click();
  assert.equal(await field(page, HARD).inputValue(), '');
  assert.equal(await editor(page).getByTestId('np-dirty').count(), 0);
});

browserTest('disk signals that would be lost are named', {}, async({ session, page }) => {
  await openSettings(session);
  await field(page, 'evictionHard/nodefs.available').fill('');
  await around(page, 'evictionHard/nodefs.available').getByText('nodefs.available is watched now (5%)').waitFor();
});

browserTest('what a node cannot take blocks, by the kubelet’s own words and with the pods by name', {}, async({ session, page }) => {
  await openSettings(session);
  await field(page, 'systemReserved/memory').fill('40Gi');
  await editor(page).getByTestId('np-finding-reservedBeyondCapacity').getByText(/Expected capacity >= reservation/).waitFor();
  await editor(page).getByTestId('np-finding-reservedBeyondCapacity').getByText('On node-2.').waitFor();
  await waitForSaving(page, false);
  await field(page, 'systemReserved/memory').fill('20Gi');
  const lost = editor(page).getByTestId('np-finding-notReadmitted');

  await lost.getByText('VM', { exact: true }).first().waitFor();
  assert.match(await lost.innerText(), /prod\/app-2|default\/windows-1/);
  await waitForSaving(page, false);
});

browserTest('nodes are chosen by labels, and listed as they match', { scenario: 'witness' }, async({ session, page }) => {
  await openSettings(session);
  await editor(page).getByText('Left out as witness: node-3.').waitFor();
  await editor(page).getByText('Matches 2 nodes: node-1, node-2.').waitFor();
  await editor(page).getByTestId('np-nodes-labels').check();
  await editor(page).getByText('No label is chosen.').waitFor();
  await waitForSaving(page, false);
  await editor(page).getByTestId('np-label').fill('no label');
  await editor(page).getByTestId('np-add-label').click();
  await editor(page).getByText('Write the label as key=value').waitFor();
  for (const [wrong, why] of [['zone=not/allowed', /no labels with such a value: zone=not\/allowed/], ['-zone=east', /no labels with such a key: -zone=east/]] as const) {
    await editor(page).getByTestId('np-label').fill(wrong);
    await page.keyboard.press('Enter');
    await editor(page).getByText(why).waitFor();
    assert.deepEqual([await editor(page).getByTestId('np-label').inputValue(), await editor(page).getByTestId('np-label').getAttribute('aria-invalid')], [wrong, 'true']);
  }
  await editor(page).getByTestId('np-label').fill('zone=nowhere');
  await page.keyboard.press('Enter');
  await editor(page).getByText('No node matches now.').waitFor();
  await waitForSaving(page, false);
  await editor(page).getByRole('button', { name: 'Remove zone=nowhere' }).click();
  await editor(page).getByTestId('np-label').fill('kubernetes.io/hostname=node-2');
  await editor(page).getByTestId('np-add-label').click();
  await editor(page).getByText('Matches node-2.').waitFor();
  await waitForCheck(page);
  await waitForSaving(page, true);
});

browserTest('labels that another client stored and that no node can have are said beside them, and block', {}, async({ session, page, server }) => {
  await savePolicy(server, 'odd', { evictionHard: { 'memory.available': '1Gi' } }, { matchSelector: { '<b>zone</b>': 'x y' } });
  await openSettings(session);
  await editor(page).getByTestId('np-finding-labelKey').getByText('<b>zone</b>=x y').waitFor();
  await editor(page).getByTestId('np-finding-labelValue').waitFor();
  await waitForSaving(page, false);
  await assertAccessible(page, '[data-testid="np-page"]');
  await editor(page).getByRole('button', { name: 'Remove <b>zone</b>=x y' }).click();
  await editor(page).getByText('No label is chosen.').waitFor();
});

browserTest('a node is in one policy only', {}, async({ session, page, server }) => {
  await savePolicy(server, 'first', { evictionHard: { 'memory.available': '1Gi' } }, { matchSelector: { 'kubernetes.io/hostname': 'node-1' } });
  await openSettings(session);
  await root(page).getByTestId('np-policy-first').getByText('node-1').waitFor();
  await root(page).getByTestId('np-create-policy').click();
  await editor(page).getByRole('heading', { name: 'New policy' }).waitFor();
  await waitForCheck(page);
  await editor(page).getByTestId('np-save').getByText(/first/).waitFor();
  await waitForSaving(page, false);
});

browserTest('a name that Kubernetes would not take, or that is taken, is told at once', {}, async({ session, page, server }) => {
  await savePolicy(server, 'taken', {}, { matchSelector: { 'kubernetes.io/hostname': 'node-1' } });
  await openSettings(session);
  await root(page).getByTestId('np-create-policy').click();
  const name = editor(page).getByTestId('np-policy-name');

  for (const wrong of ['Memory', 'a'.repeat(64), 'taken']) {
    await name.fill(wrong);
    await editor(page).getByTestId('np-name-problem').waitFor();
    assert.equal(await name.getAttribute('aria-invalid'), 'true');
  }
  await name.fill('a'.repeat(63));
  await until('nothing wrong with the name', async() => await name.getAttribute('aria-invalid') === 'false');
});
