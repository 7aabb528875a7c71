/** The server that a browser test talks to, with the real Dashboard and both extensions: the simulator, or the real servers. */
import { startServers } from '../../servers/servers';
import { startSimulator } from '../../simulator/simulator';

/** A running server and what tests steer it by. */
export interface Server {
  readonly url: string;
  /** Asks the control API (`/__simulator…`); the answer's JSON, undefined when it has none. */
  control(method: 'GET' | 'POST' | 'PUT' | 'DELETE', path: string, body?: unknown): Promise<unknown>;
  close(): Promise<void>;
}

/** A request as the server saw it. */
export interface SeenRequest { readonly method: string; readonly path: string; readonly query: string; readonly status: number }

function fromEnvironment(name: string): string {
  const value = process.env[name];

  if (!value) {
    throw new Error(`${ name } is not set: run the suite as \`npm test -- browser\``);
  }

  return value;
}

/** Where their programs are, as `npm test -- live` has built them; undefined on the simulator. */
const programs = process.env['NODE_PRESSURE_SERVERS'];

export const onRealServers = (): boolean => programs !== undefined;

/** Starts a server; its control API loads scenarios. */
export async function startServer(): Promise<Server> {
  const site = {
    dashboardDir: fromEnvironment('NODE_PRESSURE_DASHBOARD'),
    extensions:   JSON.parse(fromEnvironment('NODE_PRESSURE_EXTENSIONS')),
  };
  const { url, close } = await (programs ? startServers({ ...site, programs: JSON.parse(programs) }) : startSimulator(site));

  return {
    url,
    async control(method, path, body) {
      const answer = await fetch(`${ url }/__simulator${ path }`, {
        method, ...(body === undefined ? {} : { body: JSON.stringify(body), headers: { 'content-type': 'application/json' } }),
      });
      const text = await answer.text();

      if (!answer.ok) {
        throw new Error(`${ method } ${ path }: ${ answer.status } ${ text }`);
      }

      return text === '' ? undefined : JSON.parse(text);
    },
    close,
  };
}

/** The requests that the server has seen whose path matches. */
export async function requestsTo(server: Server, pattern: RegExp): Promise<SeenRequest[]> {
  return (await server.control('GET', '/requests') as SeenRequest[]).filter(({ path }) => pattern.test(path));
}
