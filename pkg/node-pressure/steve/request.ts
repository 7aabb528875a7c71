/** What a read asks of the Dashboard's store action `request`. */
export interface RequestOptions {
  readonly url: string;
  readonly method: 'get';
  readonly signal: AbortSignal;
  /** A 401 of one read must not log the user out: the Dashboard's own requests decide that. */
  readonly redirectUnauthorized: false;
}

/** Sends one request with the user's session; rejects with the server's error object or the client's exception. */
export type Request = (options: RequestOptions) => Promise<unknown>;

/** The prefix under which Rancher, and Harvester's own Rancher as `local`, pass requests to a cluster's API server. */
export function clusterPath(clusterId: string): string {
  return `/k8s/clusters/${ encodeURIComponent(clusterId) }`;
}
