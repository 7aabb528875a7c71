/** A real cluster in the state of a scenario, with the two Steves before it. */
import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { HARVESTER_CLUSTER, PLAIN_CLUSTER } from '../simulator/world';
import type { ClusterSockets } from './front/front';
import { scenarioFile } from './scenario';
import { startKube } from './startKube';
import type { Kube } from './startKube';
import { startSteve } from './startSteve';
import type { Steve } from './startSteve';

/** Where the programs are. */
export interface Programs {
  /** The folder of etcd, kube-apiserver and kube-controller-manager. */
  readonly binaries: string;
  /** Nodes, and what holds the control plane together. */
  readonly kube: string;
  /** Steve as in Rancher, and as in Harvester. */
  readonly steve: string;
  readonly harvesterSteve: string;
}

/** Which Steve answers below `/v1`, and which below `/v1/harvester`. */
export interface SteveFlavour {
  readonly program: 'steve' | 'harvesterSteve';
  readonly sqlCache: boolean;
}

export interface Flavours {
  readonly rancher: SteveFlavour;
  readonly harvester: SteveFlavour;
}

/** As it is where Rancher manages a Harvester. */
export const AS_IN_RANCHER: Flavours = { rancher: { program: 'steve', sqlCache: true }, harvester: { program: 'harvesterSteve', sqlCache: false } };

/** Flavours by name. `cache-exchanged` shows each Steve as it is where its SQL cache is switched the other way. */
export const FLAVOURS: Readonly<Record<string, Flavours>> = {
  rancher:           AS_IN_RANCHER,
  'cache-exchanged': { rancher: { program: 'harvesterSteve', sqlCache: true }, harvester: { program: 'steve', sqlCache: false } },
};

/** The clusters that a scenario has besides Rancher's own, whose objects are in the Harvester one. */
export type ClusterId = typeof HARVESTER_CLUSTER | typeof PLAIN_CLUSTER;

/** Kinds of the cluster's own, of Harvester and of Rancher: with these Steve has seen all definitions. */
const TYPES: Readonly<Record<ClusterId, readonly string[]>> = {
  [HARVESTER_CLUSTER]: ['nodes', 'node.harvesterhci.io.cloudinits', 'management.cattle.io.settings'],
  [PLAIN_CLUSTER]: ['nodes'],
};

export interface RunningCluster {
  readonly kube: Kube;
  readonly sockets: ClusterSockets;
  stop(): Promise<void>;
}

/** What is to be undone, last first. */
class Undo {
  private readonly steps: (() => Promise<unknown>)[] = [];

  add(step: () => Promise<unknown>): void {
    this.steps.unshift(step);
  }

  readonly run = async(): Promise<void> => {
    for (const step of this.steps.splice(0)) {
      await step();
    }
  };
}

/**
 * Starts a cluster. Nothing is left behind when that fails.
 * @throws Error for an unknown scenario, or in the words of the program that does not start
 */
export async function startCluster(programs: Programs, flavours: Flavours, scenario: string, id: ClusterId = HARVESTER_CLUSTER): Promise<RunningCluster> {
  const content = JSON.stringify(scenarioFile(scenario, id));
  const undo = new Undo();

  try {
    const folder = await mkdtemp(join(tmpdir(), 'np-cluster-'));

    undo.add(() => rm(folder, { recursive: true, force: true }));
    const file = join(folder, 'scenario.json');

    await writeFile(file, content);
    const kube = await startKube({ program: programs.kube, binaries: programs.binaries, scenarioFile: file, cwd: folder });

    undo.add(kube.stop);
    const start = async({ program, sqlCache }: SteveFlavour): Promise<Steve> => {
      const steve = await startSteve({ program: programs[program], kubeconfig: kube.kubeconfig, sqlCache, types: TYPES[id] });

      undo.add(steve.stop);

      return steve;
    };
    // One after the other: together they would only wait for each other, and one that fails alone is told of
    const rancher = await start(flavours.rancher);
    const harvester = await start(flavours.harvester);

    return { kube, sockets: { rancher: rancher.socketPath, harvester: harvester.socketPath }, stop: undo.run };
  } catch (error) {
    await undo.run();
    throw error;
  }
}
