import assert from 'node:assert/strict';
import { createInHarvester, eventReasons, patchInHarvester, savePolicy } from './support/api';
import { NODE_PAGES, openNodeTab, orderRows, section, signal, tab, tabEntry, waitForOrder, waitForSignals, HASH } from './support/nodeTab';
import { PLAIN, PRODUCTS, root } from './support/page';
import { around, field } from './support/settings';
import { browserSuite } from './support/suite';
import { until } from './support/wait';

const browserTest = browserSuite();

const GIB = 2 ** 30;

for (const product of PRODUCTS) {
  browserTest(`${ product }: the tab tells of signals, order, memory, events, resizes and configuration`, { scenario: 'pressure' }, async({ session, page }) => {
    await openNodeTab(session, 'node-2', product);
    await signal(page, 'memory.available').getByText('Hard below 1Gi (1 GiB)').waitFor();
    await tab(page).getByTestId('np-smaller-margin').waitFor();
    await section(page, 'order').getByText('Stopped abruptly, not migrated.').first().waitFor();
    await section(page, 'memory').getByTestId('np-part-allocatable').waitFor();
    await section(page, 'memory').getByText('free on the host').waitFor();
    await section(page, 'events').getByText(/about pressure, eviction, memory or resizes|reach back/).first().waitFor();
    await section(page, 'resizes').getByText('No resize').waitFor();
    await section(page, 'configuration').getByTestId('np-configuration-evictionHard-memory.available').getByText('1Gi').waitFor();
  });

  browserTest(`${ product }: the tab is reached by its name`, {}, async({ session, page }) => {
    await session.goto(NODE_PAGES[product]('node-1'));
    await tabEntry(page, 'Eviction').click();
    await waitForSignals(page);
    await signal(page, 'memory.available').getByText('nothing happens before the OOM killer').waitFor();
  });

  browserTest(`${ product }: an advice hands its value over to the settings as an unsaved change`, {}, async({ session, page }) => {
    await openNodeTab(session, 'node-1', product);
    await tab(page).getByTestId('np-advice-setMemoryThreshold').getByText('Set a hard memory threshold of 1.5 GiB').waitFor();
    await tab(page).getByTestId('np-advice-setMemoryThreshold').getByRole('link').click();
    await field(page, 'evictionHard/memory.available').waitFor();
    await until('the value in the form', async() => await field(page, 'evictionHard/memory.available').inputValue() === '1536Mi');
    await around(page, 'evictionHard/memory.available').first().waitFor();
    assert.equal(await root(page).getByTestId('np-save-button').count(), 1, 'it is saved by nobody but the admin');
  });
}

browserTest('another group has another order', { scenario: 'pressure' }, async({ session, page }) => {
  await openNodeTab(session, 'node-2');
  await tab(page).getByTestId('np-order-group').selectOption('pid');
  await section(page, 'order').getByText(/Runs \d+ processes/).first().waitFor();
});

browserTest('what if: a higher threshold makes pods go, by number, slider and keyboard', {}, async({ session, page }) => {
  await openNodeTab(session, 'node-1');
  await tab(page).getByTestId('np-order-group').selectOption('memory');
  await tab(page).getByTestId('np-what-if').press('Enter');
  const threshold = tab(page).getByTestId('np-what-if-threshold');
  const outcome = tab(page).getByTestId('np-what-if-outcome');

  await outcome.getByText('No threshold').waitFor();
  await threshold.getByRole('spinbutton').fill('40');
  await outcome.getByText(/\d+ go(es)?, .*virtual machine/).waitFor();
  await orderRows(page).first().getByText('goes').waitFor();
  await threshold.getByRole('slider').focus();
  await page.keyboard.press('Home');
  await outcome.getByText('No threshold').waitFor();
  await page.keyboard.press('ArrowRight');
  assert.equal(await threshold.getByRole('spinbutton').inputValue(), '0.25');
  await tab(page).getByTestId('np-what-if').press('Enter');
  await until('the form to close', async() => await threshold.count() === 0);
});

browserTest('what happened is told: an eviction with its VM, thresholds and conditions', { scenario: 'pressure' }, async({ session, page, server }) => {
  await server.control('PUT', '/nodes/node-2/memory', { workingSetBytes: 31 * GIB });
  await server.control('POST', '/clock', { advanceMilliseconds: 20_000 });
  // The tab asks for events once a minute only
  await until('the kubelet’s events', async() => {
    const told = await eventReasons(server);

    return ['Evicted', 'EvictionThresholdMet', 'NodeHasInsufficientMemory'].every((reason) => told.has(reason));
  });
  await openNodeTab(session, 'node-2');
  await section(page, 'events').getByTestId('np-event-count-evicted').getByText(/Evictions: \d+ in the last hour, \d+ in the last day/).waitFor();
  await section(page, 'events').getByTestId('np-event-evicted').getByText(/the node was low on memory \(.* available, threshold 1 GiB\)/).first()
    .waitFor();
  await section(page, 'events').getByTestId('np-event-thresholdMet').getByText('began to reclaim memory').waitFor();
  await section(page, 'events').getByTestId('np-event-pressure').getByText('node-2', { exact: true }).waitFor();
  await signal(page, 'memory.available').getByText('MemoryPressure: True').waitFor();
});

browserTest('a resize that waits is told with what keeps it', {}, async({ session, page, server }) => {
  await patchInHarvester(server, '/api/v1/namespaces/shop/pods/web-6f7d-a/status', { status: { conditions: [{ type: 'PodResizePending', status: 'True', reason: 'Deferred', message: 'Node didn\'t have enough resource: memory, requested: 1, used: 2, capacity: 3' }] } });
  await openNodeTab(session, 'node-1');
  await section(page, 'resizes').getByTestId('np-resize-web-6f7d-a').getByText('Waits for room').waitFor();
});

browserTest('the policy’s values stand beside those that the kubelet runs with', {}, async({ session, page, server }) => {
  await savePolicy(server, 'all', { evictionHard: { 'memory.available': '2Gi', 'nodefs.available': '5%', 'imagefs.available': '5%' } });
  await openNodeTab(session, 'node-1');
  await section(page, 'configuration').getByTestId('np-configuration-policy').getByText(/^Policy all\. The node has the policy’s settings/).waitFor();
  const row = section(page, 'configuration').getByTestId('np-configuration-evictionHard-memory.available');

  await row.getByText('differs').waitFor();
  assert.deepEqual((await row.locator('td').allInnerTexts()).slice(0, 2).map((text) => text.split(/\s+/)[0]), ['Not', '2Gi']);
});

browserTest('a cluster that is not Harvester: signals, order and configuration, and the tab says so', {}, async({ session, page }) => {
  await session.goto(`/c/${ PLAIN }/explorer/node/plain-1${ HASH }`);
  await waitForSignals(page);
  await tab(page).getByText('Not a Harvester cluster').waitFor();
  await waitForOrder(page);
  await section(page, 'configuration').getByTestId('np-configuration-evictionHard-memory.available').waitFor();
  assert.equal(await tab(page).getByRole('link', { name: 'Open in settings' }).count(), 0);
});

browserTest('events of an object that no longer exists are told as well', {}, async({ session, page, server }) => {
  await createInHarvester(server, '/api/v1/namespaces/shop/events', {
    apiVersion: 'v1', kind: 'Event', metadata: { name: 'gone.1', namespace: 'shop' }, involvedObject: { kind: 'Pod', namespace: 'shop', name: 'gone' }, type: 'Warning', reason: 'OutOfmemory',
    message: 'Node didn\'t have enough resource: memory', source: { component: 'kubelet', host: 'node-1' }, lastTimestamp: new Date().toISOString(), firstTimestamp: new Date().toISOString(), count: 1,
  });
  await openNodeTab(session, 'node-1');
  await section(page, 'events').getByTestId('np-event-refused').getByText('Not let in: too little memory was left.').waitFor();
  await section(page, 'events').getByTestId('np-event-refused').getByText('shop/gone').waitFor();
});
