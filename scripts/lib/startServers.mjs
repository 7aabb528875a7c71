/** What `npm run servers` does. */
import { choosePort, readArguments } from './arguments.mjs';
import { buildAll } from './builds.mjs';
import { buildServers, findGo } from './go.mjs';
import { install } from './install.mjs';
import { Failure, main } from './run.mjs';
import { say } from './say.mjs';
import { checkScenario } from './scenarios.mjs';
import { startServers } from './servers.mjs';

const PORT = 8015;

const welcome = (url, scenario, { apiServer, kubeconfig }) => `
Node Pressure, before a real API server, real Steves and the kubelet's own code, is at

  ${ url }/dashboard/harvester/c/c-m-harv01/node-pressure

  Cluster  ${ scenario } (npm run servers -- --scenario NAME: small, pressure, witness, single, migration, empty, feature-off)
  Users    admin, readonly, noproxy (may not read kubelets), nocloudinit (may not write CloudInits); the password is the name
  API      ${ apiServer }
           kubectl --kubeconfig ${ kubeconfig }
  Nodes    curl -X POST ${ url }/__simulator/nodes/node-1/reboot   (tests/servers/README.md lists the controls)

Ctrl-C ends it, and nothing is left behind.`;

/** From here on a signal is for the servers: they end in order, and we with them. */
function endWith(child) {
  for (const signal of ['SIGINT', 'SIGTERM', 'SIGHUP']) {
    process.removeAllListeners(signal);
    process.on(signal, () => child.kill('SIGTERM'));
  }
  child.once('exit', (code) => process.exit(code ?? 1));
}

/** @param {readonly string[]} args command line after `npm run servers --` */
export const startRealServers = (args) => main(async() => {
  const { scenario, port } = readArguments(args, { command: 'npm run servers', port: PORT });
  const go = findGo();

  if (!go.usable) {
    throw new Failure(`${ go.why }: the real servers are built from source.`);
  }
  await install();
  await checkScenario(scenario);
  const { dashboard, extensions } = await buildAll();
  const programs = await buildServers();

  say('Starting etcd, the API server, the nodes and Steve (about 20 s)');
  const { url, said, child } = await startServers({ programs, port: await choosePort(port), scenario, dashboard, extensions });

  endWith(child);
  say(welcome(url, scenario, said));
});
