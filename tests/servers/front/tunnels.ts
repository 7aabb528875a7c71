import { request as send } from 'node:http';
import type { IncomingMessage } from 'node:http';
import type { Duplex } from 'node:stream';
import type { Destination } from './forward';

const startLine = ({ httpVersion, statusCode, statusMessage }: IncomingMessage): string => `HTTP/${ httpVersion } ${ statusCode } ${ statusMessage }`;

function headerLines({ rawHeaders }: IncomingMessage): string[] {
  return rawHeaders.flatMap((name, index) => (index % 2 === 0 ? [`${ name }: ${ rawHeaders[index + 1] }`] : []));
}

/** Connections that became something else than HTTP: the websockets of the pages. */
export class Tunnels {
  private readonly open = new Set<Duplex>();

  /** Sends a request to upgrade on; from then on bytes pass as they are, and both ends live as long as each other. */
  connect(client: Duplex, head: Buffer, { socketPath, path, headers }: Destination): void {
    const outgoing = send({ socketPath, path, headers: { ...headers, connection: 'Upgrade', upgrade: 'websocket' } });

    client.on('error', () => outgoing.destroy());
    client.once('close', () => outgoing.destroy());
    outgoing.once('error', () => client.destroy());
    outgoing.once('response', (refusal) => {
      client.write([startLine(refusal), ...headerLines(refusal), 'Connection: close', '', ''].join('\r\n'));
      refusal.pipe(client);
    });
    outgoing.once('upgrade', (answer, server, serverHead) => {
      client.write([startLine(answer), ...headerLines(answer), '', ''].join('\r\n'));
      client.write(serverHead);
      server.write(head);
      this.join(client, server);
    });
    outgoing.end();
  }

  private join(client: Duplex, server: Duplex): void {
    this.open.add(client);
    client.once('close', () => {
      this.open.delete(client);
      server.destroy();
    });
    server.once('close', () => client.destroy());
    server.on('error', () => client.destroy());
    client.pipe(server).pipe(client);
  }

  get count(): number {
    return this.open.size;
  }

  /** Cuts every tunnel as a network does: without a word. Returns how many there were. */
  drop(): number {
    const tunnels = [...this.open];

    tunnels.forEach((client) => client.destroy());

    return tunnels.length;
  }
}
