/** A thin Rancher before real clusters: it knows who is logged in, serves the Dashboard, and sends the rest to a Steve as that user. */
import type { IncomingMessage } from 'node:http';
import type { Duplex } from 'node:stream';
import type { Hono } from 'hono';
import { WebSocketServer } from 'ws';
import type { User } from '../../simulator/access/users';
import { Controls } from '../../simulator/control/controls';
import { toResponse } from '../../simulator/http';
import { ANONYMOUS } from '../../simulator/rancher/handler';
import type { Extension } from '../../simulator/rancher/extensions';
import { listen } from '../../simulator/rancher/listen';
import type { Listening } from '../../simulator/rancher/listen';
import { Sessions } from '../../simulator/rancher/sessions';
import { targetOf } from '../../simulator/routing';
import { asRequest, pingOnly } from '../../simulator/sockets';
import { LOCAL_CLUSTER } from '../../simulator/world';
import { endToEnd, forward } from './forward';
import type { Destination } from './forward';
import { Tunnels } from './tunnels';

/** The sockets of a cluster's two Steves: Rancher's, with its SQL cache, and the one that Harvester brings along. */
export interface ClusterSockets {
  readonly rancher: string;
  readonly harvester: string;
}

export interface FrontOptions {
  readonly port: number;
  readonly dashboardDir?: string;
  readonly extensions: readonly Extension[];
  /** Of a cluster as it runs now; undefined when Rancher does not have it. */
  cluster(id: string): Promise<ClusterSockets | undefined>;
  /** Is told of every request to a cluster. */
  onRequest(request: Request): void;
  /** What is answered below `/__simulator`. */
  controls(traffic: { controls: Controls; tunnels: Tunnels }): Hono;
}

const NO_CLUSTER = { status: 404, body: { type: 'error', status: '404', message: 'cluster not found' } };

/** Whose request it is, as Steve is told. */
function identity(user: User): Record<string, string> {
  return user === ANONYMOUS ? {} : { 'impersonate-user': user.name, 'impersonate-group': 'system:authenticated' };
}

async function destination(request: Request, user: User, cluster: FrontOptions['cluster']): Promise<Destination | undefined> {
  const { pathname, search } = new URL(request.url);
  const { clusterId, path, prefix, sql } = targetOf(pathname, LOCAL_CLUSTER);
  const sockets = await cluster(clusterId);
  // Neither may a client name a user itself, nor is its token anything to a cluster
  const headers = Object.fromEntries(Object.entries(endToEnd(request.headers)).filter(([name]) => name !== 'authorization' && !name.startsWith('impersonate-')));

  return sockets && {
    socketPath: sql ? sockets.rancher : sockets.harvester,
    path: path + search,
    headers: { ...headers, ...identity(user), ...(prefix ? { 'x-api-url-prefix': prefix } : {}) },
  };
}

/** Starts the front. */
export async function startFront({ port, dashboardDir, extensions, cluster, onRequest, controls: makeControls }: FrontOptions): Promise<Listening> {
  const tunnels = new Tunnels();
  const norman = new WebSocketServer({ noServer: true });
  const state = { sessions: new Sessions(), preferences: new Map<string, Record<string, string>>(), controls: new Controls(), clock: { now: () => Date.now() } };
  const upgrade = async(incoming: IncomingMessage, socket: Duplex, head: Buffer): Promise<void> => {
    const request = asRequest(incoming);
    const user = state.sessions.user(request.headers);
    const to = user && await destination(request, user, cluster);

    if (!to) {
      socket.end(`HTTP/1.1 ${ user ? '404 Not Found' : '401 Unauthorized' }\r\nConnection: close\r\n\r\n`);
    } else if (to.path.startsWith('/v3/subscribe')) {
      norman.handleUpgrade(incoming, socket, head, pingOnly);
    } else {
      tunnels.connect(socket, head, to);
    }
  };
  const listening = await listen({
    port,
    controls: makeControls({ controls: state.controls, tunnels }),
    // What cannot be passed on has lost its connection, as it would on the way
    upgrade: (incoming, socket, head) => {
      upgrade(incoming, socket, head).catch(() => socket.destroy());
    },
    rancher: {
      extensions,
      state: () => state,
      cluster: async(request, user) => {
        onRequest(request);
        const to = await destination(request, user, cluster);

        return to ? await forward(request, to) : toResponse(NO_CLUSTER);
      },
      ...(dashboardDir ? { dashboardDir } : {}),
    },
  });

  return {
    url: listening.url,
    close: async() => {
      tunnels.drop();
      norman.clients.forEach((client) => client.terminate());
      norman.close();
      await listening.close();
    },
  };
}
