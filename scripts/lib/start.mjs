/** What `npm start` does. */
import { choosePort, readArguments } from './arguments.mjs';
import { at } from './paths.mjs';
import { buildAll } from './builds.mjs';
import { install } from './install.mjs';
import { Failure, main, startChild } from './run.mjs';
import { say } from './say.mjs';
import { checkScenario } from './scenarios.mjs';
import { startSimulator } from './simulator.mjs';

const PORT = 8005;

/** The shell's dev server, with the extension compiled in, against a real Rancher. */
function serveRealRancher(api) {
  if (!URL.canParse(api) || !/^https?:$/.test(new URL(api).protocol)) {
    throw new Failure(`API=${ api }: the address of a Rancher is needed, such as https://rancher.example.`);
  }
  say(`Starting the development server against ${ api }; it listens on https://127.0.0.1:8005 once it has compiled (about 2 min).`);
  const child = startChild(process.execPath, [at('node_modules/@vue/cli-service/bin/vue-cli-service.js'), 'serve'], { stdio: 'inherit' });

  child.once('exit', (code) => process.exit(code ?? 1));
}

const welcome = (url, scenario, names) => `
Node Pressure is at

  ${ url }/dashboard/harvester/c/c-m-harv01/node-pressure

Log in as admin / admin. To find the page yourself: main menu → Virtualization Management → the cluster → Advanced →
Node Pressure; or in Explorer (main menu → the cluster) under Cluster.

  Cluster  ${ scenario } (npm start -- --scenario NAME: ${ names.join(', ') })
  Users    admin, readonly, noproxy (may not read kubelets), nocloudinit (may not write CloudInits); the password is the name

Ctrl-C ends it.`;

/**
 * @param {readonly string[]} args command line after `npm start --`
 * @param {NodeJS.ProcessEnv} env `API`: address of a real Rancher
 */
export const start = (args, env) => main(async() => {
  const { scenario, port } = readArguments(args, { command: 'npm start', port: PORT });

  await install();
  if (env.API) {
    return serveRealRancher(env.API);
  }

  const names = await checkScenario(scenario);
  const { dashboard, extensions } = await buildAll();
  const { url, child } = await startSimulator({ port: await choosePort(port), scenario, dashboard, extensions });

  say(welcome(url, scenario, names));
  child.once('exit', (code) => {
    console.error(`The simulator ended with exit code ${ code }.`);
    process.exit(1);
  });
});
