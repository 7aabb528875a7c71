/** The suites that also run on real servers: the facts about Steve and Kubernetes, and the page in a browser. */
import { browserEnvironment } from './browserEnvironment.mjs';
import { buildServers } from './go.mjs';
import { runNodeTests, sum, testFiles } from './nodeTests.mjs';
import { say } from './say.mjs';
import { startServers } from './servers.mjs';

/** Where a Harvester cluster has its Steves, below the address of whoever serves it. */
const STEVE = '/k8s/clusters/c-m-harv01/v1';
const HARVESTERS_STEVE = `${ STEVE }/harvester`;

/** Every Steve, with its SQL cache and without: in two pairs, of tests/servers/cluster.ts. */
const PAIRS = [
  { flavour: 'rancher', steves: { 'Rancher’s Steve with its SQL cache': STEVE, 'Harvester’s Steve': HARVESTERS_STEVE } },
  { flavour: 'cache-exchanged', steves: { 'Harvester’s Steve with its SQL cache': STEVE, 'Rancher’s Steve without its SQL cache': HARVESTERS_STEVE } },
];

/** The facts about Steve, on one Steve after the other. */
async function contract(steves) {
  const results = [];

  for (const [title, url] of Object.entries(steves)) {
    say(`\n${ title }`);
    results.push(await runNodeTests(`contract ${ title }`, testFiles('tests/contract'), { STEVE_URL: url }));
  }

  return sum(results);
}

/** tests/contract on the simulator, which imitates both. */
export const contractOnSimulator = () => contract({ 'The simulator as Rancher’s Steve': '/v1', 'The simulator as Harvester’s Steve': '/v1/harvester' });

/** Ends a server and waits for it. */
async function stop(child) {
  const ended = new Promise((resolve) => child.once('exit', resolve));

  child.kill('SIGTERM');
  await ended;
}

/** tests/contract on the real Steves. */
export async function contractOnServers() {
  const programs = await buildServers();
  const results = [];

  for (const { flavour, steves } of PAIRS) {
    const { url, child } = await startServers({ programs, flavour });

    try {
      results.push(await contract(Object.fromEntries(Object.entries(steves).map(([title, path]) => [title, url + path]))));
    } finally {
      await stop(child);
    }
  }

  return sum(results);
}

/** What does not depend on the simulator's own controls, and goes through everything that the page reads and writes. */
const LIVE = ['behaviour', 'look', 'navigation', 'nodeTab', 'nodeTabUsers', 'overview', 'removePolicy', 'savePolicy', 'savePolicyConflicts', 'scenarios', 'undoPolicy', 'users'].map((name) => `tests/e2e/${ name }.test.ts`);

/** tests/live, and some of tests/e2e, in a browser on the real servers. */
export async function browserOnServers() {
  const env = { ...await browserEnvironment(), NODE_PRESSURE_SERVERS: JSON.stringify(await buildServers()) };

  return runNodeTests('live', [...LIVE, ...testFiles('tests/live')], env);
}
