/** Finds the browser for the browser suite: an installed Chromium or Chrome. */
import { existsSync } from 'node:fs';
import { Failure, run } from './run.mjs';
import { during } from './say.mjs';

const PLACES = [
  process.env.CHROME_PATH,
  '/usr/bin/chromium',
  '/usr/bin/chromium-browser',
  '/usr/bin/google-chrome',
  '/snap/bin/chromium',
  '/Applications/Google Chrome.app/Contents/MacOS/Google Chrome',
  '/Applications/Chromium.app/Contents/MacOS/Chromium',
];

const find = () => PLACES.find((path) => path && existsSync(path));

/**
 * @returns {Promise<string>} the browser's path
 * @throws {Failure} when there is none and we may not install one
 */
export async function browser() {
  const found = find();

  if (found) {
    return found;
  }
  if (process.getuid?.() === 0 && existsSync('/usr/bin/apt-get')) {
    await during('Installing Chromium', 60, async() => {
      await run('apt-get', ['update', '-qq']);
      await run('apt-get', ['install', '-y', '-qq', '--no-install-recommends', 'chromium', 'fonts-dejavu-core', 'fonts-noto-cjk'], { env: { DEBIAN_FRONTEND: 'noninteractive' } });
    });
  }

  const installed = find();

  if (!installed) {
    throw new Failure('The browser suite needs Chromium or Chrome: install one, or set CHROME_PATH to its program.');
  }

  return installed;
}
