import { controlApi } from './control/api';
import { handleCluster } from './handler';
import { checkExtensions } from './rancher/extensions';
import type { Extension } from './rancher/extensions';
import { listen } from './rancher/listen';
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
  const sockets = new Sockets(simulation);
  const { url, close } = await listen({
    port,
    rancher: {
      extensions,
      state: () => simulation.world,
      cluster: (request, user) => handleCluster(simulation.world, request, user),
      ...(dashboardDir ? { dashboardDir } : {}),
    },
    controls: controlApi(simulation, sockets),
    upgrade: (incoming, socket, head) => sockets.upgrade(incoming, socket, head),
  });

  return {
    url,
    simulation,
    close: async() => {
      sockets.close();
      simulation.world.clock.stop();
      await close();
    },
  };
}
