import { after, before } from 'node:test';
import { startSimulator } from '../simulator';
import type { Simulator, SimulatorOptions } from '../simulator';

export type Json = Record<string, unknown>;

export interface Answer {
  status: number;
  headers: Headers;
  text: string;
  body: Json;
}

/** A running simulator and one user's way into it. */
export interface Session {
  readonly simulator: Simulator;
  /** As `user`, who is logged in on first use; `null` for nobody. */
  call(method: string, path: string, body?: unknown, options?: { user?: string | null; headers?: Record<string, string> }): Promise<Answer>;
  /** Below the Harvester cluster. */
  harvester(method: string, path: string, body?: unknown): Promise<Answer>;
  control(method: string, path: string, body?: unknown): Promise<Answer>;
}

async function send(url: string, method: string, body: unknown, headers: Record<string, string>): Promise<Answer> {
  const response = await fetch(url, {
    method,
    redirect: 'manual',
    headers: { accept: 'application/json', 'content-type': 'application/json', ...headers },
    ...(body === undefined ? {} : { body: JSON.stringify(body) }),
  });
  const text = await response.text();

  return {
    status: response.status,
    headers: response.headers,
    text,
    body: text !== '' && (response.headers.get('content-type') ?? '').includes('json') ? (JSON.parse(text) as Json) : {},
  };
}

/** Starts a simulator for the tests of a file; its clock stands still. */
export function session(options: SimulatorOptions = {}): Session {
  const cookies = new Map<string, string>();
  let simulator: Simulator;

  before(async() => {
    simulator = await startSimulator({ frozen: true, ...options });
  });
  after(() => simulator.close());

  const cookie = async(user: string): Promise<string> => {
    const known = cookies.get(user);

    if (known) {
      return known;
    }
    const { headers } = await send(`${ simulator.url }/v1-public/login`, 'POST', { username: user, password: user }, {});
    const fresh = headers.get('set-cookie')?.split(';')[0] ?? '';

    cookies.set(user, fresh);

    return fresh;
  };
  const call: Session['call'] = async(method, path, body, { user = 'admin', headers = {} } = {}) => {
    const session: Record<string, string> = user === null ? {} : { cookie: await cookie(user) };

    return await send(simulator.url + path, method, body, { ...session, ...headers });
  };

  return {
    get simulator() {
      return simulator;
    },
    call,
    harvester: (method, path, body) => call(method, `/k8s/clusters/c-m-harv01${ path }`, body),
    control: (method, path, body) => call(method, `/__simulator${ path }`, body, { user: null }),
  };
}

/** Waits until something holds; every look is one turn of the event loop, and there is an end to it. */
export async function until<T>(look: () => Promise<T | undefined>): Promise<T> {
  for (let turn = 0; turn < 200; turn++) {
    const found = await look();

    if (found !== undefined) {
      return found;
    }
    await new Promise((resolve) => setImmediate(resolve));
  }
  throw new Error('it never came to that');
}
