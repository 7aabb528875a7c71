import type { User } from '../access/users';
import type { Fault, LoggedRequest } from '../control/controls';
import { decodeBody, toResponse } from '../http';
import { statusBody } from '../k8s/router';
import { PUBLIC_SETTINGS } from '../objects/rancher';
import { isClusterPath, targetOf } from '../routing';
import { ApiError } from '../store/errors';
import { LOCAL_CLUSTER } from '../world';
import { siteResponse } from './files';
import type { Site } from './files';
import { UNAUTHORIZED, rancher } from './front';
import type { RancherState } from './state';

/** What can be read before login: some of Rancher's settings. */
export const ANONYMOUS: User = {
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

/** A Rancher: what it keeps, what it serves, and the clusters behind it. */
export interface RancherServer extends Site {
  /** Looked at anew by every request: a scenario may have been exchanged. */
  state(): RancherState;
  /** Answers a request to a cluster's API. */
  cluster(request: Request, user: User): Promise<Response>;
}

async function route(server: RancherServer, request: Request, user: User | undefined): Promise<Response> {
  const { method, headers } = request;
  const { pathname, origin } = new URL(request.url);
  const file = method === 'GET' ? await siteResponse(server, pathname, headers.get('accept') ?? '', user !== undefined) : undefined;

  if (file) {
    return file;
  }
  const reply = await rancher(server.state(), { method, path: pathname, headers, origin, body: () => decodeBody(request), user }, server.extensions);

  if (reply) {
    return toResponse(reply);
  }
  if (!isClusterPath(targetOf(pathname, LOCAL_CLUSTER).path)) {
    return new Response('404 page not found\n', { status: 404 });
  }
  const visitor = user ?? (method === 'GET' && PUBLIC.test(pathname) ? ANONYMOUS : undefined);

  return visitor ? await server.cluster(request, visitor) : toResponse(UNAUTHORIZED);
}

/** A mistake in the server itself: said on its standard error, and never taken for an answer of Steve's. */
function broken(error: unknown): Response {
  console.error(error);

  return new Response('the test server failed\n', { status: 500 });
}

/** The answer that a fault gives instead of the cluster's. */
function faultResponse({ status = 500, body }: Fault): Response {
  return toResponse({ status, body: body ?? statusBody(new ApiError(status, 'InternalError', 'made to fail by the test server')) });
}

/** Answers every HTTP request but those to the controls. */
export async function handle(server: RancherServer, request: Request): Promise<Response> {
  const { method, headers, url } = request;
  const { pathname: path, search: query } = new URL(url);
  const { controls, clock, sessions } = server.state();
  const user = sessions.user(headers);
  const logged: LoggedRequest = { method, path, query, user: user?.name ?? '', status: 0, at: clock.now() };
  const fault = controls.takeFault(method, path);

  controls.record(logged);
  if (fault) {
    await controls.delay(fault);
  }
  const response = fault?.status ? faultResponse(fault) : await route(server, request, user).catch(broken);

  response.headers.set('x-api-cattle-auth', user ? 'true' : 'false');
  logged.status = response.status;

  return response;
}
