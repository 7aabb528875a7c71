/**
 * Runs the simulator: `npx tsx tests/simulator/main.ts [--port N] [--scenario NAME] [--dashboard DIR] [--extensions JSON]`.
 * Prints one line of JSON, `{"listening": URL}`, once it answers; `--help` says the rest.
 */
import { parseArgs } from 'node:util';
import { USERS } from './access/users';
import type { Extension } from './rancher/extensions';
import { SCENARIO_NAMES } from './scenarios';
import { startSimulator } from './simulator';

const HELP = `Simulated Rancher with a Harvester cluster.

  --port N           port on 127.0.0.1; 0, the default, takes a free one
  --scenario NAME    ${ SCENARIO_NAMES.join(', ') }
  --dashboard DIR    the built Dashboard, served below /dashboard
  --extensions JSON  extensions, a list of {name, version, metadata, folder}
  --frozen           the clock stands still until POST /__simulator/clock moves it

Users (the password is the name):
${ USERS.map(({ name, about }) => `  ${ name.padEnd(12) } ${ about }`).join('\n') }
`;

async function main(): Promise<void> {
  const { values } = parseArgs({
    options: {
      port: { type: 'string', default: '0' },
      scenario: { type: 'string', default: 'small' },
      dashboard: { type: 'string' },
      extensions: { type: 'string', default: '[]' },
      frozen: { type: 'boolean', default: false },
      help: { type: 'boolean', default: false },
    },
  });

  if (values.help) {
    process.stdout.write(HELP);

    return;
  }
  const simulator = await startSimulator({
    port: Number(values.port),
    scenario: values.scenario,
    extensions: JSON.parse(values.extensions) as Extension[],
    frozen: values.frozen,
    ...(values.dashboard ? { dashboardDir: values.dashboard } : {}),
  });

  for (const signal of ['SIGINT', 'SIGTERM'] as const) {
    process.once(signal, () => {
      simulator.close();
    });
  }
  process.stdout.write(`${ JSON.stringify({ listening: simulator.url }) }\n`);
}

main().catch((error: unknown) => {
  process.stderr.write(`${ error instanceof Error ? error.message : String(error) }\n`);
  process.exitCode = 1;
});
