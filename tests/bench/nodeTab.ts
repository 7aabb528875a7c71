/** The tab on a node with many pods, in a real browser: how long it holds the page up, how often it asks, what it keeps. */
import type { Browser, CDPSession, Page } from 'playwright-core';
import { adminRequest } from '../e2e/support/api';
import { launchBrowser } from '../e2e/support/browser';
import { openNodeTab, orderRows, section, tab } from '../e2e/support/nodeTab';
import { HARVESTER } from '../e2e/support/page';
import { requestsTo, startServer, type Server } from '../e2e/support/server';
import { Session } from '../e2e/support/session';
import { longest, mainThread, MARK, median, TRACE_CATEGORIES, type Took } from './trace';

const NODE = 'node-1';
const PODS = 200;
const MIB = 2 ** 20;
/** The tab reads once in this time. */
const STEP_MILLISECONDS = 10_000;
const HALF_HOUR_STEPS = 180;
/** Answers are shown in batches. */
const BATCH_MILLISECONDS = 300;
const TRACED_MILLISECONDS = 60_000;

/** Fills the node up; a pod's use follows from its number. */
async function fill(server: Server): Promise<void> {
  const { items } = await adminRequest(server, 'GET', `/k8s/clusters/${ HARVESTER }/api/v1/pods?fieldSelector=spec.nodeName%3D${ NODE }`);

  for (let index = (items as unknown[]).length; index < PODS; index++) {
    await server.control('POST', '/pods', {
      name: `load-${ index }`, namespace: 'shop', node: NODE, owner: 'ReplicaSet', useBytes: (20 + index % 17 * 9) * MIB, priority: index % 5 === 0 ? 1_000 : 0,
      containers: [{ name: 'web', requests: { cpu: '1m', memory: `${ 16 + index % 11 * 8 }Mi` }, limits: { memory: '512Mi' } }, { name: 'log', requests: { memory: '8Mi' } }],
    });
  }
}

/** One reading of the tab, by the page's own clock and the node's. */
async function step(page: Page, server: Server): Promise<void> {
  await server.control('POST', '/clock', { advanceMilliseconds: STEP_MILLISECONDS });
  const answer = page.waitForResponse(/stats\/summary$/);

  await page.clock.runFor(STEP_MILLISECONDS);
  await (await answer).finished();
  await page.clock.runFor(BATCH_MILLISECONDS);
}

async function steps(count: number, page: Page, server: Server): Promise<void> {
  for (let index = 0; index < count; index++) {
    await step(page, server);
  }
}

/** What the page keeps, after everything that nobody holds is gone. */
async function heapMebibytes(devtools: CDPSession): Promise<number> {
  await devtools.send('HeapProfiler.collectGarbage');
  const { usedSize } = await devtools.send('Runtime.getHeapUsage');

  return usedSize / MIB;
}

/** Puts a mark into the trace wherever a timer of our code runs: timers of a simulated clock hide whose they are. */
async function markOurTimers(page: Page): Promise<void> {
  await page.addInitScript(() => {
    // The simulated clock, which comes after this, replaces both
    (window as unknown as { mark: (name: string) => void }).mark = performance.mark.bind(performance);
  });
  await page.clock.install();
  await page.addInitScript((mark) => {
    const { setTimeout: later, mark: put } = window as unknown as { setTimeout: (work: () => void, milliseconds?: number) => number; mark: (name: string) => void };

    window.setTimeout = ((work: () => void, milliseconds?: number) => {
      const isOurs = new Error().stack?.includes('/node-pressure-');

      return later(isOurs ? () => {
        put(mark);
        work();
      } : work, milliseconds);
    }) as typeof window.setTimeout;
  }, MARK);
}

const text = ({ wall, cpu }: Took): string => `${ wall.toFixed(1) } ms (${ cpu.toFixed(1) } ms of processor time)`;

/** A minute of the tab at the pace of real time. */
async function traceMinute(browser: Browser, server: Server, page: Page): Promise<void> {
  await server.control('DELETE', '/requests');
  const begun = performance.now();

  await browser.startTracing(page, { categories: TRACE_CATEGORIES });
  await page.waitForTimeout(TRACED_MILLISECONDS);
  const { updates, longestTask } = mainThread(JSON.parse((await browser.stopTracing()).toString()) as Parameters<typeof mainThread>[0]);
  const minutes = (performance.now() - begun) / 60_000;
  const perMinute = async(pattern: RegExp): Promise<string> => ((await requestsTo(server, pattern)).length / minutes).toFixed(1);

  console.log(`${ await orderRows(page).count() } of the node’s ${ PODS } pods shown:`);
  console.log(`  longest task ${ text(longestTask) }`);
  console.log(`  update and its drawing: median ${ text(median(updates)) }, longest ${ text(longest(updates)) }, of ${ updates.length }`);
  console.log(`  requests a minute: stats/summary ${ await perMinute(/stats\/summary$/) }, configz ${ await perMinute(/configz$/) }, pods ${ await perMinute(/\/api\/v1\/pods$/) }, events ${ await perMinute(/\/api\/v1\/events$/) }, metrics ${ await perMinute(/metrics\.k8s\.io/) }`);
}

async function measure(browser: Browser, server: Server, session: Session): Promise<void> {
  const { page, context } = session;

  await markOurTimers(page);
  await openNodeTab(session, NODE);
  await tab(page).getByTestId('np-order-group').selectOption('memory');
  const devtools = await context.newCDPSession(page);

  await steps(HALF_HOUR_STEPS, page, server);
  const before = await heapMebibytes(devtools);

  await steps(2 * HALF_HOUR_STEPS, page, server);
  const after = await heapMebibytes(devtools);

  console.log(`heap after half an hour ${ before.toFixed(1) } MiB, an hour later ${ after.toFixed(1) } MiB`);
  await page.clock.resume();
  await traceMinute(browser, server, page);
  await section(page, 'order').getByTestId('np-show-more').click();
  await traceMinute(browser, server, page);
}

/** Measures and reports the tab on a node. Needs the browser and the builds that `npm run bench` prepares. */
export async function benchNodeTab(): Promise<void> {
  const server = await startServer();
  const browser = await launchBrowser();

  try {
    await server.control('POST', '/scenario', { name: 'pressure' });
    await fill(server);
    await measure(browser, server, await Session.open({ base: server.url, user: 'admin' }));
  } finally {
    await browser.close();
    await server.close();
  }
}
