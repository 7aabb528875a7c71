/** One real browser for a test file: nothing but this machine can be reached from it. */
import { after, before } from 'node:test';
import { chromium, type Browser } from 'playwright-core';

const ARGS = [
  '--no-sandbox', '--disable-gpu', '--disable-quic', '--no-first-run', '--disable-sync',
  '--disable-background-networking', '--disable-component-update',
  // The Dashboard itself asks an outside host for announcements; whatever is not here does not exist
  '--host-resolver-rules=MAP * ~NOTFOUND , EXCLUDE localhost , EXCLUDE 127.0.0.1',
];

let browser: Browser | undefined;

/** The browser that was started. */
export function theBrowser(): Browser {
  if (!browser) {
    throw new Error('no browser was started');
  }

  return browser;
}

/** Starts the browser; whoever calls this closes it. */
export async function launchBrowser(): Promise<Browser> {
  const executablePath = process.env['CHROME_PATH'];

  if (!executablePath) {
    throw new Error('CHROME_PATH names no browser: run the suite as `npm test -- browser`');
  }
  browser = await chromium.launch({ executablePath, args: ARGS });

  return browser;
}

/** Starts the browser before the file's tests and ends it after them. */
export function useBrowser(): void {
  before(launchBrowser);
  after(() => browser?.close());
}
