import { Hono } from 'hono';
import type { Sockets } from '../sockets';
import type { World } from '../world';

/** `/__simulator/…`: what tests steer the simulator by. No login is needed. */
export function controlApi(world: World, sockets: Sockets): Hono {
  const api = new Hono().basePath('/__simulator');

  api.get('/requests', (context) => context.json(world.controls.requests()));
  api.delete('/requests', (context) => {
    world.controls.forgetRequests();

    return context.body(null, 204);
  });
  api.post('/websockets/drop', (context) => context.json({ dropped: sockets.drop() }));

  return api;
}
