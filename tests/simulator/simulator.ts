import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import { getRequestListener } from '@hono/node-server';
import { controlApi } from './control/api';
import { handle } from './handler';
import { checkExtensions } from './rancher/extensions';
import type { Extension } from './rancher/extensions';
import { Simulation } from './simulation';
import { Sockets } from './sockets';

export interface SimulatorOptions {
  /** On 127.0.0.1; 0, the default, takes a free one. */
  port?: number;
  scenario?: string;
  /** The built Dashboard, served below `/dashboard`. */
  dashboardDir?: string;
  extensions?: readonly Extension[];
  /** The clock stands still but for `POST /__simulator/clock`. */
  frozen?: boolean;
}

export interface Simulator {
  /** `http://127.0.0.1:<port>` */
  url: string;
  /** The simulated clusters themselves, for tests in the same process. */
  simulation: Simulation;
  close(): Promise<void>;
}

/** Starts a Rancher with a Harvester cluster, simulated in this process. */
export async function startSimulator({
  port = 0,
  scenario = 'small',
  dashboardDir,
  extensions = [],
  frozen = false,
}: SimulatorOptions = {}): Promise<Simulator> {
  checkExtensions(extensions);
  const simulation = new Simulation(scenario, frozen);
  const options = { simulation, extensions, ...(dashboardDir ? { dashboardDir } : {}) };
  const sockets = new Sockets(simulation);
  const controls = controlApi(simulation, sockets);
  const listener = getRequestListener(
    (request) => (new URL(request.url).pathname.startsWith('/__simulator/') ? controls.fetch(request) : handle(options, request)),
    { overrideGlobalObjects: false },
  );
  const server = createServer((incoming, outgoing) => {
    const { pathname } = new URL(incoming.url ?? '/', 'http://localhost');

    if (simulation.world.controls.takeReset(incoming.method ?? 'GET', pathname)) {
      incoming.socket.destroy();
    } else {
      listener(incoming, outgoing);
    }
  });

  server.on('upgrade', (incoming, socket, head) => sockets.upgrade(incoming, socket, head));
  await new Promise<void>((resolve, reject) => {
    server.once('error', reject);
    server.listen(port, '127.0.0.1', resolve);
  });

  return {
    url: `http://127.0.0.1:${ (server.address() as AddressInfo).port }`,
    simulation,
    close: async() => {
      sockets.close();
      simulation.world.clock.stop();
      server.closeAllConnections();
      await new Promise((resolve) => server.close(resolve));
    },
  };
}
