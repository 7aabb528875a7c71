import { request as send } from 'node:http';
import type { IncomingMessage } from 'node:http';
import { Readable } from 'node:stream';

/** Where a request goes: a server on a Unix socket, the path there, and the headers it is to arrive with. */
export interface Destination {
  readonly socketPath: string;
  readonly path: string;
  readonly headers: Readonly<Record<string, string>>;
}

/** What belongs to one connection, not to what is said over it. */
const HOP_BY_HOP = new Set(['connection', 'keep-alive', 'proxy-connection', 'transfer-encoding', 'upgrade', 'content-length']);

const WITHOUT_BODY = new Set([204, 304]);

function toResponse(incoming: IncomingMessage): Response {
  const status = incoming.statusCode ?? 502;
  const headers = new Headers();

  for (let index = 0; index < incoming.rawHeaders.length; index += 2) {
    const [name, value] = incoming.rawHeaders.slice(index, index + 2) as [string, string];

    if (!HOP_BY_HOP.has(name.toLowerCase())) {
      headers.append(name, value);
    }
  }
  if (WITHOUT_BODY.has(status)) {
    incoming.resume();

    return new Response(null, { status, headers });
  }

  return new Response(Readable.toWeb(incoming) as ReadableStream, { status, headers });
}

/**
 * Sends a request on and gives the answer as it comes, compressed or endless as it may be.
 * @throws Error when there is no answer; who asked may have gone away
 */
export async function forward(request: Request, { socketPath, path, headers }: Destination): Promise<Response> {
  const body = request.method === 'GET' || request.method === 'HEAD' ? undefined : Buffer.from(await request.arrayBuffer());

  return new Promise((resolve, reject) => {
    const outgoing = send({ socketPath, path, method: request.method, headers: { ...headers, ...(body ? { 'content-length': body.length } : {}) } });

    request.signal.addEventListener('abort', () => outgoing.destroy(), { once: true });
    outgoing.once('error', reject);
    outgoing.once('response', (incoming) => resolve(toResponse(incoming)));
    outgoing.end(body);
  });
}

/** The headers of a request that go on with it. */
export function endToEnd(headers: Headers): Record<string, string> {
  return Object.fromEntries([...headers].filter(([name]) => !HOP_BY_HOP.has(name)));
}
