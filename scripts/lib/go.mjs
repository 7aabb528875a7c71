/** The programs in Go that tests compare with. They are optional: without Go those comparisons are skipped, loudly. */
import { spawnSync } from 'node:child_process';
import { join } from 'node:path';
import { at } from './paths.mjs';
import { build } from './builds.mjs';
import { run } from './run.mjs';

const OLDEST_GO = [1, 26];
const KUBERNETES = 'v1.36.3';
const KUBE = 'tests/servers/kube';
const STEVE = 'tests/servers/steve';

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

const LDFLAGS = `-s -w -X k8s.io/component-base/version.gitVersion=${ KUBERNETES }`;
/** Alike for all programs and their tests: with others all of Kubernetes would be compiled anew. */
const FLAGS = ['-p', '2', '-trimpath'];
const ENV = { CGO_ENABLED: '0' };

/** A program that is built from a folder of ours: with another module than the folder's go.mod, and with packages of other folders, where it says so. */
function program(name, title, folder, guessSeconds, { module = 'go.mod', uses = [] } = {}) {
  const args = ['build', ...FLAGS, '-ldflags', LDFLAGS, `-modfile=${ module }`];

  return {
    name, title, guessSeconds, inputs: [folder, ...uses], recipe: args.join(' '),
    build: (output) => run('go', [...args, '-o', join(output, name), '.'], { cwd: at(folder), env: ENV }),
  };
}

const oracle = () => program('oracle', 'Building the oracle (the kubelet’s own code)', 'tests/oracle', 600);
const kube = () => program('kube', 'Building nodes with the kubelet’s own code', KUBE, 120, { uses: ['tests/oracle/anyhost', 'tests/oracle/go.mod'] });
const steve = () => program('steve', 'Building Steve, as in Rancher', STEVE, 240);
const harvesterSteve = () => program('harvester-steve', 'Building Steve, as in Harvester', STEVE, 180, { module: 'harvester.mod' });

/** What makes a Kubernetes control plane, by the names of the programs. Without its version the API server says `v0.0.0-master`. */
const CONTROL_PLANE = {
  etcd: 'go.etcd.io/etcd/server/v3',
  'kube-apiserver': 'k8s.io/kubernetes/cmd/kube-apiserver',
  'kube-controller-manager': 'k8s.io/kubernetes/cmd/kube-controller-manager',
};

function controlPlane() {
  const version = [LDFLAGS, '-X k8s.io/component-base/version.gitMajor=1', '-X k8s.io/component-base/version.gitMinor=36', `-X k8s.io/client-go/pkg/version.gitVersion=${ KUBERNETES }`].join(' ');
  const args = ['build', ...FLAGS, '-ldflags', version];

  return {
    name: 'control-plane', title: 'Building etcd, kube-apiserver and kube-controller-manager', guessSeconds: 600,
    inputs: [`${ KUBE }/go.mod`, `${ KUBE }/go.sum`, 'tests/oracle/go.mod'], recipe: JSON.stringify([args, CONTROL_PLANE]),
    build: async(output) => {
      for (const [name, path] of Object.entries(CONTROL_PLANE)) {
        await run('go', [...args, '-o', join(output, name), path], { cwd: at(KUBE), env: ENV });
      }
    },
  };
}

/** Runs the Go tests of a folder. */
const goTests = (folder) => run('go', ['test', ...FLAGS, '-vet=off', './...'], { cwd: at(folder), env: ENV, show: true });

/** Runs the oracle's own tests. */
export const testOracle = () => goTests('tests/oracle');

/** Runs the tests of the nodes' code. */
export const testKube = () => goTests(KUBE);

/**
 * Builds the oracle where its sources have changed.
 * @returns {Promise<string>} the program's path
 */
export const buildOracle = async() => join(await build(oracle()), 'oracle');

/**
 * Builds etcd, kube-apiserver and kube-controller-manager.
 * @returns {Promise<string>} the folder in which they are
 */
export const buildControlPlane = () => build(controlPlane());

/**
 * Builds the program that runs a cluster with its nodes.
 * @returns {Promise<string>} the program's path
 */
export const buildKube = async() => join(await build(kube()), 'kube');

/**
 * Builds everything that real servers consist of.
 * @returns {Promise<{ binaries: string, kube: string, steve: string, harvesterSteve: string }>} where the programs are
 */
export async function buildServers() {
  return {
    binaries: await buildControlPlane(),
    kube: await buildKube(),
    steve: join(await build(steve()), 'steve'),
    harvesterSteve: join(await build(harvesterSteve()), 'harvester-steve'),
  };
}
