/** Child processes that never outlive this one, and whose failure tells its real reason. */
import { spawn } from 'node:child_process';
import { statfsSync } from 'node:fs';
import { ROOT } from './paths.mjs';

const running = new Set();

/** An expected failure: its message is all there is to say, a stack would only hide it. */
export class Failure extends Error {}

function endGroup(child, signal) {
  try {
    // Builds start workers of their own: end the whole group
    process.kill(-child.pid, signal);
  } catch {
    // Already gone
  }
}

/** Ends every child that is still there. */
export function endChildren() {
  running.forEach((child) => endGroup(child, 'SIGTERM'));
}

for (const [signal, code] of [['SIGINT', 130], ['SIGTERM', 143], ['SIGHUP', 129]]) {
  process.once(signal, () => process.exit(code));
}
process.on('exit', endChildren);

/**
 * Starts a program in a process group of its own.
 * @param {string} command
 * @param {readonly string[]} args
 * @param {import('node:child_process').SpawnOptions} options
 */
export function startChild(command, args, options = {}) {
  const child = spawn(command, args, { cwd: ROOT, ...options, detached: true });

  running.add(child);
  child.once('exit', () => running.delete(child));

  return child;
}

const DISK_FULL = /ENOSPC|no space left on device/i;
const LAST_LINES = 60;

/** What went wrong, in the words of the program that failed. */
function explain(command, args, outcome, output) {
  const tail = output.trimEnd().split('\n').slice(-LAST_LINES).join('\n');

  if (DISK_FULL.test(output)) {
    const { bavail, bsize } = statfsSync(ROOT);

    return `The disk is full: ${ Math.round(bavail * bsize / 2 ** 20) } MiB are free, about 3 GiB are needed.\n${ tail }`;
  }

  return `${ tail }\n\n${ [command, ...args].join(' ') } ended with ${ outcome }`;
}

/**
 * Runs a program to its end.
 * @param {string} command
 * @param {readonly string[]} args
 * @param {{ env?: Record<string, string>, cwd?: string, show?: boolean, input?: string }} options `show`: let its output through
 * @returns {Promise<string>} standard output and standard error as they came
 * @throws {Failure} when it cannot be started or ends with an error
 */
export function run(command, args, { env = {}, cwd = ROOT, show = false } = {}) {
  return new Promise((resolve, reject) => {
    const child = startChild(command, args, { cwd, env: { ...process.env, ...env }, stdio: ['ignore', 'pipe', 'pipe'] });
    let output = '';
    const collect = (chunk) => {
      output += chunk;
      if (show) {
        process.stdout.write(chunk);
      }
    };

    child.stdout.setEncoding('utf8').on('data', collect);
    child.stderr.setEncoding('utf8').on('data', collect);
    child.once('error', (error) => reject(new Failure(`${ command } could not be started: ${ error.message }`)));
    child.once('close', (code, signal) => {
      if (code === 0) {
        resolve(output);
      } else {
        reject(Object.assign(new Failure(explain(command, args, signal ?? `exit code ${ code }`, show ? '' : output)), { output }));
      }
    });
  });
}

/** Runs the main function of a script: an expected failure prints its message and nothing else. */
export async function main(work) {
  try {
    await work();
  } catch (error) {
    console.error(error instanceof Failure ? `\n${ error.message }` : error);
    process.exit(1);
  }
}
