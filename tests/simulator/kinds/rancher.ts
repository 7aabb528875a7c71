import { AGE, NAME, column } from './columns';
import { custom } from './harvester';
import type { ResourceKind } from './kind';

const CLUSTER_SCOPED = { namespaced: false } as const;
/** On most of Rancher's management types Steve only reads. */
const READ_ONLY = { disallow: ['PUT', 'PATCH', 'DELETE', 'POST'] } as const;
/** Settings and features can be changed, never made or removed. */
const EDITABLE = { disallow: ['PATCH', 'DELETE', 'POST'] } as const;

/** What Rancher's management cluster serves besides Kubernetes' own kinds. */
export const RANCHER_KINDS: readonly ResourceKind[] = [
  custom('management.cattle.io/v3', 'Cluster', 'clusters', {
    ...CLUSTER_SCOPED,
    ...READ_ONLY,
    indexed: [
      'spec.internal',
      'spec.displayName',
      'status.provider',
      'status.connected',
      'status.driver',
      'status.info.machineProvider',
      'status.info.kubernetesVersion',
      'spec.fleetWorkspaceName',
    ],
  }),
  custom('management.cattle.io/v3', 'Setting', 'settings', {
    ...CLUSTER_SCOPED,
    ...EDITABLE,
    statusSubresource: false,
    columns: [NAME, column('Value', 'value'), AGE],
  }),
  custom('management.cattle.io/v3', 'Feature', 'features', {
    ...CLUSTER_SCOPED,
    ...EDITABLE,
    // Rancher itself writes `status` with a plain update
    statusSubresource: false,
    columns: [NAME, column('Value', 'spec.value'), AGE],
  }),
  custom('management.cattle.io/v3', 'User', 'users', { ...CLUSTER_SCOPED, ...READ_ONLY }),
  custom('management.cattle.io/v3', 'AuthConfig', 'authconfigs', { ...CLUSTER_SCOPED, ...READ_ONLY }),
  custom('management.cattle.io/v3', 'Project', 'projects', READ_ONLY),
  custom('provisioning.cattle.io/v1', 'Cluster', 'clusters', { indexed: ['status.provider', 'status.clusterName'] }),
  custom('catalog.cattle.io/v1', 'UIPlugin', 'uiplugins'),
  custom('catalog.cattle.io/v1', 'ClusterRepo', 'clusterrepos', CLUSTER_SCOPED),
  custom('catalog.cattle.io/v1', 'App', 'apps'),
  custom('catalog.cattle.io/v1', 'Operation', 'operations'),
  custom('ui.cattle.io/v1', 'NavLink', 'navlinks', CLUSTER_SCOPED),
];
