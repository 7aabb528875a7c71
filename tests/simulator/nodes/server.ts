import type { ApiRequest, Reply } from '../request';
import { ApiError } from '../store/errors';
import { configz } from './configz';
import { summary } from './summary';

/**
 * What the API server gets when it passes a request on to a node's kubelet (`nodes/<n>/proxy/…`).
 *
 * @throws ApiError 404 for an unknown node, 503 when nothing listens on its port
 */
export function kubeletServer({ cluster }: ApiRequest, nodeName: string, path: string): Reply {
  const machine = cluster.fleet.machines.get(nodeName);

  if (!machine) {
    throw new ApiError(404, 'NotFound', `nodes "${ nodeName }" not found`, { name: nodeName, kind: 'nodes' });
  }
  if (!machine.kubelet) {
    throw new ApiError(503, 'ServiceUnavailable', `error trying to reach service: dial tcp ${ machine.address }:10250: connect: connection refused`);
  }
  switch (path.replace(/\/$/, '')) {
  case 'configz':
    return { status: 200, body: configz(machine.kubelet.configuration, machine.kubernetesVersion) };
  case 'stats/summary':
    return { status: 200, body: summary(cluster.fleet, machine) };
  case 'healthz':
    return { status: 200, body: 'ok' };
  default:
    return { status: 404, body: '404 page not found\n' };
  }
}
