/**
 * Each right taken away in turn, by RBAC itself: the user may do what docs/rights.md lists, but for one verb on one resource.
 * The page has to name that right and no other, and to show everything else.
 */
import assert from 'node:assert/strict';
import { after, before, test } from 'node:test';
import type { Page } from 'playwright-core';
import { announcedRemoval } from '../../pkg/node-pressure/planner/settings/removal';
import { adminRequest, patchInHarvester, savePolicy } from '../e2e/support/api';
import { useBrowser } from '../e2e/support/browser';
import { detail, migrationPath, openDetail, panel, waitForNamespaces } from '../e2e/support/migration';
import { HASH, NODE_PAGES, signal, waitForOrder, waitForSignals } from '../e2e/support/nodeTab';
import { PATHS, root, rows, waitForExactValues, waitForPage } from '../e2e/support/page';
import { CLOUD_INITS, readPolicy } from '../e2e/support/policies';
import { allowOnly, documentedRights, explainedRights, namedRights, type Right } from '../e2e/support/rights';
import { startServer, type Server } from '../e2e/support/server';
import { Session } from '../e2e/support/session';
import { around, editor, field, saveButton, waitForCheck } from '../e2e/support/settings';
import { until } from '../e2e/support/wait';

const FEATURE = '/v1/management.cattle.io.features/harvester-baremetal-container-workload';
const SETTINGS = `${ PATHS.harvester }#settings`;
const MIGRATION = migrationPath('harvester');
const NODE = `${ NODE_PAGES.harvester('node-1') }${ HASH }`;
const NAMESPACES = 19;
const ALL = documentedRights();

let server: Server;
let session: Session;

/** What is there without the right. */
type Rest = (page: Page) => Promise<unknown>;

const taken = new Set<Right>();

/** The page at an address without some rights, of which the last is the one that it has to name. */
function without(lost: Right | readonly Right[], path: string, rest: Rest): void {
  const rights = [lost].flat();
  const named = rights.at(-1) ?? '';

  taken.add(named);
  test(`without the right to ${ rights.join(' and ') }`, async() => {
    const { page } = session;

    await allowOnly(server, ALL.filter((right) => !rights.includes(right)));
    // The address alone may differ in its hash only, and the Dashboard would keep what it has loaded
    await page.goto('about:blank');
    await session.goto(path);
    try {
      await rest(page);
      await until(`the right to ${ named }`, async() => (await namedRights(page, ALL)).includes(named));
      assert.deepEqual((await namedRights(page, ALL)).filter((right) => !rights.includes(right)), [], 'rights that are not missing');
      session.assertClean();
    } catch (error) {
      await session.screenshot(`failed without ${ named }`);
      throw error;
    }
  });
}

const overview: Rest = (page) => waitForExactValues(page, 3);
const policies: Rest = (page) => root(page).getByTestId('np-policy-kept').waitFor();
const form = async(page: Page): Promise<void> => {
  await editor(page).waitFor();
  await waitForCheck(page);
};
const namespaces: Rest = (page) => waitForNamespaces(page, NAMESPACES);
const tabs: Rest = async(page) => {
  await waitForPage(page);
  await root(page).getByRole('tab', { name: 'Overview' }).waitFor();
};
const node: Rest = waitForSignals;
const openPolicy = async(page: Page, name: string): Promise<void> => {
  await root(page).getByTestId(`np-edit-${ name }`).click();
  await form(page);
};
/** Answers a question that the page asks. */
const answer = (page: Page, name: string): Promise<void> => page.getByRole('dialog').getByRole('button', { name, exact: true }).click();
const turnOn = (page: Page): Promise<void> => root(page).getByTestId('np-feature-change').click();

/** Types a threshold of its own, so that there is something to save. */
async function change(page: Page, value: string): Promise<void> {
  await field(page, 'evictionHard/memory.available').fill(value);
  await waitForCheck(page);
}

useBrowser();
before(async() => {
  server = await startServer();
  await server.control('POST', '/scenario', { name: 'migration' });
  const feature = await adminRequest(server, 'GET', FEATURE);

  await adminRequest(server, 'PUT', FEATURE, { ...feature, spec: { value: false } });
  await savePolicy(server, 'kept', { evictionHard: { 'memory.available': '1Gi', 'nodefs.available': '5%', 'imagefs.available': '5%' } }, { matchSelector: { 'kubernetes.io/hostname': 'node-1' }, paused: true });
  await savePolicy(server, 'leaving', { evictionHard: { 'memory.available': '1Gi' } }, { matchSelector: { 'kubernetes.io/hostname': 'node-3' }, paused: true });
  const { spec, metadata: { annotations } } = announcedRemoval(await readPolicy(server, 'leaving'), { time: new Date().toISOString(), user: 'admin', action: 'removed' });

  // Of no version: node-manager reports on the object at the same time
  await patchInHarvester(server, `${ CLOUD_INITS }/leaving`, { spec, metadata: { annotations } });
  await allowOnly(server, ALL);
  session = await Session.open({ base: server.url, user: 'readonly' });
});
after(async() => {
  // Without a session where the preparations failed
  await session?.close();
  await server.close();
});

test('the document’s role is enough for everything, and no right is missed', async() => {
  const { page } = session;

  for (const [path, rest] of [[PATHS.harvester, overview], [SETTINGS, policies], [MIGRATION, namespaces], [NODE, waitForOrder]] as const) {
    await page.goto('about:blank');
    await session.goto(path);
    await rest(page);
    assert.deepEqual(await namedRights(page, ALL), [], path);
  }
  session.assertClean();
});

// The overview
without('list nodes', PATHS.harvester, async(page) => {
  await tabs(page);
  await root(page).getByRole('heading', { name: 'You may not see this cluster’s nodes' }).waitFor();
});
without('get nodes/proxy', PATHS.harvester, (page) => until('coarse memory', async() => await rows(page).filter({ hasText: '≈' }).count() === 3));
without('list nodes.metrics.k8s.io', PATHS.harvester, overview);
without('list cloudinits.node.harvesterhci.io', PATHS.harvester, overview);
without('list features.management.cattle.io', PATHS.harvester, overview);
without('update features.management.cattle.io', PATHS.harvester, overview);
for (const watched of ['nodes', 'cloudinits.node.harvesterhci.io', 'upgrades.harvesterhci.io', 'upgradeplans.management.harvesterhci.io']) {
  without(`watch ${ watched }`, PATHS.harvester, overview);
}

// The feature’s dialog
without('list limitranges', PATHS.harvester, async(page) => {
  await turnOn(page);
  await page.getByTestId('np-readiness-memoryEviction').getByText('3 of 3 nodes').waitFor();
});
without('get features.management.cattle.io', PATHS.harvester, async(page) => {
  await turnOn(page);
  await page.getByRole('dialog').getByRole('textbox').fill('harvester-baremetal-container-workload');
  await answer(page, 'Turn on');
  await page.getByTestId('np-feature-problem').waitFor();
  assert.deepEqual((await adminRequest(server, 'GET', FEATURE))['spec'], { value: false });
});

// Settings
for (const listed of ['upgrades.harvesterhci.io', 'upgradeplans.management.harvesterhci.io']) {
  without(`list ${ listed }`, SETTINGS, policies);
}
without('create cloudinits.node.harvesterhci.io', SETTINGS, async(page) => {
  await root(page).getByTestId('np-create-policy').click();
  await form(page);
  assert.equal(await saveButton(page).isDisabled(), true);
});
without('patch cloudinits.node.harvesterhci.io', SETTINGS, async(page) => {
  await openPolicy(page, 'kept');
  await around(page, 'evictionHard/memory.available').getByText('1 GiB').first().waitFor();
  assert.equal(await saveButton(page).isDisabled(), true);
});
without('delete cloudinits.node.harvesterhci.io', SETTINGS, policies);
without('get cloudinits.node.harvesterhci.io', SETTINGS, async(page) => {
  await openPolicy(page, 'kept');
  await change(page, '3Gi');
  // Somebody else saves, and this page does not hear of it
  await server.control('POST', '/faults', { path: '/v1.*/subscribe', reset: true });
  await server.control('POST', '/websockets/drop');
  await patchInHarvester(server, `${ CLOUD_INITS }/kept`, { spec: { paused: false } });
  await saveButton(page).click();
  await server.control('DELETE', '/faults');
  assert.equal(await field(page, 'evictionHard/memory.available').inputValue(), '3Gi', 'nothing that was typed is lost');
});

// Migration headroom
for (const needed of ['namespaces', 'resourcequotas', 'virtualmachineinstances.kubevirt.io', 'virtualmachineinstancemigrations.kubevirt.io']) {
  without(`list ${ needed }`, MIGRATION, tabs);
}
// Rancher’s Steve leaves the annotations out, with the quotas that Rancher writes
without('get namespaces', migrationPath('explorer'), tabs);
for (const useful of ['pods', 'virtualmachines.kubevirt.io', 'kubevirts.kubevirt.io']) {
  without(`list ${ useful }`, MIGRATION, namespaces);
}
// Harvester’s own UI does not start without its settings
without('list settings.harvesterhci.io', migrationPath('explorer'), namespaces);
for (const watched of ['namespaces', 'resourcequotas', 'virtualmachines.kubevirt.io', 'virtualmachineinstances.kubevirt.io', 'virtualmachineinstancemigrations.kubevirt.io', 'settings.harvesterhci.io', 'kubevirts.kubevirt.io', 'projects.management.cattle.io']) {
  without(`watch ${ watched }`, MIGRATION, namespaces);
}
for (const toWrite of ['list projects.management.cattle.io', 'patch namespaces'] as const) {
  without(toWrite, MIGRATION, async(page) => {
    await namespaces(page);
    await openDetail(page, 'cpu-full');
    await detail(page, 'cpu-full').getByText('limitsCpu: 4040 to 4045 mCPUs').waitFor();
    assert.equal(await panel(page).getByTestId('np-advice-write').count(), 0);
  });
}
without('patch resourcequotas', MIGRATION, async(page) => {
  await openDetail(page, 'orphan');
  await detail(page, 'orphan').getByTestId('np-alarm-orphanedRaise').waitFor();
  assert.equal(await panel(page).getByTestId('np-repair').count(), 0);
});

// The node’s tab
without('list events', NODE, async(page) => {
  await node(page);
  await waitForOrder(page);
});
without(['get nodes/proxy', 'get nodes.metrics.k8s.io'], NODE, (page) => signal(page, 'memory.available').waitFor());

test('every right in the document was taken away, and the document explains each', () => {
  assert.deepEqual(ALL.filter((right) => !taken.has(right)), []);
  assert.deepEqual([...explainedRights()].sort(), [...ALL].sort());
});
