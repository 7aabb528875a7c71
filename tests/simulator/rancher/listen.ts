import { createServer } from 'node:http';
import type { IncomingMessage } from 'node:http';
import type { AddressInfo } from 'node:net';
import type { Duplex } from 'node:stream';
import { getRequestListener } from '@hono/node-server';
import type { Hono } from 'hono';
import { handle } from './handler';
import type { RancherServer } from './handler';

export interface Listening {
  /** `http://127.0.0.1:<port>` */
  url: string;
  close(): Promise<void>;
}

export interface ListenOptions {
  /** On 127.0.0.1; 0 takes a free one. */
  port: number;
  rancher: RancherServer;
  /** What is answered below `/__simulator`. */
  controls: Hono;
  upgrade(incoming: IncomingMessage, socket: Duplex, head: Buffer): void;
}

/** Serves a Rancher and the controls that tests steer it by. */
export async function listen({ port, rancher, controls, upgrade }: ListenOptions): Promise<Listening> {
  const listener = getRequestListener(
    (request) => (new URL(request.url).pathname.startsWith('/__simulator/') ? controls.fetch(request) : handle(rancher, request)),
    { overrideGlobalObjects: false },
  );
  const server = createServer((incoming, outgoing) => {
    const { pathname } = new URL(incoming.url ?? '/', 'http://localhost');

    if (rancher.state().controls.takeReset(incoming.method ?? 'GET', pathname)) {
      incoming.socket.destroy();
    } else {
      listener(incoming, outgoing);
    }
  });

  // As Rancher's own: nobody who was busy for a while finds the connection closed under the next request
  server.keepAliveTimeout = 0;
  server.on('upgrade', upgrade);
  await new Promise<void>((resolve, reject) => {
    server.once('error', reject);
    server.listen(port, '127.0.0.1', resolve);
  });

  return {
    url: `http://127.0.0.1:${ (server.address() as AddressInfo).port }`,
    close: async() => {
      server.closeAllConnections();
      await new Promise((resolve) => server.close(resolve));
    },
  };
}
