import { Hono } from 'hono';
import type { Context } from 'hono';
import { HTTPException } from 'hono/http-exception';
import type { Controls } from '../../simulator/control/controls';
import { faultRoutes, readBody, requestRoutes } from '../../simulator/control/traffic';
import { SCENARIO_NAMES } from '../../simulator/scenarios';
import type { NodePlan, PodPlan, VirtualMachinePlan } from '../../simulator/scenarios/plan';
import type { KubeObject } from '../../simulator/store/objects';
import { HARVESTER_CLUSTER } from '../../simulator/world';
import type { Newcomers } from '../newcomers';
import type { Tunnels } from './tunnels';

/** A running cluster as it can be steered. */
export interface SteeredCluster {
  readonly newcomers: Newcomers;
  /** Sends a request to the machines' own controls. */
  send(method: string, path: string, body?: string): Promise<Response>;
}

/** What the controls steer besides the traffic. */
export interface Steered {
  readonly scenario: string;
  /** Makes the clusters what a scenario says. @throws Error for an unknown name */
  load(scenario: string): Promise<void>;
  /** Undefined for a cluster that there is not. */
  cluster(id: string): Promise<SteeredCluster | undefined>;
}

function newcomerRoutes(api: Hono, clusterOf: (context: Context) => Promise<SteeredCluster>): void {
  api.post('/nodes', async(context) => {
    const { newcomers, send } = await clusterOf(context);

    return send('POST', '/nodes', JSON.stringify(newcomers.node((await readBody(context)) as unknown as NodePlan)));
  });
  api.post('/pods', async(context) => {
    const { newcomers, send } = await clusterOf(context);
    const answer = await send('POST', '/objects', JSON.stringify(newcomers.workloads({ pods: [(await readBody(context)) as unknown as PodPlan] })));

    return answer.ok ? context.json((await answer.json() as KubeObject[]).find(({ kind }) => kind === 'Pod'), 201) : answer;
  });
  api.post('/virtual-machines', async(context) => {
    const { newcomers, send } = await clusterOf(context);
    const answer = await send('POST', '/objects', JSON.stringify(newcomers.workloads({ virtualMachines: [(await readBody(context)) as unknown as VirtualMachinePlan] })));

    return answer.ok ? context.body(null, 201) : answer;
  });
}

/** `/__simulator/…` before real servers: the same requests as the simulator's, but for the clock: real time passes by itself, and nobody can turn it. */
export function controlApi({ controls, tunnels }: { controls: Controls; tunnels: Tunnels }, steered: Steered): Hono {
  const api = new Hono().basePath('/__simulator');
  const clusterOf = async({ req }: Context): Promise<SteeredCluster> => {
    const id = req.query('cluster') ?? HARVESTER_CLUSTER;
    const cluster = await steered.cluster(id);

    if (!cluster) {
      throw new HTTPException(404, { message: `no cluster ${ id }` });
    }

    return cluster;
  };

  api.onError((error, context) => context.json({ error: error.message }, error instanceof HTTPException ? error.status : 400));
  requestRoutes(api, () => controls);
  faultRoutes(api, () => controls);
  api.get('/websockets', (context) => context.json({ open: tunnels.count }));
  api.post('/websockets/drop', (context) => context.json({ dropped: tunnels.drop() }));
  api.get('/scenario', (context) => context.json({ name: steered.scenario, all: SCENARIO_NAMES }));
  api.post('/scenario', async(context) => {
    const { name } = await readBody(context);

    controls.clearFaults();
    controls.forgetRequests();
    await steered.load(String(name));
    tunnels.drop();

    return context.json({ name: steered.scenario });
  });
  api.post('/clock', (context) => context.json({ now: Date.now() }));
  newcomerRoutes(api, clusterOf);
  api.all('/*', async(context) => {
    const { req } = context;
    const { send } = await clusterOf(context);

    return send(req.method, new URL(req.url).pathname.replace('/__simulator', ''), req.method === 'GET' ? undefined : await req.text());
  });

  return api;
}
