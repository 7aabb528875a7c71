import { Hono } from 'hono';
import { HTTPException } from 'hono/http-exception';
import { NotSimulated } from '../nodes/notSimulated';
import { SCENARIO_NAMES } from '../scenarios';
import type { Simulation } from '../simulation';
import type { Sockets } from '../sockets';
import { ApiError } from '../store/errors';
import type { Controls } from './controls';
import { machineRoutes } from './machines';
import { podRoutes } from './pods';
import { faultRoutes, readBody, requestRoutes } from './traffic';

function worldRoutes(api: Hono, simulation: Simulation, sockets: Sockets): void {
  api.get('/clock', (context) => context.json({ now: simulation.world.clock.now() }));
  api.post('/clock', async(context) => {
    const { advanceMilliseconds } = await readBody(context);

    simulation.world.clock.advance(Number(advanceMilliseconds));

    return context.json({ now: simulation.world.clock.now() });
  });
  api.get('/scenario', (context) => {
    const { name, description } = simulation.world.scenario;

    return context.json({ name, description, all: SCENARIO_NAMES });
  });
  api.post('/scenario', async(context) => {
    const { name } = await readBody(context);

    simulation.load(String(name));
    sockets.drop();

    return context.json({ name: simulation.world.scenario.name });
  });
  api.put('/namespace-quotas', async(context) => {
    simulation.world.namespaceQuotas.refuse((await readBody(context)).refused === true);

    return context.body(null, 204);
  });
  api.get('/websockets', (context) => context.json({ open: sockets.count }));
  api.post('/websockets/drop', (context) => context.json({ dropped: sockets.drop() }));
}

/** `/__simulator/…`: what tests steer the simulator by. No login is needed; README.md lists the endpoints. */
export function controlApi(simulation: Simulation, sockets: Sockets): Hono {
  const api = new Hono().basePath('/__simulator');
  const controls = (): Controls => simulation.world.controls;

  api.onError((error, context) => {
    const status = error instanceof HTTPException ? error.status : error instanceof ApiError ? error.code : error instanceof NotSimulated ? 422 : 400;

    return context.json({ error: error.message }, status as 400);
  });
  requestRoutes(api, controls);
  faultRoutes(api, controls);
  worldRoutes(api, simulation, sockets);
  machineRoutes(api, simulation);
  podRoutes(api, simulation);

  return api;
}
