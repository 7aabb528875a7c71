import { parse as parseYaml } from 'yaml';
import type { User } from './access/users';
import type { LoggedRequest } from './control/controls';
import { kubernetes, statusBody } from './k8s/router';
import { PUBLIC_SETTINGS } from './objects/rancher';
import { dashboardResponse, fileResponse } from './rancher/files';
import { pluginFile } from './rancher/extensions';
import type { Extension } from './rancher/extensions';
import { UNAUTHORIZED, rancher } from './rancher/front';
import type { ApiRequest, Reply } from './request';
import { isClusterPath, targetOf } from './routing';
import type { Simulation } from './simulation';
import { checkCsrf } from './steve/csrf';
import { errorBody, steve } from './steve/router';
import { ApiError } from './store/errors';
import { LOCAL_CLUSTER } from './world';
import type { World } from './world';

export interface HandlerOptions { simulation: Simulation; dashboardDir?: string; extensions: readonly Extension[] }

/** What can be read before login: some of Rancher's settings. */
const ANONYMOUS: User = {
  name: 'system:unauthenticated', password: '', displayName: '', about: '',
  grants: [{ cluster: LOCAL_CLUSTER, rules: [{ apiGroups: ['management.cattle.io'], resources: ['settings'], verbs: ['get', 'list'], resourceNames: [...PUBLIC_SETTINGS] }] }],
};

async function decodeBody(request: Request): Promise<unknown> {
  const text = await request.text();

  if (text === '') {
    return undefined;
  }
  try {
    return (request.headers.get('content-type') ?? '').includes('yaml') ? parseYaml(text) : JSON.parse(text) as unknown;
  } catch (error) {
    throw new ApiError(422, 'InvalidBodyContent', `Failed to parse body: ${ error instanceof Error ? error.message : String(error) }`);
  }
}

/** A request's body can be read once; whoever asks again gets the same. */
function once<T>(make: () => T): () => T {
  let made: { value: T } | undefined;

  return () => (made ??= { value: make() }).value;
}

function send({ status, body, headers = {} }: Reply): Response {
  const text = body === undefined ? null : typeof body === 'string' ? body : JSON.stringify(body);
  const type: Record<string, string> = text === null ? {} : { 'content-type': typeof body === 'string' ? 'text/plain' : 'application/json' };

  return new Response(status === 204 ? null : text ?? '', { status, headers: { ...type, ...headers } });
}

/** The request as a cluster's API gets it; undefined for a cluster that Rancher does not have. */
export function apiRequest(world: World, request: Request, user: User): ApiRequest | undefined {
  const url = new URL(request.url);
  const target = targetOf(url.pathname, LOCAL_CLUSTER);
  const cluster = world.clusters.get(target.clusterId);
  const { headers } = request;
  const host = headers.get('x-api-host') ?? headers.get('x-forwarded-host') ?? url.host;

  return cluster && {
    method: url.searchParams.get('_method')?.toUpperCase() ?? request.method, path: target.path, query: url.searchParams, headers, body: once(() => decodeBody(request)),
    cluster, user, base: `${ headers.get('x-forwarded-proto') ?? url.protocol.replace(':', '') }://${ host }${ headers.get('x-api-url-prefix') ?? target.prefix }`, sql: target.sql,
  };
}

async function clusterReply(api: ApiRequest): Promise<Reply> {
  const isSteve = /^\/v1(\/|$)/.test(api.path);

  try {
    const csrf = isSteve ? checkCsrf(api.method, api.headers, api.query) : undefined;
    const reply = await (isSteve ? steve(api) : kubernetes(api));

    return csrf ? { ...reply, headers: { ...reply.headers, 'set-cookie': csrf } } : reply;
  } catch (error) {
    if (!(error instanceof ApiError)) {
      throw error;
    }

    return { status: error.code, body: isSteve ? errorBody(error) : statusBody(error) };
  }
}

/** Files: the Dashboard, its icon and the extensions. */
async function fileReply({ dashboardDir, extensions }: HandlerOptions, path: string, request: Request, user: User | undefined): Promise<Response | undefined> {
  const plugin = pluginFile(extensions, path);

  if (plugin) {
    return user ? await fileResponse(plugin.folder, plugin.file) ?? new Response('', { status: 404 }) : send(UNAUTHORIZED);
  }
  if (path === '/') {
    return new Response(null, { status: 302, headers: { location: '/dashboard/' } });
  }
  if (!dashboardDir) {
    return undefined;
  }

  return /^\/dashboard(\/|$)/.test(path) ? await dashboardResponse(dashboardDir, path, request.headers.get('accept') ?? '') : /^\/favicon\.\w+$/.test(path) ? await fileResponse(dashboardDir, path.slice(1)) : undefined;
}

async function route(options: HandlerOptions, request: Request, user: User | undefined): Promise<Response> {
  const { simulation: { world }, extensions } = options;
  const url = new URL(request.url);
  const { path } = targetOf(url.pathname, LOCAL_CLUSTER);
  const file = request.method === 'GET' ? await fileReply(options, url.pathname, request, user) : undefined;

  if (file) {
    return file;
  }
  const reply = await rancher(world, { method: request.method, path: url.pathname, headers: request.headers, origin: url.origin, body: () => decodeBody(request), user }, extensions);

  if (reply) {
    return send(reply);
  }
  if (!isClusterPath(path)) {
    return new Response('404 page not found\n', { status: 404 });
  }
  const isPublic = /^\/v1\/management\.cattle\.io\.settings?(\/|$)/.test(url.pathname) && request.method === 'GET';
  const api = user || isPublic ? apiRequest(world, request, user ?? ANONYMOUS) : undefined;

  return send(user || isPublic ? api ? await clusterReply(api) : { status: 404, body: { type: 'error', status: '404', message: 'cluster not found' } } : UNAUTHORIZED);
}

/** A mistake in the simulator itself: said on its standard error, and never taken for an answer of Steve's. */
function broken(error: unknown): Response {
  console.error(error);

  return new Response('the simulator failed\n', { status: 500 });
}

/** Answers every HTTP request but those to the controls. */
export async function handle(options: HandlerOptions, request: Request): Promise<Response> {
  const { world } = options.simulation;
  const user = world.sessions.user(request.headers);
  const { pathname, search } = new URL(request.url);
  const logged: LoggedRequest = { method: request.method, path: pathname, query: search, user: user?.name ?? '', status: 0, at: world.clock.now() };
  const fault = world.controls.takeFault(request.method, pathname);

  world.controls.record(logged);
  if (fault) {
    await world.controls.delay(fault);
  }
  const response = fault?.status ? send({ status: fault.status, body: fault.body ?? statusBody(new ApiError(fault.status, 'InternalError', 'made to fail by the simulator')) }) : await route(options, request, user).catch(broken);

  response.headers.set('x-api-cattle-auth', user ? 'true' : 'false');
  logged.status = response.status;

  return response;
}
