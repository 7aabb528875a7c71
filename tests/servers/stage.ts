import { HARVESTER_CLUSTER, LOCAL_CLUSTER, PLAIN_CLUSTER } from '../simulator/world';
import { startCluster } from './cluster';
import type { ClusterId, Flavours, Programs, RunningCluster } from './cluster';
import { Newcomers } from './newcomers';

/** Asks, but changes nothing. */
const HARMLESS = /\/self\w+reviews$|[?&]dryRun=/;

/** A cluster that others may join. */
export interface StagedCluster extends RunningCluster { readonly newcomers: Newcomers }

async function start(programs: Programs, flavours: Flavours, scenario: string, id: ClusterId = HARVESTER_CLUSTER): Promise<StagedCluster> {
  return { ...await startCluster(programs, flavours, scenario, id), newcomers: new Newcomers(scenario, id) };
}

/** The clusters behind the front, exchanged for fresh ones only when they are no longer what their scenario began with. */
export class Stage {
  private touched = false;
  private plain: Promise<StagedCluster> | undefined;

  private constructor(private readonly programs: Programs, private readonly flavours: Flavours, public scenario: string, public harvester: StagedCluster) {}

  static async open(programs: Programs, flavours: Flavours, scenario: string): Promise<Stage> {
    return new Stage(programs, flavours, scenario, await start(programs, flavours, scenario));
  }

  /** The cluster with an id; undefined for one that Rancher does not have. The one that is no Harvester starts when it is first asked for. */
  async find(id: string): Promise<StagedCluster | undefined> {
    switch (id) {
    // Rancher's own objects are in the same cluster, as in the Rancher that Harvester brings along
    case LOCAL_CLUSTER:
    case HARVESTER_CLUSTER:
      return this.harvester;
    case PLAIN_CLUSTER:
      return await (this.plain ??= start(this.programs, this.flavours, this.scenario, PLAIN_CLUSTER));
    default:
      return undefined;
    }
  }

  /** Notes a request that may have changed something. */
  touch(method: string, url: string): void {
    this.touched ||= method !== 'GET' && !HARMLESS.test(url);
  }

  async load(scenario: string): Promise<void> {
    if (scenario === this.scenario && !this.touched) {
      return;
    }
    await this.close();
    this.harvester = await start(this.programs, this.flavours, scenario);
    this.scenario = scenario;
    this.touched = false;
  }

  async close(): Promise<void> {
    const { plain } = this;

    this.plain = undefined;
    await this.harvester.stop();
    await (await plain)?.stop();
  }
}
