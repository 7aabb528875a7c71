/** Command lines of the servers that people start. */
import { parseArgs } from 'node:util';
import { freePort } from './freePort.mjs';
import { Failure } from './run.mjs';
import { say } from './say.mjs';

/**
 * @param {readonly string[]} args
 * @param {{ command: string, port: number }} defaults
 * @returns {{ scenario: string, port: number }} the port: 1 to 65535
 * @throws {Failure} that says how to write it
 */
export function readArguments(args, { command, port }) {
  try {
    const { values } = parseArgs({ args, options: { scenario: { type: 'string', default: 'small' }, port: { type: 'string', default: String(port) } } });

    return { scenario: values.scenario, port: portFrom(values.port) };
  } catch (error) {
    throw new Failure(`${ error.message }\nUsage: ${ command } -- [--scenario NAME] [--port NUMBER]`);
  }
}

function portFrom(text) {
  const port = Number(text);

  if (!Number.isInteger(port) || port < 1 || port > 65535) {
    throw new Error(`--port ${ text }: a number from 1 to 65535 is needed.`);
  }

  return port;
}

/**
 * The wanted port, or the next one that is free.
 * @param {number} wanted
 */
export async function choosePort(wanted) {
  const port = await freePort(wanted);

  if (port !== wanted) {
    say(`Port ${ wanted } is taken; using ${ port }.`);
  }

  return port;
}
