/** A file of browser tests: one browser and one server; every test begins with a fresh cluster and a fresh session. */
import { after, before, test } from 'node:test';
import type { BrowserContextOptions, Page } from 'playwright-core';
import { useBrowser } from './browser';
import { onRealServers, startServer, type Server } from './server';
import { Session, type User } from './session';

export interface TestOptions {
  readonly scenario?: string;
  readonly user?: User;
  readonly context?: BrowserContextOptions;
  /** Why the test is skipped on real servers. */
  readonly onlySimulated?: string;
}

export interface TestContext {
  readonly session: Session;
  readonly page: Page;
  readonly server: Server;
}

export type BrowserTest = (name: string, options: TestOptions, body: (context: TestContext) => Promise<void>) => void;

/**
 * Prepares a file of browser tests.
 * Every test also fails when our package logs an error or asks another server for something; a failure leaves a
 * picture of the page in test-results/.
 */
export function browserSuite(): BrowserTest {
  let server: Server;

  useBrowser();
  before(async() => {
    server = await startServer();
  });
  after(() => server.close());

  return (name, { scenario = 'small', user = 'admin', context, onlySimulated }, body) => {
    test(name, { skip: onRealServers() && onlySimulated }, async() => {
      await server.control('POST', '/scenario', { name: scenario });
      const session = await Session.open({ base: server.url, user, ...(context ? { context } : {}) });

      try {
        await body({ session, page: session.page, server });
        session.assertClean();
      } catch (error) {
        await session.screenshot(`failed ${ name }`);
        throw error;
      } finally {
        await session.close();
      }
    });
  };
}
