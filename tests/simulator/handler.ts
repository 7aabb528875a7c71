import type { User } from './access/users';
import { apiRequest, toResponse } from './http';
import { kubernetes, statusBody } from './k8s/router';
import type { ApiRequest, Reply } from './request';
import { checkCsrf } from './steve/csrf';
import { errorBody, steve } from './steve/router';
import { ApiError } from './store/errors';
import type { World } from './world';

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

/** Answers a request to the API of one of the simulated clusters. */
export async function handleCluster(world: World, request: Request, user: User): Promise<Response> {
  const api = apiRequest(world, request, user);

  return toResponse(api ? await clusterReply(api) : NO_CLUSTER);
}
