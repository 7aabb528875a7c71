/** What the page says of kubelets that are in trouble: real ones, asked through a real API server. */
import assert from 'node:assert/strict';
import type { Page } from 'playwright-core';
import { savePolicy } from '../e2e/support/api';
import { HASH, NODE_PAGES, tab } from '../e2e/support/nodeTab';
import { PATHS, row, rows, verdict, waitForExactValues, waitForRows } from '../e2e/support/page';
import { onDisk, reboot, SETTINGS_FILE } from '../e2e/support/policies';
import { browserSuite } from '../e2e/support/suite';
import { until } from '../e2e/support/wait';

const liveTest = browserSuite();

/** Waits until one node of three is known only by what the control plane knows, and the others in full. */
async function onlyOthersAnswer(page: Page, node: string): Promise<void> {
  await row(page, node).getByText('Soft not known: kubelet does not answer').waitFor();
  await until('exact values of the others', async() => await rows(page).filter({ hasText: /Hard (off|\d)[^]*Soft (off|\d)/ }).count() === 2);
}

liveTest('a kubelet that is down keeps the others from nothing, and is asked again when it is back', {}, async({ session, page, server }) => {
  await server.control('POST', '/nodes/node-1/break');
  await session.goto(PATHS.harvester);
  await waitForRows(page);
  await onlyOthersAnswer(page, 'node-1');
  await verdict(page).getByText('node-1 is not ready: figures from there are old or missing').waitFor();
  await server.control('POST', '/nodes/node-1/recover');
  await waitForExactValues(page, 3);
});

liveTest('a kubelet whose certificate the API server refuses is one that does not answer', {}, async({ session, page, server }) => {
  await server.control('PUT', '/nodes/node-2/certificate', { trusted: false });
  await session.goto(PATHS.harvester);
  await waitForRows(page);
  await onlyOthersAnswer(page, 'node-2');
  await row(page, 'node-2').getByText('Ready', { exact: true }).waitFor();
  await session.goto(`${ NODE_PAGES.harvester('node-2') }${ HASH }`);
  await tab(page).getByText(/The kubelet does not answer \(.*certificate signed by unknown authority/).first().waitFor();
  await session.goto(PATHS.harvester);
  await server.control('PUT', '/nodes/node-2/certificate', { trusted: true });
  await waitForExactValues(page, 3);
});

liveTest('a slow kubelet holds up nobody but itself', {}, async({ session, page, server }) => {
  await server.control('PUT', '/nodes/node-3/delay', { milliseconds: 3000 });
  await session.goto(PATHS.harvester);
  await waitForRows(page);
  await waitForExactValues(page, 2);
  await waitForExactValues(page, 3);
});

liveTest('too many requests for the moment are not too many for good', {}, async({ session, page, server }) => {
  await server.control('POST', '/faults', {
    path: '/proxy/stats/summary$', status: 429, times: 3, body: { kind: 'Status', apiVersion: 'v1', status: 'Failure', reason: 'TooManyRequests', message: 'too many requests, please try again later', code: 429 },
  });
  await session.goto(PATHS.harvester);
  await waitForRows(page);
  await waitForExactValues(page, 3);
});

liveTest('a policy reaches the node’s kubelet with a reboot, and the page shows what it runs with', {}, async({ session, page, server }) => {
  await session.goto(PATHS.harvester);
  await waitForExactValues(page, 3);
  await savePolicy(server, 'all', { evictionHard: { 'memory.available': '2Gi', 'nodefs.available': '5%', 'imagefs.available': '5%' } });
  await row(page, 'node-1').getByText('Pending reboot').waitFor();
  await reboot(server, 'node-1');
  assert.match(await onDisk(server, 'node-1', SETTINGS_FILE) ?? '', /eviction-hard=[^"]*memory\.available<2Gi/);
  await row(page, 'node-1').getByText('Hard 2', { exact: false }).first().waitFor();
  await row(page, 'node-1').getByText('In sync').waitFor();
});
