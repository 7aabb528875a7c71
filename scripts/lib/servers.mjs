/** Starts the real servers and waits until they answer. */
import { at } from './paths.mjs';
import { startListener } from './listener.mjs';

/**
 * @param {{ programs: object, port?: number, scenario?: string, flavour?: string, dashboard?: string, extensions?: readonly object[] }} options
 * @returns {Promise<{ url: string, said: { apiServer: string, kubeconfig: string }, child: import('node:child_process').ChildProcess }>}
 * @throws {import('./run.mjs').Failure} in the words of the program that does not come up
 */
export function startServers({ programs, port = 0, scenario = 'small', flavour = 'rancher', dashboard, extensions = [] }) {
  const args = ['--programs', JSON.stringify(programs), '--port', String(port), '--scenario', scenario, '--flavour', flavour];

  if (dashboard) {
    args.push('--dashboard', dashboard, '--extensions', JSON.stringify(extensions));
  }

  return startListener('The servers', at('tests/servers/main.ts'), args);
}
