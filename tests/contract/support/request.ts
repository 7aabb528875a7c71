import type { Request } from '../../../pkg/node-pressure/steve/request';
import { clusterPath } from '../../../pkg/node-pressure/steve/request';
import type { Client } from './client';

/** The cluster that the product believes to talk to; whose API it is says the client. */
export const CLUSTER = 'c-contract';

/** The Dashboard's store action `request` on a client: it rejects with the body of an error, the status beside it. */
export function requestOf(client: Client): Request {
  return async({ url, method, data, headers, signal }) => {
    signal.throwIfAborted();
    const { status, body } = await client.request(url.replace(clusterPath(CLUSTER), ''), { method: method.toUpperCase(), body: data, headers });

    if (status >= 400) {
      throw Object.assign(body, { _status: status });
    }

    return body;
  };
}
