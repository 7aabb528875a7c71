/** Command lines of the servers that people start. */
import { parseArgs } from 'node:util';
import { freePort } from './freePort.mjs';
import { Failure } from './run.mjs';
import { say } from './say.mjs';

/**
 * @param {readonly string[]} args
 * @param {{ command: string, port: number }} defaults
 * @returns {{ scenario: string, port: string }}
 */
export function readArguments(args, { command, port }) {
  try {
    return parseArgs({ args, options: { scenario: { type: 'string', default: 'small' }, port: { type: 'string', default: String(port) } } }).values;
  } catch (error) {
    throw new Failure(`${ error.message }\nUsage: ${ command } -- [--scenario NAME] [--port NUMBER]`);
  }
}

/**
 * The wanted port, or the next one that is free.
 * @param {string} text
 */
export async function choosePort(text) {
  const wanted = Number(text);

  if (!Number.isInteger(wanted) || wanted < 1 || wanted > 65535) {
    throw new Failure(`--port ${ text }: a number from 1 to 65535 is needed.`);
  }
  const port = await freePort(wanted);

  if (port !== wanted) {
    say(`Port ${ wanted } is taken; using ${ port }.`);
  }

  return port;
}
