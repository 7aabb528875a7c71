import type { User } from '../access/users';
import { RANCHER_VERSION } from '../objects/rancher';
import type { Reply } from '../request';
import { isRecord } from '../store/objects';
import { pluginIndex } from './extensions';
import type { Extension } from './extensions';
import { preferences } from './preferences';
import { SESSION_COOKIE } from './sessions';
import type { RancherState } from './state';

/** A request to Rancher's own endpoints. */
export interface FrontRequest {
  method: string;
  path: string;
  headers: Headers;
  origin: string;
  body(): Promise<unknown>;
  /** Undefined before login. */
  user: User | undefined;
}

/** Rancher's authentication layer; its status is text. */
export const UNAUTHORIZED: Reply = { status: 401, body: { type: 'error', status: '401', message: 'must authenticate' } };

const normanCollection = (origin: string, path: string, resourceType: string, data: unknown[]): Reply => ({
  status: 200,
  body: {
    type: 'collection',
    resourceType,
    links: { self: origin + path },
    pagination: { limit: 1000, total: data.length },
    sort: { order: 'asc', reverse: `${ origin }${ path }?order=desc` },
    data,
  },
});

const provider = (origin: string): Record<string, unknown> => ({
  id: 'local',
  type: 'localProvider',
  baseType: 'authProvider',
  links: { self: `${ origin }/v1-public/authproviders/local` },
  actions: { login: `${ origin }/v1-public/login` },
});

const principal = (origin: string, { name, displayName }: User, me: boolean): Record<string, unknown> => ({
  id: `local://${ name }`,
  type: 'principal',
  baseType: 'principal',
  links: { self: `${ origin }/v3/principals/local%3A%2F%2F${ name }` },
  loginName: name,
  name: displayName,
  me,
  memberOf: false,
  principalType: 'user',
  provider: 'local',
});

async function login({ sessions }: RancherState, request: FrontRequest): Promise<Reply> {
  const body = await request.body();
  const token = isRecord(body) ? sessions.login(body.username, body.password) : undefined;

  if (!token) {
    return { status: 401, body: { type: 'error', baseType: 'error', code: 'Unauthorized', message: 'authentication failed', status: 401 } };
  }

  // Rancher marks its cookie Secure; over plain HTTP not every browser would keep it then
  return {
    status: 200,
    body: { type: 'token', baseType: 'token' },
    headers: { 'set-cookie': `${ SESSION_COOKIE }=${ token }; Path=/; HttpOnly; SameSite=Lax` },
  };
}

function logout({ sessions }: RancherState, { headers }: FrontRequest): Reply {
  sessions.logout(sessions.token(headers));

  return { status: 200, body: { type: 'collection', data: [] }, headers: { 'set-cookie': `${ SESSION_COOKIE }=; Path=/; HttpOnly; Max-Age=0` } };
}

/** What Rancher answers that no cluster's API does; undefined when the path is not Rancher's own. */
export async function rancher(state: RancherState, request: FrontRequest, extensions: readonly Extension[]): Promise<Reply | undefined> {
  const { method, origin, user } = request;
  const path = request.path.replace(/\/+$/, '');

  switch (`${ method } ${ path }`) {
  // Only a Prime Dashboard can be told not to fetch announcements from Rancher's makers (setting ui-content-enabled)
  case 'GET /rancherversion':
    return { status: 200, body: { Version: RANCHER_VERSION, GitCommit: 'simulator', RancherPrime: 'true' } };
  case 'GET /v1-public/authproviders':
    return normanCollection(origin, path, 'authProvider', [provider(origin)]);
  case 'POST /v1-public/login':
    return await login(state, request);
  case 'POST /v1/logout':
    return logout(state, request);
    // Before login only extensions marked noAuth are listed, and none is
  case 'GET /v1/uiplugins':
    return pluginIndex(user ? extensions : []);
  }
  if (!/^\/v3(\/|$)|^\/v1\/(ext\.cattle\.io\.selfusers?|userpreferences?)(\/|$)/.test(path)) {
    return undefined;
  }
  if (!user) {
    return UNAUTHORIZED;
  }
  if (/^\/v1\/userpreference/.test(path)) {
    return await preferences(state, request, user);
  }
  switch (`${ method } ${ path }`) {
  case 'POST /v1/ext.cattle.io.selfuser':
  case 'POST /v1/ext.cattle.io.selfusers':
    return {
      status: 201,
      body: {
        type: 'ext.cattle.io.selfuser',
        links: {},
        apiVersion: 'ext.cattle.io/v1',
        kind: 'SelfUser',
        metadata: { creationTimestamp: null },
        status: { userID: user.name },
      },
    };
  case 'GET /v3/principals':
    return normanCollection(origin, path, 'principal', [principal(origin, user, true)]);
  case 'GET /v3/schemas':
    return normanCollection(origin, path, 'schema', []);
  default:
    return { status: 404, body: { type: 'error', baseType: 'error', code: 'NotFound', message: '', status: 404 } };
  }
}
