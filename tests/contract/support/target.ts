/**
 * What the facts are checked against: the simulator, or whatever the environment names.
 *
 *     STEVE_URL     the API of one Harvester cluster, such as https://rancher.example/k8s/clusters/c-abc
 *     STEVE_PATH    where its Steve is: `/v1`, the default, with the SQL cache, or `/v1/harvester` without
 *     STEVE_TOKENS  JSON, user to session token; without it the users log in, each with the name as password
 *
 * The users are those of tests/simulator/access/users.ts: admin, readonly, noproxy and nocloudinit. The cluster needs
 * node-manager's CloudInit definition and at least one node whose kubelet can be reached.
 */
import { after, before } from 'node:test';
import { startSimulator } from '../../simulator/simulator';
import { Client } from './client';

export type UserName = 'admin' | 'readonly' | 'noproxy' | 'nocloudinit';

export interface Target {
  /** Whether it is Steve with the SQL cache. */
  readonly cached: boolean;
  /** The cluster's API as a user sees it. */
  as(user: UserName): Client;
  /** Nobody's. */
  anonymous(): Client;
  /** A name that no other run uses, ending in `suffix`. */
  name(suffix: string): string;
}

const STEVE = process.env.STEVE_PATH ?? '/v1';

async function login(url: string, user: UserName): Promise<string> {
  const response = await fetch(new URL('/v1-public/login', url), {
    method: 'POST',
    headers: { 'content-type': 'application/json' },
    body: JSON.stringify({ type: 'localProvider', username: user, password: user, responseType: 'cookie' }),
  });
  const token = /R_SESS=([^;]+)/.exec(response.headers.get('set-cookie') ?? '')?.[1];

  if (!token) {
    throw new Error(`${ user } cannot log in at ${ url }: ${ response.status }`);
  }

  return token;
}

/** Sets a target up for the tests of a file, and clears it away behind them. */
export function target(): Target {
  const clients = new Map<UserName, Client>();
  let base = process.env.STEVE_URL ?? '';
  let close = async(): Promise<void> => undefined;

  before(async() => {
    if (!base) {
      const simulator = await startSimulator();

      base = `${ simulator.url }/k8s/clusters/c-m-harv01`;
      close = simulator.close;
    }
    const tokens = JSON.parse(process.env.STEVE_TOKENS ?? '{}') as Partial<Record<UserName, string>>;

    for (const user of ['admin', 'readonly', 'noproxy', 'nocloudinit'] as const) {
      clients.set(user, new Client(base, tokens[user] ?? (await login(base, user)), STEVE));
    }
  });
  after(() => close());

  return {
    cached: STEVE === '/v1',
    as: (user) => clients.get(user) as Client,
    anonymous: () => new Client(base, '', STEVE),
    name: (suffix) => `contract-${ process.pid }-${ Date.now().toString(36) }-${ suffix }`,
  };
}
