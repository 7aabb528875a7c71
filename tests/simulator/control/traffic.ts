import type { Context, Hono } from 'hono';
import { HTTPException } from 'hono/http-exception';
import { isRecord } from '../store/objects';
import type { Controls, Fault } from './controls';

/** The JSON object in a request's body. */
export async function readBody(context: Context): Promise<Record<string, unknown>> {
  const body: unknown = await context.req.json().catch(() => null);

  if (!isRecord(body)) {
    throw new HTTPException(400, { message: 'a JSON object is needed' });
  }

  return body;
}

/** The log of requests. */
export function requestRoutes(api: Hono, controls: () => Controls): void {
  api.get('/requests', (context) => {
    const path = new RegExp(context.req.query('path') ?? '');

    return context.json(controls().requests().filter((request) => path.test(request.path)));
  });
  api.delete('/requests', (context) => {
    controls().forgetRequests();

    return context.body(null, 204);
  });
}

/** What makes requests slow or fail. */
export function faultRoutes(api: Hono, controls: () => Controls): void {
  api.get('/faults', (context) => context.json(controls().listFaults()));
  api.post('/faults', async(context) => {
    const body = await readBody(context);

    if (typeof body.path !== 'string') {
      throw new HTTPException(400, { message: 'path, a regular expression, is needed' });
    }

    return context.json(controls().addFault(body as unknown as Omit<Fault, 'id'>), 201);
  });
  api.delete('/faults/:id?', (context) => {
    const id = context.req.param('id');

    if (id === undefined) {
      controls().clearFaults();
    } else if (!controls().removeFault(Number(id))) {
      throw new HTTPException(404, { message: `no fault ${ id }` });
    }

    return context.body(null, 204);
  });
}
