/** The suites that also run on real servers: the facts about Steve and Kubernetes, and the page in a browser. */
import { browserEnvironment } from './browserEnvironment.mjs';
import { buildServers } from './go.mjs';
import { runNodeTests, sum, testFiles } from './nodeTests.mjs';
import { say } from './say.mjs';
import { startServers } from './servers.mjs';

/** Lists are answered by the SQL cache in a way of its own; its tests ask the other Steve for what that does. */
const WITHOUT_CACHE = ['access', 'kubernetes', 'objects', 'policies', 'schemas', 'subscribe'].map((name) => `tests/contract/${ name }.test.ts`);

/** Which Steve answers where, of tests/servers/cluster.ts. */
const RUNS = [
  { title: 'Rancher’s Steve with its SQL cache', flavour: 'rancher', path: '/v1' },
  { title: 'Harvester’s Steve', flavour: 'rancher', path: '/v1/harvester' },
  { title: 'Rancher’s Steve without its SQL cache', flavour: 'without-cache', path: '/v1/harvester' },
];

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

  for (const flavour of new Set(RUNS.map((run) => run.flavour))) {
    const { url, child } = await startServers({ programs, flavour });

    try {
      for (const { title, path } of RUNS.filter((run) => run.flavour === flavour)) {
        say(`\n${ title }`);
        const files = path === '/v1' ? testFiles('tests/contract') : WITHOUT_CACHE;

        results.push(await runNodeTests(`contract ${ title }`, files, { STEVE_URL: `${ url }/k8s/clusters/c-m-harv01`, STEVE_PATH: path }));
      }
    } finally {
      await stop(child);
    }
  }

  return sum(results);
}

/** What does not depend on the simulator's own controls, and goes through everything that the page reads and writes. */
const LIVE = ['behaviour', 'look', 'navigation', 'nodeTab', 'nodeTabUsers', 'overview', 'savePolicy', 'savePolicyConflicts', 'scenarios', 'users'].map((name) => `tests/e2e/${ name }.test.ts`);

/** tests/live, and some of tests/e2e, in a browser on the real servers. */
export async function browserOnServers() {
  const env = { ...await browserEnvironment(), NODE_PRESSURE_SERVERS: JSON.stringify(await buildServers()) };

  return runNodeTests('live', [...LIVE, ...testFiles('tests/live')], env);
}
