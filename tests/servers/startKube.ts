/** A running cluster: etcd, API server, controllers and nodes. */
import { Child } from './child';

/** How a cluster is reached, as the program `kube` says it. */
export interface Kube {
  readonly kubeconfig: string;
  readonly apiServer: string;
  readonly ca: string;
  /** Of the scenario's users, and of somebody who may do everything: to ask the API server directly. */
  readonly tokens: Readonly<Record<string, string>>;
  readonly adminToken: string;
  /** Where its nodes are steered: the same requests as the simulator's below `/__simulator`. */
  readonly control: string;
  stop(): Promise<void>;
}

export interface KubeOptions {
  /** The program. */
  readonly program: string;
  /** Where etcd, kube-apiserver and kube-controller-manager are. */
  readonly binaries: string;
  /** Objects and nodes to begin with. */
  readonly scenarioFile: string;
  readonly cwd: string;
}

/** @throws Error in the program's own words when it ends before the cluster is there */
export async function startKube({ program, binaries, scenarioFile, cwd }: KubeOptions): Promise<Kube> {
  let child: Child | undefined;
  const ready = new Promise<Omit<Kube, 'stop'>>((resolve) => {
    child = new Child(program, ['serve', '--binaries', binaries, '--scenario', scenarioFile, '--until-stdin-closes'], {
      cwd,
      onLine: (line) => {
        const said = JSON.parse(line) as Omit<Kube, 'stop'> & { ready?: boolean };

        if (said.ready) {
          resolve(said);
        }
      },
    });
  });
  const running = child as unknown as Child;
  const cluster = await Promise.race([ready, running.ended]);

  if (!cluster) {
    throw new Error(`The cluster does not start:\n${ running.lastWords }`);
  }

  return { ...cluster, stop: () => running.stop() };
}
