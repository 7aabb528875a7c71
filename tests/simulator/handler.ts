import type { User } from './access/users';
import type { Fault, LoggedRequest } from './control/controls';
import { apiRequest, decodeBody, toResponse } from './http';
import { kubernetes, statusBody } from './k8s/router';
import { PUBLIC_SETTINGS } from './objects/rancher';
import { siteResponse } from './rancher/files';
import type { Site } from './rancher/files';
import { UNAUTHORIZED, rancher } from './rancher/front';
import type { ApiRequest, Reply } from './request';
import { isClusterPath, targetOf } from './routing';
import type { Simulation } from './simulation';
import { checkCsrf } from './steve/csrf';
import { errorBody, steve } from './steve/router';
import { ApiError } from './store/errors';
import { LOCAL_CLUSTER } from './world';

export interface HandlerOptions extends Site {
  simulation: Simulation;
}

/** What can be read before login: some of Rancher's settings. */
const ANONYMOUS: User = {
  name: 'system:unauthenticated',
  password: '',
  displayName: '',
  about: '',
  grants: [
    {
      cluster: LOCAL_CLUSTER,
      rules: [{ apiGroups: ['management.cattle.io'], resources: ['settings'], verbs: ['get', 'list'], resourceNames: [...PUBLIC_SETTINGS] }],
    },
  ],
};
const PUBLIC = /^\/v1\/management\.cattle\.io\.settings?(\/|$)/;

const NO_CLUSTER: Reply = { status: 404, body: { type: 'error', status: '404', message: 'cluster not found' } };

async function clusterReply(api: ApiRequest): Promise<Reply> {
  const isSteve = /^\/v1(\/|$)/.test(api.path);

  try {
    const csrf = isSteve ? checkCsrf(api.method, api.headers, api.query) : undefined;
    const reply = await (isSteve ? steve(api) : kubernetes(api));
    const added = { ...(isSteve ? { 'x-api-schemas': `${ api.base }/v1/schemas` } : {}), ...(csrf ? { 'set-cookie': csrf } : {}) };

    return { ...reply, headers: { ...reply.headers, ...added } };
  } catch (error) {
    if (!(error instanceof ApiError)) {
      throw error;
    }

    return { status: error.code, body: isSteve ? errorBody(error) : statusBody(error) };
  }
}

async function route(options: HandlerOptions, request: Request, user: User | undefined): Promise<Response> {
  const { world } = options.simulation;
  const { method, headers } = request;
  const { pathname, origin } = new URL(request.url);
  const file = method === 'GET' ? await siteResponse(options, pathname, headers.get('accept') ?? '', user !== undefined) : undefined;

  if (file) {
    return file;
  }
  const reply = await rancher(world, { method, path: pathname, headers, origin, body: () => decodeBody(request), user }, options.extensions);

  if (reply) {
    return toResponse(reply);
  }
  if (!isClusterPath(targetOf(pathname, LOCAL_CLUSTER).path)) {
    return new Response('404 page not found\n', { status: 404 });
  }
  const visitor = user ?? (method === 'GET' && PUBLIC.test(pathname) ? ANONYMOUS : undefined);

  if (!visitor) {
    return toResponse(UNAUTHORIZED);
  }
  const api = apiRequest(world, request, visitor);

  return toResponse(api ? await clusterReply(api) : NO_CLUSTER);
}

/** A mistake in the simulator itself: said on its standard error, and never taken for an answer of Steve's. */
function broken(error: unknown): Response {
  console.error(error);

  return new Response('the simulator failed\n', { status: 500 });
}

/** The answer that a fault gives instead of the simulator's. */
function faultResponse({ status = 500, body }: Fault): Response {
  return toResponse({ status, body: body ?? statusBody(new ApiError(status, 'InternalError', 'made to fail by the simulator')) });
}

/** Answers every HTTP request but those to the controls. */
export async function handle(options: HandlerOptions, request: Request): Promise<Response> {
  const { method, headers, url } = request;
  const { pathname: path, search: query } = new URL(url);
  const { controls, clock, sessions } = options.simulation.world;
  const user = sessions.user(headers);
  const logged: LoggedRequest = { method, path, query, user: user?.name ?? '', status: 0, at: clock.now() };
  const fault = controls.takeFault(method, path);

  controls.record(logged);
  if (fault) {
    await controls.delay(fault);
  }
  const response = fault?.status ? faultResponse(fault) : await route(options, request, user).catch(broken);

  response.headers.set('x-api-cattle-auth', user ? 'true' : 'false');
  logged.status = response.status;

  return response;
}
