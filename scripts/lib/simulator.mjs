/** Starts the simulated Harvester and waits until it answers. */
import { createInterface } from 'node:readline';
import { at } from './paths.mjs';
import { Failure, startChild } from './run.mjs';

/**
 * @param {{ port: number, scenario: string, dashboard?: string, extensions?: readonly object[] }} options
 * @returns {Promise<{ url: string, child: import('node:child_process').ChildProcess }>}
 * @throws {Failure} with the simulator's own words when it does not come up
 */
export function startSimulator({ port, scenario, dashboard, extensions = [] }) {
  const args = ['--import', 'tsx', at('tests/simulator/main.ts'), '--port', String(port), '--scenario', scenario];

  if (dashboard) {
    args.push('--dashboard', dashboard, '--extensions', JSON.stringify(extensions));
  }

  const child = startChild(process.execPath, args, { stdio: ['ignore', 'pipe', 'pipe'] });

  return new Promise((resolve, reject) => {
    let errors = '';

    child.stderr.setEncoding('utf8').on('data', (text) => {
      errors += text;
      process.stderr.write(text);
    });
    child.once('error', reject);
    child.once('exit', (code) => reject(new Failure(errors.trim() || `The simulator ended with exit code ${ code }.`)));
    createInterface({ input: child.stdout }).on('line', (line) => {
      const url = line.startsWith('{') ? JSON.parse(line).listening : undefined;

      if (url) {
        resolve({ url, child });
      }
    });
  });
}
