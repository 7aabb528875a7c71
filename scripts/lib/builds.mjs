/**
 * The builds, cached by content: a build whose inputs have been built before is not done again.
 * An interrupted or failed build leaves nothing that could be taken for a good one.
 */
import { existsSync, mkdirSync, readdirSync, readFileSync, renameSync, rmSync, statSync, symlinkSync, utimesSync } from 'node:fs';
import { join } from 'node:path';
import { at, CACHE } from './paths.mjs';
import { contentHash } from './contentHash.mjs';
import { run } from './run.mjs';
import { during } from './say.mjs';

const BUILDS = join(CACHE, 'builds');
const KEEP = 3;
const SERVICE = at('node_modules/@vue/cli-service/bin/vue-cli-service.js');
const TOOLCHAIN = ['yarn.lock', 'babel.config.js'];

/**
 * An extension package: its name, version and annotations as a Rancher's plugin index gives them.
 * @param {string} folder relative to the root
 */
export function describePackage(folder) {
  const { name, version, rancher } = JSON.parse(readFileSync(at(folder, 'package.json'), 'utf8'));

  return { name, version, metadata: rancher.annotations };
}

function extensionBuild(title, folder, guessSeconds) {
  const { name, version } = describePackage(folder);
  const file = `${ name }-${ version }`;
  const args = ['build', '--name', file, '--target', 'lib', 'index.ts', '--formats', 'umd-min', '--filename', file];

  return {
    name, title, guessSeconds, inputs: [folder, 'tsconfig.json', ...TOOLCHAIN], recipe: args.join(' '),
    build: (output) => {
      const link = at(folder, '.shell');

      // The package build of the shell finds the shell here
      if (!existsSync(link)) {
        rmSync(link, { force: true });
        symlinkSync(at('node_modules/@rancher/shell'), link);
      }

      return run(process.execPath, [SERVICE, ...args, '--dest', output], { cwd: at(folder) });
    },
  };
}

/** The extension itself. */
export const nodePressure = () => extensionBuild('Building the extension', 'pkg/node-pressure', 40);

/** The stand-in for Harvester's UI. */
export const harvesterHost = () => extensionBuild('Building the stand-in for Harvester’s UI', 'tests/harvester-host', 40);

/** Rancher's Dashboard, to be served below /dashboard. */
export function dashboard() {
  const env = { ROUTER_BASE: '/dashboard/', RESOURCE_BASE: '/dashboard/' };

  return {
    name: 'dashboard', title: 'Building the Rancher Dashboard', guessSeconds: 240, inputs: ['vue.config.js', ...TOOLCHAIN], recipe: JSON.stringify(env),
    build: (output) => run(process.execPath, [SERVICE, 'build'], { env: { ...env, OUTPUT_DIR: output } }),
  };
}

function isRunning(pid) {
  try {
    return process.kill(pid, 0);
  } catch {
    return false;
  }
}

/** Removes what builds left that were killed half way: their folders carry the id of a process that is gone. */
function forgetUnfinished() {
  readdirSync(BUILDS)
    .filter((entry) => /\.\d+$/.test(entry) && !isRunning(Number(entry.split('.').pop())))
    .forEach((entry) => rmSync(join(BUILDS, entry), { recursive: true, force: true }));
}

/** Forgets all but the newest builds of one name. */
function forgetOld(name) {
  const builds = readdirSync(BUILDS).filter((entry) => new RegExp(`^${ name }-[0-9a-f]{16}$`).test(entry)).map((entry) => join(BUILDS, entry));

  builds.sort((a, b) => statSync(b).mtimeMs - statSync(a).mtimeMs).slice(KEEP).forEach((folder) => rmSync(folder, { recursive: true, force: true }));
}

/**
 * Builds, unless the same content has been built before.
 * @returns {Promise<string>} the folder with the result
 * @throws {import('./run.mjs').Failure} with the build's own message
 */
export async function build({ name, title, guessSeconds, inputs, recipe, build: work }) {
  const folder = join(BUILDS, `${ name }-${ contentHash(inputs, recipe) }`);

  if (!existsSync(folder)) {
    const unfinished = `${ folder }.${ process.pid }`;

    mkdirSync(BUILDS, { recursive: true });
    forgetUnfinished();
    try {
      await during(title, guessSeconds, () => work(unfinished));
      rmSync(join(unfinished, 'report.html'), { force: true });
      // Another process may have built the same meanwhile
      if (!existsSync(folder)) {
        renameSync(unfinished, folder);
      }
    } finally {
      rmSync(unfinished, { recursive: true, force: true });
    }
  }

  const now = new Date();

  utimesSync(folder, now, now);
  forgetOld(name);

  return folder;
}

/**
 * Everything that a Dashboard with the extension is served from.
 * Two builds at a time: more would not be faster on a small machine.
 */
export async function buildAll() {
  const [dashboardFolder, [host, ours]] = await Promise.all([
    build(dashboard()),
    (async() => [await build(harvesterHost()), await build(nodePressure())])(),
  ]);

  return {
    dashboard: dashboardFolder,
    extensions: [
      { ...describePackage('tests/harvester-host'), folder: host },
      { ...describePackage('pkg/node-pressure'), folder: ours },
    ],
  };
}
