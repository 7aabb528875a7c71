/**
 * Runs the real servers: `npx tsx tests/servers/main.ts --programs JSON [--port N] [--scenario NAME] [--flavour NAME]
 * [--dashboard DIR --extensions JSON]`. Prints one line of JSON, `{"listening": URL, …}`, once everything is there;
 * SIGINT, SIGTERM and the end of standard input end it, and nothing is left behind.
 */
import { parseArgs } from 'node:util';
import type { Extension } from '../simulator/rancher/extensions';
import type { Flavours, Programs } from './cluster';
import { FLAVOURS } from './cluster';
import { startServers } from './servers';

function flavoursOf(name: string): Flavours {
  const flavours = FLAVOURS[name];

  if (!flavours) {
    throw new Error(`no flavour ${ name }; there are ${ Object.keys(FLAVOURS).join(', ') }`);
  }

  return flavours;
}

/** Settled when somebody wants the servers to end; asking twice changes nothing. */
const ending = new Promise<void>((resolve) => {
  (['SIGINT', 'SIGTERM', 'SIGHUP'] as const).forEach((signal) => process.on(signal, () => resolve()));
  process.stdin.on('end', () => resolve()).on('close', () => resolve()).resume();
});

async function main(): Promise<void> {
  const { values } = parseArgs({
    options: {
      programs: { type: 'string', default: '{}' },
      port: { type: 'string', default: '0' },
      scenario: { type: 'string', default: 'small' },
      flavour: { type: 'string', default: 'rancher' },
      dashboard: { type: 'string' },
      extensions: { type: 'string', default: '[]' },
    },
  });
  const servers = await startServers({
    programs: JSON.parse(values.programs) as Programs,
    port: Number(values.port),
    scenario: values.scenario,
    flavours: flavoursOf(values.flavour),
    extensions: JSON.parse(values.extensions) as Extension[],
    ...(values.dashboard ? { dashboardDir: values.dashboard } : {}),
  });
  const { apiServer, kubeconfig } = servers.cluster.kube;

  process.stdout.write(`${ JSON.stringify({ listening: servers.url, apiServer, kubeconfig }) }\n`);
  await ending;
  await servers.close();
}

main().then(
  () => process.exit(),
  (error: unknown) => {
    process.stderr.write(`${ error instanceof Error ? error.message : String(error) }\n`);
    process.exit(1);
  },
);
