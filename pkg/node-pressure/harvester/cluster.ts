const HARVESTER = 'harvester';

/** management.cattle.io/v3 Cluster, as far as it tells what kind of cluster it is. */
export interface Cluster {
  readonly metadata?: { readonly labels?: Readonly<Record<string, string>> };
  readonly status?: { readonly provider?: string };
}

/** Whether Rancher knows the cluster as a Harvester one: by its label or by the provider that it detected. */
export function isHarvesterCluster(cluster: Cluster | undefined): boolean {
  return cluster?.metadata?.labels?.['provider.cattle.io'] === HARVESTER || cluster?.status?.provider === HARVESTER;
}
