import { Hono } from 'hono';
import type { Controls } from '../../simulator/control/controls';
import { faultRoutes, readBody, requestRoutes } from '../../simulator/control/traffic';
import { SCENARIO_NAMES } from '../../simulator/scenarios';
import type { Tunnels } from './tunnels';

/** What the controls steer besides the traffic. */
export interface Steered {
  readonly scenario: string;
  /** Makes the cluster what a scenario says. @throws Error for an unknown name */
  load(scenario: string): Promise<void>;
  /** Sends a request to the machines' own controls. */
  machines(path: string, init: RequestInit): Promise<Response>;
}

/** `/__simulator/…` before real servers: the same requests as the simulator's, but for the clock: real time passes by itself, and nobody can turn it. */
export function controlApi({ controls, tunnels }: { controls: Controls; tunnels: Tunnels }, steered: Steered): Hono {
  const api = new Hono().basePath('/__simulator');

  api.onError((error, context) => context.json({ error: error.message }, 400));
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
  api.all('/*', async({ req }) => {
    const { pathname, search } = new URL(req.url);
    const body = req.method === 'GET' ? undefined : await req.text();

    return steered.machines(pathname.replace('/__simulator', '') + search, { method: req.method, ...(body ? { body, headers: { 'content-type': 'application/json' } } : {}) });
  });

  return api;
}
