import type { Cluster } from '../cluster';
import { parseQuantity } from '../../../pkg/node-pressure/kubelet/quantity';
import { USERS } from '../access/users';
import type { QuotaPlan } from '../scenarios/plan';
import type { KubeObject } from '../store/objects';
import { capacityStatus } from './capacity';

/** Version that the simulated Rancher claims: the one that the shell of the package was made for. */
export const RANCHER_VERSION = 'v2.15.0';

/** The Dashboard's own defaults in full: Harvester's pages read members of it without asking whether they are there. */
const UI_PERFORMANCE = {
  inactivity: { enabled: false, threshold: 900 },
  incrementalLoading: { enabled: true, threshold: 1500 },
  manualRefresh: { enabled: false, threshold: 1500 },
  disableWebsocketNotification: true,
  garbageCollection: { enabled: false, enabledInterval: true, interval: 300, enabledOnNavigate: true, ageThreshold: 120, countThreshold: 500 },
  forceNsFilterV2: { enabled: false },
  advancedWorker: { enabled: false },
  kubeAPI: { warningHeader: { separator: '299 - ', notificationBlockList: ['299 - unknown field'] } },
  serverPagination: { useDefaultStores: true, resourceChangesDebounceMs: 4000 },
};

const SETTINGS: Readonly<Record<string, string>> = {
  'auth-user-session-idle-ttl-minutes': '960',
  'auth-user-session-ttl-minutes': '960',
  cacerts: '',
  'cli-url-linux': '',
  'eula-agreed': '2026-08-21T12:00:00Z',
  'first-login': 'false',
  'has-support': 'false',
  'hide-local-cluster': 'false',
  'password-min-length': '12',
  'server-url': 'http://127.0.0.1',
  'server-version': RANCHER_VERSION,
  'system-namespaces': 'cattle-system,kube-system,kube-public,fleet-local,cattle-fleet-system',
  'ui-banners': '{"loginError":{"showMessage":"false","message":""}}',
  'ui-brand': '',
  'ui-community-links': 'false',
  // Announcements would be fetched from another host
  'ui-content-enabled': 'false',
  'ui-content-endpoint': '',
  'ui-favicon': '',
  'ui-issues': '',
  'ui-offline-preferred': 'true',
  'ui-performance': JSON.stringify(UI_PERFORMANCE),
  'ui-pl': 'rancher',
  'ui-primary-color': '',
  'ui-theme': '',
  'ui-custom-links': '{}',
};

/** Settings that can be read before login. */
export const PUBLIC_SETTINGS: ReadonlySet<string> = new Set([
  'cacerts',
  'eula-agreed',
  'first-login',
  'server-version',
  'ui-banners',
  'ui-brand',
  'ui-community-links',
  'ui-favicon',
  'ui-issues',
  'ui-performance',
  'ui-pl',
  'ui-primary-color',
  'ui-theme',
]);

const FEATURES: Readonly<Record<string, { description: string; default: boolean }>> = {
  'cluster-autoscaling': { description: 'Cluster autoscaling', default: false },
  'continuous-delivery': { description: 'Gitops components in fleet', default: false },
  harvester: { description: 'Enable Harvester integration', default: true },
  'multi-cluster-management': { description: 'Multi-cluster provisioning and management of Kubernetes clusters.', default: true },
  rke2: { description: 'Enable provisioning of RKE2', default: true },
  'ui-sql-cache': { description: 'Enable UI Server-Side Pagination', default: true },
  uiextension: { description: 'Enable UI Extensions when starting Rancher', default: true },
};

const v3 = (
  kind: string,
  name: string,
  rest: Omit<Partial<KubeObject>, 'metadata'> & { metadata?: Partial<KubeObject['metadata']> },
): KubeObject => ({ apiVersion: 'management.cattle.io/v3', kind, ...rest, metadata: { ...rest.metadata, name } });

function feature(name: string, description: string, fallback: boolean, value: boolean | null): KubeObject {
  return v3('Feature', name, { spec: { value }, status: { default: fallback, description, dynamic: true, lockedValue: null } });
}

/** Rancher's settings, features and users. */
export function addRancherObjects({ store, kinds }: Cluster, containerWorkload: boolean | null): void {
  for (const [name, value] of Object.entries(SETTINGS)) {
    store.create(kinds.get('management.cattle.io.setting'), v3('Setting', name, { value, default: value, customized: false, source: '' }));
  }
  for (const [name, { description, default: fallback }] of Object.entries(FEATURES)) {
    store.create(kinds.get('management.cattle.io.feature'), feature(name, description, fallback, null));
  }
  store.create(
    kinds.get('management.cattle.io.feature'),
    feature('harvester-baremetal-container-workload', 'Deploy container workloads to underlying harvester cluster', false, containerWorkload),
  );
  for (const { name, displayName } of USERS) {
    store.create(
      kinds.get('management.cattle.io.user'),
      v3('User', name, { username: name, displayName, enabled: true, mustChangePassword: false, principalIds: [`local://${ name }`] }),
    );
  }
  store.create(
    kinds.get('management.cattle.io.authconfig'),
    v3('AuthConfig', 'local', { type: 'localConfig', enabled: true, accessMode: 'unrestricted' }),
  );
}

export interface ManagedCluster {
  cluster: Cluster;
  displayName: string;
  provider: 'harvester' | 'rke2';
  /** Limits of its projects, by name. */
  quotas?: Readonly<Record<string, QuotaPlan>>;
}

/** What Rancher says of a project's limits: the limits, and the sum of those of its namespaces. */
function projectQuota({ store, kinds, id }: Cluster, name: string, limit: QuotaPlan | undefined): Record<string, unknown> {
  const ofProject = store.list(kinds.get('namespace')).filter(({ metadata: { annotations } }) => annotations?.['field.cattle.io/projectId'] === `${ id }:${ name }`);
  const sum = (key: keyof QuotaPlan): string => ofProject
    .map(({ metadata: { annotations } }) => /"limit":(\{[^}]*\})/.exec(annotations?.['field.cattle.io/resourceQuota'] ?? '')?.[1] ?? '{}')
    .reduce((total, text) => total.add(parseQuantity((JSON.parse(text) as QuotaPlan)[key] ?? '0')), parseQuantity('0')).toString();

  return limit ? { resourceQuota: { limit, usedLimit: { limitsCpu: sum('limitsCpu'), limitsMemory: sum('limitsMemory') } }, namespaceDefaultResourceQuota: { limit } } : {};
}

/** A cluster as Rancher's management API shows it, with its projects. */
export function addManagedCluster({ store, kinds }: Cluster, { cluster, displayName, provider, quotas = {} }: ManagedCluster): void {
  const { id, kubernetesVersion } = cluster;
  const local = id === 'local';

  store.create(
    kinds.get('management.cattle.io.cluster'),
    v3('Cluster', id, {
      metadata: {
        labels: { 'provider.cattle.io': provider },
        annotations: {
          'objectset.rio.cattle.io/owner-gvk': 'provisioning.cattle.io/v1, Kind=Cluster',
          'objectset.rio.cattle.io/owner-name': id,
          'objectset.rio.cattle.io/owner-namespace': local ? 'fleet-local' : 'fleet-default',
        },
      },
      spec: { displayName, internal: local, description: '', fleetWorkspaceName: local ? 'fleet-local' : 'fleet-default' },
      status: {
        provider,
        driver: local ? 'rke2' : provider,
        nodeCount: cluster.fleet.machines.size,
        ...capacityStatus(cluster),
        version: { gitVersion: kubernetesVersion, major: '1', minor: '36', platform: 'linux/amd64' },
        info: { kubernetesVersion, machineProvider: '', arch: 'amd64' },
        connected: true,
        conditions: ['Ready', 'Connected', 'Provisioned', 'Updated'].map((type) => ({
          type,
          status: 'True',
          lastUpdateTime: '2026-08-21T12:00:00Z',
        })),
      },
    }),
  );
  store.create(kinds.get('provisioning.cattle.io.cluster'), {
    apiVersion: 'provisioning.cattle.io/v1',
    kind: 'Cluster',
    metadata: { name: id, namespace: local ? 'fleet-local' : 'fleet-default', labels: { 'provider.cattle.io': provider } },
    spec: {},
    status: { clusterName: id, ready: true, provider, conditions: [{ type: 'Ready', status: 'True' }] },
  });
  for (const [name, label] of [
    ['p-default', 'Default'],
    ['p-system', 'System'],
  ] as const) {
    store.create(
      kinds.get('management.cattle.io.project'),
      v3('Project', name, {
        metadata: { namespace: id, labels: { [`authz.management.cattle.io/${ label.toLowerCase() }-project`]: 'true' } },
        spec: { clusterName: id, displayName: label, description: '', ...projectQuota(cluster, name, quotas[name]) },
        status: { conditions: [] },
      }),
    );
  }
}
