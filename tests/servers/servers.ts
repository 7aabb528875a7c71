/** Everything at once: real clusters, real Steves, and the front that the Dashboard is served by. */
import type { Extension } from '../simulator/rancher/extensions';
import { checkExtensions } from '../simulator/rancher/extensions';
import { HARVESTER_CLUSTER, LOCAL_CLUSTER } from '../simulator/world';
import { AS_IN_RANCHER, startCluster } from './cluster';
import type { Flavours, Programs, RunningCluster } from './cluster';
import { controlApi } from './front/controlApi';
import { startFront } from './front/front';

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
  /** The cluster as it runs now. */
  readonly cluster: RunningCluster;
  close(): Promise<void>;
}

/** Asks, but changes nothing. */
const HARMLESS = /\/self\w+reviews$|[?&]dryRun=/;

/** The one cluster behind the front, exchanged for a fresh one only when it is no longer what its scenario began with. */
class Stage {
  private touched = false;

  private constructor(private readonly programs: Programs, private readonly flavours: Flavours, public scenario: string, public cluster: RunningCluster) {}

  static async open(programs: Programs, flavours: Flavours, scenario: string): Promise<Stage> {
    return new Stage(programs, flavours, scenario, await startCluster(programs, scenario, flavours));
  }

  /** Notes a request that may have changed something. */
  touch(method: string, url: string): void {
    this.touched ||= method !== 'GET' && !HARMLESS.test(url);
  }

  async load(scenario: string): Promise<void> {
    if (scenario === this.scenario && !this.touched) {
      return;
    }
    await this.cluster.stop();
    this.cluster = await startCluster(this.programs, scenario, this.flavours);
    this.scenario = scenario;
    this.touched = false;
  }
}

/** Starts the servers. @throws Error in the words of the program that does not start */
export async function startServers({ programs, scenario = 'small', flavours = AS_IN_RANCHER, port = 0, dashboardDir, extensions = [] }: ServersOptions): Promise<Servers> {
  checkExtensions(extensions);
  const stage = await Stage.open(programs, flavours, scenario);
  // Rancher's own objects are in the same cluster, as in the Rancher that Harvester brings along
  const ids = new Set([LOCAL_CLUSTER, HARVESTER_CLUSTER]);

  try {
    const front = await startFront({
      port,
      extensions,
      ...(dashboardDir ? { dashboardDir } : {}),
      cluster:  (id) => (ids.has(id) ? stage.cluster.sockets : undefined),
      onRequest: ({ method, url }) => stage.touch(method, url),
      controls: (traffic) => controlApi(traffic, {
        get scenario() {
          return stage.scenario;
        },
        load: (name) => stage.load(name),
        machines: (path, init) => {
          stage.touch(init.method ?? 'GET', path);

          return fetch(stage.cluster.kube.control + path, init);
        },
      }),
    });

    return {
      url: front.url,
      get cluster() {
        return stage.cluster;
      },
      close: async() => {
        await front.close();
        await stage.cluster.stop();
      },
    };
  } catch (error) {
    await stage.cluster.stop();
    throw error;
  }
}
