/** Starts a server of ours that says on one line of JSON where it listens. */
import { createInterface } from 'node:readline';
import { Failure, startChild } from './run.mjs';

/**
 * @param {string} title for the message when it ends without a word
 * @param {string} script in TypeScript
 * @param {readonly string[]} args
 * @returns {Promise<{ url: string, said: Record<string, string>, child: import('node:child_process').ChildProcess }>} `said`: the whole line
 * @throws {Failure} with the server's own words when it does not come up
 */
export function startListener(title, script, args) {
  // Its standard input stays open as long as we live: that is how it learns of our end, whatever ends us
  const child = startChild(process.execPath, ['--import', 'tsx', script, ...args], { stdio: ['pipe', 'pipe', 'pipe'] });

  return new Promise((resolve, reject) => {
    let errors = '';

    child.stderr.setEncoding('utf8').on('data', (text) => {
      errors += text;
      process.stderr.write(text);
    });
    child.once('error', reject);
    child.once('exit', (code) => reject(new Failure(errors.trim() || `${ title } ended with exit code ${ code }.`)));
    createInterface({ input: child.stdout }).on('line', (line) => {
      const said = line.startsWith('{') ? JSON.parse(line) : {};

      if (said.listening) {
        resolve({ url: said.listening, said, child });
      }
    });
  });
}
