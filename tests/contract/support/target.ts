/**
 * What the facts are checked against, by one parameter:
 *
 *     STEVE_URL     where Steve is, such as https://rancher.example/k8s/clusters/c-abc/v1, or …/v1/harvester for the one that
 *                   Harvester brings along; a path alone, /v1 if nothing is said, is a Steve of a simulator that starts for each file
 *     STEVE_TOKENS  JSON, user to session token; without it the users log in, each with the name as password
 *
 * The users are those of tests/simulator/access/users.ts: admin, readonly, noproxy and nocloudinit. The cluster needs
 * node-manager's CloudInit definition and at least one node whose kubelet can be reached.
 */
import { after, before } from 'node:test';
import { startSimulator } from '../../simulator/simulator';
import { at, Client } from './client';

export type UserName = 'admin' | 'readonly' | 'noproxy' | 'nocloudinit';

/** Not every fact is the same for all Steves. Which one it is, it says itself; a test may ask once it runs. */
export interface Target {
  /** Whether Steve answers lists from its SQL cache. */
  readonly cached: boolean;
  /** Whether it is a Steve before 0.8, as in Harvester. */
  readonly before08: boolean;
  /** The cluster's API as a user sees it. */
  as(user: UserName): Client;
  /** Nobody's. */
  anonymous(): Client;
  /** A name that no other run uses, ending in `suffix`. */
  name(suffix: string): string;
}

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

/** The cluster's API, and the path of Steve in it. */
function parts(url: string): { base: string; steve: string } {
  const [, base, steve] = /^(.+?)(\/v1(?:\/harvester)?)$/.exec(url) ?? [];

  if (!base || !steve) {
    throw new Error(`STEVE_URL ends in /v1 or in /v1/harvester, and ${ url } does not`);
  }

  return { base, steve };
}

async function askWhich(admin: Client): Promise<Pick<Target, 'cached' | 'before08'>> {
  const filtered = await admin.get('/v1/namespaces?filter=spec.no=column');
  const methods = at((await admin.get('/v1/schemas/node')).body, 'resourceMethods') as string[];

  return {
    // Only the cache refuses to filter by what it has no column for
    cached: filtered.status === 422,
    // Earlier ones name PATCH for the right to update, and once more for the right to patch
    before08: methods.filter((method) => method === 'PATCH').length > 1,
  };
}

/** Sets a target up for the tests of a file, and clears it away behind them. */
export function target(): Target {
  const clients = new Map<UserName, Client>();
  let anonymous: Client | undefined;
  let which: Pick<Target, 'cached' | 'before08'> | undefined;
  let close = async(): Promise<void> => undefined;

  before(async() => {
    let url = process.env.STEVE_URL ?? '/v1';

    if (url.startsWith('/')) {
      const simulator = await startSimulator();

      url = `${ simulator.url }/k8s/clusters/c-m-harv01${ url }`;
      close = simulator.close;
    }
    const { base, steve } = parts(url);
    const tokens = JSON.parse(process.env.STEVE_TOKENS ?? '{}') as Partial<Record<UserName, string>>;

    for (const user of ['admin', 'readonly', 'noproxy', 'nocloudinit'] as const) {
      clients.set(user, new Client(base, tokens[user] ?? (await login(base, user)), steve));
    }
    anonymous = new Client(base, '', steve);
    which = await askWhich(clients.get('admin') as Client);
  });
  after(() => close());

  return {
    get cached() {
      return Boolean(which?.cached);
    },
    get before08() {
      return Boolean(which?.before08);
    },
    as: (user) => clients.get(user) as Client,
    anonymous: () => anonymous as Client,
    name: (suffix) => `contract-${ process.pid }-${ Date.now().toString(36) }-${ suffix }`,
  };
}
