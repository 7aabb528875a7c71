import type { IncomingMessage } from 'node:http';
import type { Duplex } from 'node:stream';
import { WebSocketServer } from 'ws';
import type { WebSocket } from 'ws';
import { apiRequest } from './http';
import { Subscription } from './steve/subscribe';
import type { Simulation } from './simulation';

/** Norman pings more often than Steve. */
const NORMAN_PING = 5000;

/** A request to upgrade, as every other request. */
export function asRequest(incoming: IncomingMessage): Request {
  const headers = new Headers(
    Object.entries(incoming.headers).map(([name, value]): [string, string] => [name, Array.isArray(value) ? value.join(', ') : value ?? '']),
  );

  return new Request(new URL(incoming.url ?? '/', `http://${ incoming.headers.host ?? 'localhost' }`), { headers });
}

/** The websockets: `/v1/subscribe` of every cluster, and Norman's. */
export class Sockets {
  private readonly server = new WebSocketServer({ noServer: true, perMessageDeflate: { threshold: 1024 } });

  constructor(private readonly simulation: Simulation) {}

  upgrade(incoming: IncomingMessage, socket: Duplex, head: Buffer): void {
    const request = asRequest(incoming);
    const { pathname, host } = new URL(request.url);
    const { world } = this.simulation;
    const user = world.sessions.user(request.headers);
    const origin = request.headers.get('origin');
    const refuse = (status: string): void => {
      socket.end(`HTTP/1.1 ${ status }\r\nConnection: close\r\n\r\n`);
    };

    if (!user) {
      return refuse('401 Unauthorized');
    }
    if (origin && new URL(origin).host !== host) {
      return refuse('403 Forbidden');
    }
    const api = apiRequest(world, request, user);

    if (pathname === '/v3/subscribe') {
      this.server.handleUpgrade(incoming, socket, head, pingOnly);
    } else if (api && api.path === '/v1/subscribe') {
      this.server.handleUpgrade(incoming, socket, head, (client) => new Subscription(client, api));
    } else {
      refuse('404 Not Found');
    }
  }

  /** Cuts every connection as a network does: without a closing handshake. Returns how many there were. */
  drop(): number {
    const clients = [...this.server.clients];

    clients.forEach((client) => client.terminate());

    return clients.length;
  }

  get count(): number {
    return this.server.clients.size;
  }

  close(): void {
    this.drop();
    this.server.close();
  }
}

/** `/v3/subscribe`: Norman has nothing to tell but that it is there. */
export function pingOnly(client: WebSocket): void {
  const timer = setInterval(() => client.send(JSON.stringify({ name: 'ping', data: {} })), NORMAN_PING);

  client.on('close', () => clearInterval(timer));
}
