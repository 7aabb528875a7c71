import assert from 'node:assert/strict';
import type { Locator, Page } from 'playwright-core';
import { adminRequest } from './support/api';
import { assertAccessible } from './support/axe';
import { PATHS, PRODUCTS, root, waitForRows } from './support/page';
import { requestsTo, type Server } from './support/server';
import { browserSuite } from './support/suite';
import { until } from './support/wait';

const browserTest = browserSuite();

const NAME = 'harvester-baremetal-container-workload';
const FEATURES = '/v1/management.cattle.io.features';

const header = (page: Page): Locator => root(page).getByTestId('np-feature');
const dialog = (page: Page): Locator => page.getByRole('dialog');
const item = (page: Page, code: string): Locator => dialog(page).getByTestId(`np-readiness-${ code }`);

async function valueOf(server: Server, name: string): Promise<unknown> {
  return (await adminRequest(server, 'GET', `${ FEATURES }/${ name }`))['spec'];
}

/** Sets a feature as an admin would; `lockedValue` as Rancher's configuration does. */
async function setFeature(server: Server, name: string, value: boolean | null, lockedValue: boolean | null = null): Promise<void> {
  const feature = await adminRequest(server, 'GET', `${ FEATURES }/${ name }`);

  await adminRequest(server, 'PUT', `${ FEATURES }/${ name }`, { ...feature, spec: { value }, status: { ...feature['status'] as object, lockedValue } });
}

for (const product of PRODUCTS) {
  browserTest(`${ product }: it is turned off in two clicks, and the page says so`, {}, async({ session, page, server }) => {
    await session.goto(PATHS[product]);
    await waitForRows(page);
    await header(page).getByRole('button', { name: 'Turn off…' }).click();
    await dialog(page).getByText('Containers that run here keep running').waitFor();
    await dialog(page).getByRole('button', { name: 'Turn off', exact: true }).click();
    await header(page).getByText('Off', { exact: true }).waitFor();
    assert.deepEqual(await valueOf(server, NAME), { value: false });
    assert.equal(await dialog(page).count(), 0);
  });
}

browserTest('turning it on shows what is missing, and asks for its name', { scenario: 'feature-off' }, async({ session, page, server }) => {
  await session.goto(PATHS.harvester);
  await waitForRows(page);
  await header(page).getByRole('button', { name: 'Turn on…' }).click();
  await item(page, 'memoryEviction').getByText('3 of 3 nodes have no hard memory threshold: node-1, node-2, node-3.').waitFor();
  await item(page, 'diskSignals').getByText('All 3 nodes evict before a disk is full.').waitFor();
  await item(page, 'reservation').getByText('Not met').waitFor();
  await item(page, 'namespacesApart').getByText('Met', { exact: true }).waitFor();
  await item(page, 'memoryLimits').getByText('1 of 1 namespaces with containers have neither a quota nor a range of memory limits: shop.').waitFor();
  const save = dialog(page).getByRole('button', { name: 'Turn on', exact: true });

  assert.equal(await save.isDisabled(), true);
  await dialog(page).getByRole('textbox').fill(NAME);
  await save.click();
  await header(page).getByText('On', { exact: true }).waitFor();
  assert.deepEqual(await valueOf(server, NAME), { value: true });
});

browserTest('what is missing leads to where it is done', { scenario: 'feature-off' }, async({ session, page }) => {
  await session.goto(PATHS.harvester);
  await waitForRows(page);
  await header(page).getByRole('button', { name: 'Turn on…' }).click();
  await item(page, 'memoryEviction').getByRole('link', { name: 'Go to Settings' }).click();
  await page.waitForURL((url) => url.hash === '#settings');
  assert.equal(await dialog(page).count(), 0);
});

browserTest('it takes the feature harvester with it', { scenario: 'feature-off' }, async({ session, page, server }) => {
  await setFeature(server, 'harvester', false);
  await session.goto(PATHS.explorer);
  await waitForRows(page);
  await header(page).getByRole('button', { name: 'Turn on…' }).click();
  await dialog(page).getByText('Rancher also turns the feature harvester on, which it needs.').waitFor();
  await dialog(page).getByRole('textbox').fill(NAME);
  await dialog(page).getByRole('button', { name: 'Turn on', exact: true }).click();
  await header(page).getByText('On', { exact: true }).waitFor();
  await until('the feature harvester', async() => (await valueOf(server, 'harvester') as { value: unknown }).value === true);
});

browserTest('a locked value cannot be changed, and the page says why', {}, async({ session, page, server }) => {
  await setFeature(server, NAME, true, true);
  await session.goto(PATHS.harvester);
  await header(page).getByText('Locked by Rancher’s configuration.').waitFor();
  assert.equal(await header(page).getByRole('button').count(), 0);
});

browserTest('what it needs may be locked off', { scenario: 'feature-off' }, async({ session, page, server }) => {
  await setFeature(server, 'harvester', false, false);
  await session.goto(PATHS.harvester);
  await header(page).getByText('It needs the feature harvester').waitFor();
  assert.equal(await header(page).getByRole('button').count(), 0);
});

browserTest('who may not change it sees which right is missing', { user: 'readonly' }, async({ session, page }) => {
  await session.goto(PATHS.harvester);
  await header(page).getByText('Changing it needs the right update features.management.cattle.io.').waitFor();
  assert.equal(await header(page).getByRole('button').count(), 0);
});

browserTest('who may not reach kubelets sees what is not known', { scenario: 'feature-off', user: 'noproxy' }, async({ session, page }) => {
  await session.goto(PATHS.harvester);
  await waitForRows(page);
  await header(page).getByRole('button', { name: 'Turn on…' }).click();
  // Allocatable equals capacity: no kubelet has to be asked for that
  await item(page, 'memoryEviction').getByText('Not met').waitFor();
  await item(page, 'softTier').getByText('Not known').waitFor();
  assert.equal(await dialog(page).getByRole('button', { name: 'Turn on', exact: true }).isDisabled(), true);
});

browserTest('what somebody else did meanwhile is not undone', {}, async({ session, page, server }) => {
  await session.goto(PATHS.harvester);
  await waitForRows(page);
  await header(page).getByRole('button', { name: 'Turn off…' }).click();
  await setFeature(server, NAME, true, true);
  await dialog(page).getByRole('button', { name: 'Turn off', exact: true }).click();
  await dialog(page).getByText('Rancher’s configuration has locked it meanwhile. Nothing was changed.').waitFor();
  assert.deepEqual((await requestsTo(server, /features/)).filter(({ method, status }) => method === 'PUT' && status === 200).length, 1, 'only the other one’s write');
});

browserTest('a refusal is shown in the server’s words', {}, async({ session, page, server }) => {
  await server.control('POST', '/faults', { path: `${ FEATURES }/${ NAME }$`, method: 'PUT', status: 400, body: { type: 'error', status: 400, code: 'Invalid', message: 'admission webhook "x" denied the request: <b>no</b>' } });
  await session.goto(PATHS.harvester);
  await waitForRows(page);
  await header(page).getByRole('button', { name: 'Turn off…' }).click();
  await dialog(page).getByRole('button', { name: 'Turn off', exact: true }).click();
  await dialog(page).getByRole('alert').getByText('Rancher refused it: admission webhook "x" denied the request: <b>no</b>').waitFor();
  await header(page).getByText('On', { exact: true }).waitFor();
});

browserTest('it works by keyboard alone, and Escape calls it off', {}, async({ session, page, server }) => {
  await session.goto(PATHS.harvester);
  await waitForRows(page);
  await header(page).getByRole('button', { name: 'Turn off…' }).focus();
  await page.keyboard.press('Enter');
  await dialog(page).waitFor();
  await page.keyboard.press('Escape');
  await until('the dialog is gone', async() => await dialog(page).count() === 0);
  await page.keyboard.press('Enter');
  await dialog(page).waitFor();
  await dialog(page).getByRole('button', { name: 'Turn off', exact: true }).focus();
  await page.keyboard.press('Enter');
  await until('it is off', async() => JSON.stringify(await valueOf(server, NAME)) === '{"value":false}');
});

for (const colorScheme of ['light', 'dark'] as const) {
  browserTest(`${ colorScheme } theme: the readiness list is accessible`, { scenario: 'feature-off', context: { colorScheme } }, async({ session, page }) => {
    await session.goto(PATHS.harvester);
    await waitForRows(page);
    await header(page).getByRole('button', { name: 'Turn on…' }).click();
    await item(page, 'memoryEviction').getByText('Not met').waitFor();
    await item(page, 'memoryLimits').getByText('Not met').waitFor();
    await assertAccessible(page, '[data-testid="np-page"]');
  });
}
