/** Tests for Node's own runner, counted. */
import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { at } from './paths.mjs';
import { Failure, run } from './run.mjs';

/**
 * The test files of one folder, relative to the root.
 * @param {string} folder
 * @throws {Failure} when there is none
 */
export function testFiles(folder) {
  const files = readdirSync(at(folder)).filter((name) => /\.test\.(ts|mjs)$/.test(name)).sort().map((name) => join(folder, name));

  if (files.length === 0) {
    throw new Failure(`There is no test in ${ folder }`);
  }

  return files;
}

/**
 * Runs test files one after the other. What fails is counted, not thrown.
 * @param {string} name of the report in test-results/
 * @param {readonly string[]} files
 * @param {Record<string, string>} env
 * @returns {Promise<{ passed: number, failed: number, skipped: number }>}
 */
export async function runNodeTests(name, files, env = {}) {
  const report = at('test-results', `${ name.replaceAll('/', '-') }.tap`);

  await run(process.execPath, [
    // Only where it is needed: ESLint does not load under it
    ...(files.some((file) => file.endsWith('.ts')) ? ['--import', 'tsx'] : []),
    '--test', '--test-concurrency=1',
    '--test-reporter=spec', '--test-reporter-destination=stdout',
    '--test-reporter=tap', `--test-reporter-destination=${ report }`,
    ...files,
  ], { show: true, env }).catch((error) => {
    if (!(error instanceof Failure)) {
      throw error;
    }
  });

  const tap = readFileSync(report, 'utf8');
  const count = (what) => Number(new RegExp(`^# ${ what } (\\d+)$`, 'm').exec(tap)?.[1] ?? NaN);
  const result = { passed: count('pass'), failed: count('fail') + count('cancelled'), skipped: count('skipped') + count('todo') };

  if (Number.isNaN(result.passed + result.failed + result.skipped)) {
    throw new Failure(`${ name } left no result`);
  }

  return result;
}

/**
 * A step of `npm test`: the tests of one folder.
 * @param {string} folder
 * @param {() => Promise<Record<string, string>>} prepare makes what they need, and says in the environment where it is
 */
export const nodeTests = (folder, prepare = async() => ({})) => async() => runNodeTests(folder, testFiles(folder), await prepare());

/** @param {readonly { passed: number, failed: number, skipped: number }[]} results */
export const sum = (results) => results.reduce(
  (total, { passed, failed, skipped }) => ({ passed: total.passed + passed, failed: total.failed + failed, skipped: total.skipped + skipped }),
  { passed: 0, failed: 0, skipped: 0 },
);
