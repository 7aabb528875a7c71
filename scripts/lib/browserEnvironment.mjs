/** What everything that drives the real Dashboard in a browser runs on. */
import { browser } from './browser.mjs';
import { buildAll } from './builds.mjs';

/** @returns {Promise<Record<string, string>>} environment variables: the browser, the Dashboard, the extensions */
export async function browserEnvironment() {
  const { dashboard, extensions } = await buildAll();

  return { CHROME_PATH: await browser(), NODE_PRESSURE_DASHBOARD: dashboard, NODE_PRESSURE_EXTENSIONS: JSON.stringify(extensions) };
}
