/** One user in one browser context, with everything a test may want to know about what the browser did. */
import assert from 'node:assert/strict';
import { mkdirSync } from 'node:fs';
import type { BrowserContext, BrowserContextOptions, Page } from 'playwright-core';
import { theBrowser } from './browser';
import { PATIENCE_MS } from './wait';

/** The simulator's users; the password is the name. */
export type User = 'admin' | 'readonly' | 'noproxy' | 'nocloudinit';

export interface SessionOptions {
  readonly base: string;
  readonly user: User;
  readonly context?: BrowserContextOptions;
}

/** What every address of our package's files contains. */
const OURS = '/node-pressure-';

interface BrowserRequest {
  readonly url: string;
  /** The scripts on the stack that asked for it, as JSON. */
  readonly initiator: string;
}

/** A logged-in browser context with one page. */
export class Session {
  /** Errors on the console and uncaught exceptions, in order. */
  readonly errors: string[] = [];
  readonly requests: BrowserRequest[] = [];

  private constructor(readonly base: string, readonly context: BrowserContext, readonly page: Page) {
    page.setDefaultTimeout(PATIENCE_MS);
    page.on('console', (message) => {
      if (message.type() === 'error') {
        this.errors.push(`${ message.text() } (${ message.location().url })`);
      }
    });
    page.on('pageerror', (error) => this.errors.push(`${ error.message }\n${ error.stack ?? '' }`));
  }

  /** Logs a user in through the API, as the login form does, and opens an empty page. */
  static async open({ base, user, context: options }: SessionOptions): Promise<Session> {
    const context = await theBrowser().newContext({ viewport: { width: 1400, height: 900 }, locale: 'en-US', ...options });
    const answer = await context.request.post(`${ base }/v1-public/login`, {
      data: { type: 'localProvider', username: user, password: user, responseType: 'cookie' },
    });

    if (!answer.ok()) {
      throw new Error(`Login of ${ user } failed: ${ answer.status() } ${ await answer.text() }`);
    }
    const session = new Session(base, context, await context.newPage());
    const devtools = await context.newCDPSession(session.page);

    devtools.on('Network.requestWillBeSent', ({ request, initiator }) => session.requests.push({ url: request.url, initiator: JSON.stringify(initiator) }));
    await devtools.send('Network.enable');

    return session;
  }

  /** Chooses the language, as the Dashboard remembers it. */
  speak(locale: 'en-us' | 'zh-hans'): Promise<void> {
    return this.context.addCookies([{ name: 'R_LOCALE', value: locale, url: this.base }]);
  }

  /** Goes to a path of the Dashboard, such as `/harvester/c/c-m-harv01/node-pressure`. */
  async goto(path: string): Promise<void> {
    await this.page.goto(`${ this.base }/dashboard${ path }`);
  }

  /** @throws AssertionError when our package logged an error, or asked another server for anything */
  assertClean(): void {
    assert.deepEqual(this.errors.filter((text) => text.includes(OURS)), [], 'errors of our package');
    assert.deepEqual(this.requests.filter((request) => this.isOursToAnother(request)), [], 'requests of our package to another server');
  }

  private isOursToAnother({ url, initiator }: BrowserRequest): boolean {
    return initiator.includes(OURS) && /^(https?|wss?):/.test(url) && new URL(url).host !== new URL(this.base).host;
  }

  /** Keeps a picture of the page. */
  async screenshot(name: string): Promise<void> {
    mkdirSync('test-results', { recursive: true });
    await this.page.screenshot({ path: `test-results/${ name.replace(/\W+/g, '-') }.png` });
  }

  close(): Promise<void> {
    return this.context.close();
  }
}
