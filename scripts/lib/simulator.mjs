/** Starts the simulated Harvester and waits until it answers. */
import { at } from './paths.mjs';
import { startListener } from './listener.mjs';

/**
 * @param {{ port: number, scenario: string, dashboard?: string, extensions?: readonly object[] }} options
 * @returns {Promise<{ url: string, child: import('node:child_process').ChildProcess }>}
 * @throws {import('./run.mjs').Failure} with the simulator's own words when it does not come up
 */
export function startSimulator({ port, scenario, dashboard, extensions = [] }) {
  const args = ['--port', String(port), '--scenario', scenario];

  if (dashboard) {
    args.push('--dashboard', dashboard, '--extensions', JSON.stringify(extensions));
  }

  return startListener('The simulator', at('tests/simulator/main.ts'), args);
}
