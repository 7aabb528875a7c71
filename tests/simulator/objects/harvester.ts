import type { Cluster } from '../cluster';
import { addDeployment } from './deployments';

/** Harvester's settings that the product, its stand-in or Harvester's own UI read: name to default. */
const SETTINGS: Readonly<Record<string, string>> = {
  'additional-guest-memory-overhead-ratio': '1.5',
  'auto-rotate-rke2-certs': '{"enable":false,"expiringInHours":240}',
  'default-vm-termination-grace-period-seconds': '120',
  'instance-manager-resources': '{"cpu":{"v1":"12","v2":"12"}}',
  'kubevirt-migration':
    '{"parallelOutboundMigrationsPerNode":2,"parallelMigrationsPerCluster":5,"allowAutoConverge":false,"bandwidthPerMigration":0,"completionTimeoutPerGiB":150,"progressTimeout":150,"unsafeMigrationOverride":false,"allowPostCopy":false,"allowWorkloadDisruption":false,"disableTLS":false,"matchSELinuxLevelOnMigration":false}',
  'max-hotplug-ratio': '4',
  'overcommit-config': '{"cpu":1000,"memory":150,"storage":100}',
  'rancher-manager-support': 'false',
  'vm-force-reset-policy': '{"enable":true,"period":15,"vmMigrationTimeout":180}',
};

/** What every Harvester cluster has besides nodes and workloads. */
export function addHarvesterObjects(cluster: Cluster, harvesterVersion: string, changed: Readonly<Record<string, string>> = {}): void {
  const { store, kinds } = cluster;

  for (const [name, fallback] of Object.entries({ ...SETTINGS, 'server-version': harvesterVersion })) {
    const value = changed[name] ?? (name === 'server-version' ? fallback : '');

    store.create(kinds.get('harvesterhci.io.setting'), {
      apiVersion: 'harvesterhci.io/v1beta1',
      kind: 'Setting',
      metadata: { name },
      value,
      default: name === 'server-version' ? '' : fallback,
      status: { conditions: [{ type: 'configured', status: 'True' }] },
    });
  }
  store.create(kinds.get('network.harvesterhci.io.clusternetwork'), {
    apiVersion: 'network.harvesterhci.io/v1beta1',
    kind: 'ClusterNetwork',
    metadata: { name: 'mgmt' },
    status: { conditions: [{ type: 'ready', status: 'True' }] },
  });
  store.create(kinds.get('kubevirt.io.kubevirt'), {
    apiVersion: 'kubevirt.io/v1',
    kind: 'KubeVirt',
    metadata: { name: 'kubevirt', namespace: 'harvester-system' },
    spec: { configuration: { additionalGuestMemoryOverheadRatio: '1.5', migrations: { parallelOutboundMigrationsPerNode: 2, parallelMigrationsPerCluster: 5 } } },
    status: { phase: 'Deployed', observedKubeVirtVersion: 'v1.8.4', targetKubeVirtVersion: 'v1.8.4', conditions: [{ type: 'Available', status: 'True', reason: 'AllComponentsReady' }] },
  });
  addDeployment(cluster, 'system-upgrade-controller');
}
