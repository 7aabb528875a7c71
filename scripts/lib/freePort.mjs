import { createServer } from 'node:net';

const isFree = (port) => new Promise((resolve) => {
  const server = createServer();

  server.once('error', () => resolve(false));
  server.listen(port, '127.0.0.1', () => server.close(() => resolve(true)));
});

/**
 * The first port at or above `wanted` on which this machine lets us listen.
 * @param {number} wanted
 */
export async function freePort(wanted) {
  for (let port = wanted; port < wanted + 100; port++) {
    if (await isFree(port)) {
      return port;
    }
  }
  throw new Error(`No free port from ${ wanted } to ${ wanted + 99 }`);
}
