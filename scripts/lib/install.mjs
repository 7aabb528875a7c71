/** Installs the dependencies that yarn.lock pins, once for every state of that file. */
import { existsSync, mkdirSync, readFileSync, statfsSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { at, CACHE, ROOT } from './paths.mjs';
import { contentHash } from './contentHash.mjs';
import { Failure, run } from './run.mjs';
import { during, say } from './say.mjs';

const STAMP = join(CACHE, 'installed');
const NEEDED_MIB = 2048;

const yarn = () => JSON.parse(readFileSync(at('package.json'), 'utf8')).packageManager.replace('yarn', '@yarnpkg/cli-dist');

/** Makes node_modules what yarn.lock says. Nothing but npm is needed for it. */
export async function install() {
  const state = contentHash(['package.json', 'yarn.lock', '.yarnrc.yml']);

  if (existsSync(STAMP) && readFileSync(STAMP, 'utf8') === state && existsSync(at('node_modules/.yarn-state.yml'))) {
    return;
  }

  const { bavail, bsize } = statfsSync(ROOT);
  const freeMib = Math.round(bavail * bsize / 2 ** 20);

  if (freeMib < NEEDED_MIB) {
    throw new Failure(`The disk is nearly full: ${ freeMib } MiB are free, an installation needs about ${ NEEDED_MIB } MiB.`);
  }

  await during('Installing dependencies', 60, () => run('npx', ['--yes', yarn(), 'install', '--immutable']));
  mkdirSync(CACHE, { recursive: true });
  writeFileSync(STAMP, state);
  say('');
}
