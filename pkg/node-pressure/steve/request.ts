/** What we ask of the Dashboard's store action `request`. */
export interface RequestOptions {
  readonly url: string;
  readonly method: 'get' | 'post' | 'put' | 'patch' | 'delete';
  readonly signal: AbortSignal;
  /** A 401 of one request must not log the user out: the Dashboard's own requests decide that. */
  readonly redirectUnauthorized: false;
  /** The body, which becomes JSON. */
  readonly data?: unknown;
  readonly headers?: Readonly<Record<string, string>>;
}

/** Sends one request with the user's session; rejects with the server's error object or the client's exception. */
export type Request = (options: RequestOptions) => Promise<unknown>;

/** A cluster and the user's way to it. */
export interface ClusterAccess {
  readonly request: Request;
  readonly clusterId: string;
}

/** The prefix under which Rancher, and Harvester's own Rancher as `local`, pass requests to a cluster's API server. */
export function clusterPath(clusterId: string): string {
  return `/k8s/clusters/${ encodeURIComponent(clusterId) }`;
}
