import { Hono } from 'hono';
import type { Context } from 'hono';
import { HTTPException } from 'hono/http-exception';
import { NotSimulated } from '../nodes/notSimulated';
import { SCENARIO_NAMES } from '../scenarios';
import type { Simulation } from '../simulation';
import type { Sockets } from '../sockets';
import { ApiError } from '../store/errors';
import { isRecord } from '../store/objects';
import type { Fault } from './controls';
import { machineRoutes } from './machines';
import { podRoutes } from './pods';

/** The JSON object in a request's body. */
export async function readBody(context: Context): Promise<Record<string, unknown>> {
  const body: unknown = await context.req.json().catch(() => null);

  if (!isRecord(body)) {
    throw new HTTPException(400, { message: 'a JSON object is needed' });
  }

  return body;
}

function requestRoutes(api: Hono, simulation: Simulation): void {
  api.get('/requests', (context) => {
    const path = new RegExp(context.req.query('path') ?? '');

    return context.json(simulation.world.controls.requests().filter((request) => path.test(request.path)));
  });
  api.delete('/requests', (context) => {
    simulation.world.controls.forgetRequests();

    return context.body(null, 204);
  });
}

function faultRoutes(api: Hono, simulation: Simulation): void {
  api.get('/faults', (context) => context.json(simulation.world.controls.listFaults()));
  api.post('/faults', async(context) => {
    const body = await readBody(context);

    if (typeof body.path !== 'string') {
      throw new HTTPException(400, { message: 'path, a regular expression, is needed' });
    }

    return context.json(simulation.world.controls.addFault(body as unknown as Omit<Fault, 'id'>), 201);
  });
  api.delete('/faults/:id?', (context) => {
    const id = context.req.param('id');

    if (id === undefined) {
      simulation.world.controls.clearFaults();
    } else if (!simulation.world.controls.removeFault(Number(id))) {
      throw new HTTPException(404, { message: `no fault ${ id }` });
    }

    return context.body(null, 204);
  });
}

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
  api.get('/websockets', (context) => context.json({ open: sockets.count }));
  api.post('/websockets/drop', (context) => context.json({ dropped: sockets.drop() }));
}

/** `/__simulator/…`: what tests steer the simulator by. No login is needed; README.md lists the endpoints. */
export function controlApi(simulation: Simulation, sockets: Sockets): Hono {
  const api = new Hono().basePath('/__simulator');

  api.onError((error, context) => {
    const status = error instanceof HTTPException ? error.status : error instanceof ApiError ? error.code : error instanceof NotSimulated ? 422 : 400;

    return context.json({ error: error.message }, status as 400);
  });
  requestRoutes(api, simulation);
  faultRoutes(api, simulation);
  worldRoutes(api, simulation, sockets);
  machineRoutes(api, simulation);
  podRoutes(api, simulation);

  return api;
}
