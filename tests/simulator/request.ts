import type { Attributes } from './access/rules';
import { allows } from './access/rules';
import type { User } from './access/users';
import type { ResourceKind } from './kinds/kind';
import { forbidden } from './store/errors';
import type { Cluster } from './cluster';

/** One request to a cluster's API, whoever it came through. */
export interface ApiRequest {
  method: string;
  /** Below the cluster: `/v1/nodes`, `/api/v1/nodes/n`. */
  path: string;
  query: URLSearchParams;
  headers: Headers;
  /** The body, decoded from JSON or YAML; undefined when there is none. */
  body(): Promise<unknown>;
  cluster: Cluster;
  user: User;
  /** What every link of an answer starts with: origin and, for a downstream cluster, `/k8s/clusters/<id>`. */
  base: string;
  /** Steve with its SQL cache (Rancher's), or without (Harvester's, below `/v1/harvester`). */
  sql: boolean;
}

/** An answer to be sent as JSON. */
export interface Reply {
  status: number;
  body?: unknown;
  headers?: Record<string, string>;
}

/** Whether the user of a request may do something in its cluster. */
export function can(request: Pick<ApiRequest, 'user' | 'cluster'>, wanted: Attributes): boolean {
  return allows(request.user.grants, request.cluster.id, wanted);
}

/** @throws ApiError 403 in the RBAC authorizer's words. */
export function authorize(request: ApiRequest, kind: Pick<ResourceKind, 'group' | 'resource'>, verb: string, where: { subresource?: string; namespace?: string; name?: string } = {}): void {
  if (!can(request, { verb, group: kind.group, resource: kind.resource, ...where })) {
    throw forbidden(request.user.name, verb, kind, where);
  }
}
