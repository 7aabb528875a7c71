/** The programs in Go that tests compare with. They are optional: without Go those comparisons are skipped, loudly. */
import { spawnSync } from 'node:child_process';
import { join } from 'node:path';
import { at } from './paths.mjs';
import { build } from './builds.mjs';
import { run } from './run.mjs';

const OLDEST_GO = [1, 26];
const KUBERNETES = 'v1.36.3';

/** The version of Go on this machine, or why it cannot be used. */
export function findGo() {
  const answer = spawnSync('go', ['env', 'GOVERSION'], { encoding: 'utf8' });
  const match = /^go(\d+)\.(\d+)/.exec(answer.stdout ?? '');

  if (!match) {
    return { usable: false, why: 'Go is not installed' };
  }
  const [major, minor] = match.slice(1).map(Number);
  const usable = major > OLDEST_GO[0] || (major === OLDEST_GO[0] && minor >= OLDEST_GO[1]);

  return usable ? { usable } : { usable, why: `Go ${ major }.${ minor } is older than ${ OLDEST_GO.join('.') }` };
}

const oracle = () => {
  const args = ['build', '-p', '2', '-trimpath', '-ldflags', `-s -w -X k8s.io/component-base/version.gitVersion=${ KUBERNETES }`];

  return {
    name: 'oracle', title: 'Building the oracle (the kubelet’s own code)', guessSeconds: 600, inputs: ['tests/oracle'], recipe: args.join(' '),
    build: (output) => run('go', [...args, '-o', join(output, 'oracle'), '.'], { cwd: at('tests/oracle'), env: { CGO_ENABLED: '0' } }),
  };
};

/** Runs the oracle's own tests, with the flags of its build: others would compile all of Kubernetes anew. */
export const testOracle = () => run('go', ['test', '-p', '2', '-trimpath', '-vet=off', '.'], { cwd: at('tests/oracle'), env: { CGO_ENABLED: '0' }, show: true });

/**
 * Builds the oracle where its sources have changed.
 * @returns {Promise<string>} the program's path
 */
export const buildOracle = async() => join(await build(oracle()), 'oracle');
