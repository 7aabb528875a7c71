/** Everything at once: real clusters, real Steves, and the front that the Dashboard is served by. */
import type { Extension } from '../simulator/rancher/extensions';
import { checkExtensions } from '../simulator/rancher/extensions';
import { AS_IN_RANCHER } from './cluster';
import type { Flavours, Programs, RunningCluster } from './cluster';
import { controlApi } from './front/controlApi';
import { startFront } from './front/front';
import { Stage } from './stage';

export interface ServersOptions {
  readonly programs: Programs;
  readonly scenario?: string;
  readonly flavours?: Flavours;
  /** On 127.0.0.1; 0, the default, takes a free one. */
  readonly port?: number;
  readonly dashboardDir?: string;
  readonly extensions?: readonly Extension[];
}

export interface Servers {
  /** `http://127.0.0.1:<port>` */
  readonly url: string;
  /** The Harvester cluster as it runs now. */
  readonly cluster: RunningCluster;
  close(): Promise<void>;
}

/** Starts the servers. @throws Error in the words of the program that does not start */
export async function startServers({ programs, scenario = 'small', flavours = AS_IN_RANCHER, port = 0, dashboardDir, extensions = [] }: ServersOptions): Promise<Servers> {
  checkExtensions(extensions);
  const stage = await Stage.open(programs, flavours, scenario);

  try {
    const front = await startFront({
      port,
      extensions,
      ...(dashboardDir ? { dashboardDir } : {}),
      cluster: async(id) => (await stage.find(id))?.sockets,
      onRequest: ({ method, url }) => stage.touch(method, url),
      controls: (traffic) => controlApi(traffic, {
        get scenario() {
          return stage.scenario;
        },
        load: (name) => stage.load(name),
        cluster: async(id) => {
          const cluster = await stage.find(id);

          return cluster && {
            newcomers: cluster.newcomers,
            send: (method, path, body) => {
              stage.touch(method, path);

              return fetch(cluster.kube.control + path, { method, ...(body ? { body, headers: { 'content-type': 'application/json' } } : {}) });
            },
          };
        },
      }),
    });

    return {
      url: front.url,
      get cluster() {
        return stage.harvester;
      },
      close: async() => {
        await front.close();
        await stage.close();
      },
    };
  } catch (error) {
    await stage.close();
    throw error;
  }
}
