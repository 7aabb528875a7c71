import type { Attributes } from './access/rules';
import { allows } from './access/rules';
import type { User } from './access/users';
import type { ResourceKind } from './kinds/kind';
import { forbidden } from './store/errors';
import type { ObjectMeta } from './store/objects';
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
  /** Rancher's Steve, with its SQL cache; else Harvester's, which is older, without, below `/v1/harvester`. */
  sql: boolean;
}

/** An answer to be sent as JSON. */
export interface Reply {
  status: number;
  body?: unknown;
  headers?: Record<string, string>;
}

/** What exactly of a kind is asked for; what is absent is not narrowed. */
export type Where = Pick<Attributes, 'subresource' | 'namespace' | 'name'>;

type Asker = Pick<ApiRequest, 'user' | 'cluster'>;

/** Whether the user of a request may do something in its cluster. */
export function may({ user, cluster }: Asker, verb: string, { group, resource }: Pick<ResourceKind, 'group' | 'resource'>, where: Where = {}): boolean {
  return allows(user.grants, cluster.id, { verb, group, resource, ...where });
}

/** Whether the user may see an object, be it only by its name. */
export function maySee(request: Asker, kind: ResourceKind, { namespace, name }: ObjectMeta): boolean {
  return ['list', 'watch', 'get'].some((verb) => may(request, verb, kind, { namespace, name }));
}

/** @throws ApiError 403 in the RBAC authorizer's words. */
export function authorize(request: ApiRequest, kind: Pick<ResourceKind, 'group' | 'resource'>, verb: string, where: Where = {}): void {
  if (!may(request, verb, kind, where)) {
    throw forbidden(request.user.name, verb, kind, where);
  }
}
