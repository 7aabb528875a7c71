import { parse as parseYaml } from 'yaml';
import type { User } from './access/users';
import type { ApiRequest, Reply } from './request';
import { targetOf } from './routing';
import { ApiError } from './store/errors';
import { LOCAL_CLUSTER } from './world';
import type { World } from './world';

/** @throws ApiError 422 for a body that is neither JSON nor, if it says so, YAML */
export async function decodeBody(request: Request): Promise<unknown> {
  const text = await request.text();

  if (text === '') {
    return undefined;
  }
  try {
    return (request.headers.get('content-type') ?? '').includes('yaml') ? parseYaml(text) : (JSON.parse(text) as unknown);
  } catch (error) {
    throw new ApiError(422, 'InvalidBodyContent', `Failed to parse body: ${ error instanceof Error ? error.message : String(error) }`);
  }
}

/** A request's body can be read once; whoever asks again gets the same. */
function once<T>(make: () => T): () => T {
  let made: { value: T } | undefined;

  return () => (made ??= { value: make() }).value;
}

/** A reply as an HTTP answer: text as it is, everything else as JSON. */
export function toResponse({ status, body, headers = {} }: Reply): Response {
  if (body === undefined || status === 204) {
    return new Response(status === 204 ? null : '', { status, headers });
  }
  const isText = typeof body === 'string';

  return new Response(isText ? body : JSON.stringify(body), { status, headers: { 'content-type': isText ? 'text/plain' : 'application/json', ...headers } });
}

/** What links start with: the address that the client used, whatever proxies stand between. */
function baseOf({ headers }: Request, url: URL, prefix: string): string {
  const protocol = headers.get('x-forwarded-proto') ?? url.protocol.replace(':', '');
  const host = headers.get('x-api-host') ?? headers.get('x-forwarded-host') ?? url.host;

  return `${ protocol }://${ host }${ headers.get('x-api-url-prefix') ?? prefix }`;
}

/** The request as a cluster's API gets it; undefined for a cluster that Rancher does not have. */
export function apiRequest(world: World, request: Request, user: User): ApiRequest | undefined {
  const url = new URL(request.url);
  const { clusterId, path, prefix, sql } = targetOf(url.pathname, LOCAL_CLUSTER);
  const cluster = world.clusters.get(clusterId);
  const method = url.searchParams.get('_method')?.toUpperCase() ?? request.method;

  return (
    cluster && {
      method,
      path,
      sql,
      cluster,
      user,
      query: url.searchParams,
      headers: request.headers,
      body: once(() => decodeBody(request)),
      base: baseOf(request, url, prefix),
    }
  );
}
