/** Where a request goes inside the simulator. */
export interface Target {
  clusterId: string;
  /** `/k8s/clusters/<id>`, or nothing for Rancher's own cluster. */
  prefix: string;
  /** Below the cluster; Harvester's alias is resolved. */
  path: string;
  /** Harvester's Steve has no SQL cache. */
  sql: boolean;
}

/** Rancher's view of its own cluster: `/k8s/clusters/local/…` is the same as `/…`. */
export function targetOf(path: string, localCluster: string): Target {
  const [, id, rest] = /^\/k8s\/clusters\/([^/]+)(\/.*)?$/.exec(path) ?? [];
  const below = id === undefined ? path : rest ?? '/';
  const harvester = /^\/v1\/harvester(\/.*)?$/.exec(below);
  const clusterId = id ?? localCluster;

  return {
    clusterId,
    prefix: clusterId === localCluster ? '' : `/k8s/clusters/${ clusterId }`,
    path: harvester ? `/v1${ harvester[1] ?? '' }` : below,
    sql: !harvester,
  };
}

/** Paths that a cluster's API serves. */
export function isClusterPath(path: string): boolean {
  return /^\/(v1|api|apis|version|openapi)(\/|$)/.test(path);
}
