import type { Clock } from './clock';
import type { Cluster } from './cluster';
import { Controls } from './control/controls';
import { CORE_KINDS } from './kinds/core';
import { HARVESTER_KINDS } from './kinds/harvester';
import { KindCatalogue } from './kinds/kind';
import type { ResourceKind } from './kinds/kind';
import { RANCHER_KINDS } from './kinds/rancher';
import { CloudInitController } from './nodes/cloudInit';
import { cloudInitAdmission } from './nodes/cloudInitAdmission';
import { MigrationControllers } from './migration/controllers';
import { quotaAdmission } from './migration/quotaUse';
import { carryNamespaceQuotas, namespaceAdmission, type NamespaceQuotas } from './migration/rancherQuota';
import { NodeFleet } from './nodes/fleet';
import { addDeployment } from './objects/deployments';
import { addHarvesterObjects } from './objects/harvester';
import { addNamespace, addQuota } from './objects/namespaces';
import { notePodRequests } from './objects/podRequests';
import { addPod } from './objects/pods';
import { addManagedCluster, addRancherObjects } from './objects/rancher';
import { addVirtualMachine } from './objects/virtualMachines';
import { featureAdmission, FeatureController } from './rancher/features';
import { Sessions } from './rancher/sessions';
import type { RancherState } from './rancher/state';
import type { ClusterPlan, Scenario } from './scenarios/plan';
import type { Admission } from './store/admission';
import { ObjectStore } from './store/store';

export const HARVESTER_CLUSTER = 'c-m-harv01';
export const PLAIN_CLUSTER = 'c-m-plain01';
export const LOCAL_CLUSTER = 'local';

/** Everything that the simulator simulates. */
export interface World extends RancherState {
  scenario: Scenario;
  clock: Clock;
  clusters: ReadonlyMap<string, Cluster>;
  namespaceQuotas: NamespaceQuotas;
}

function kindsOf(id: string): readonly ResourceKind[] {
  switch (id) {
  case HARVESTER_CLUSTER: return [...CORE_KINDS, ...HARVESTER_KINDS];
  case LOCAL_CLUSTER: return [...CORE_KINDS, ...RANCHER_KINDS];
  default: return CORE_KINDS;
  }
}

function admissionOf(id: string, kinds: KindCatalogue): Admission[] {
  switch (id) {
  case HARVESTER_CLUSTER: return [cloudInitAdmission(kinds), quotaAdmission(kinds), namespaceAdmission(kinds)];
  case LOCAL_CLUSTER: return [featureAdmission(kinds)];
  default: return [];
  }
}

/** Sets up what a plan says of one cluster. */
export function makeCluster(id: string, plan: ClusterPlan, scenario: Scenario, clock: Clock): Cluster {
  const catalogue = new KindCatalogue(kindsOf(id));
  const isHarvester = id === HARVESTER_CLUSTER;
  const store = new ObjectStore(catalogue, clock, id, admissionOf(id, catalogue));
  const fleet = new NodeFleet({
    store,
    kinds: catalogue,
    clock,
    seed: `${ scenario.seed }/${ id }`,
    kubernetesVersion: plan.kubernetesVersion,
    isHarvester,
  });
  const cluster: Cluster = { id, clock, kinds: catalogue, store, fleet, kubernetesVersion: plan.kubernetesVersion };

  if (id === LOCAL_CLUSTER) {
    new FeatureController(cluster);
  }
  if (isHarvester) {
    const controller = new CloudInitController(cluster);

    fleet.onStart(() => controller.resync());
  }
  plan.namespaces.forEach((namespace) => addNamespace(cluster, namespace));
  plan.nodes.forEach((node) => fleet.add(node));
  plan.pods.forEach((pod) => addPod(cluster, pod));
  plan.virtualMachines.forEach((machine) => addVirtualMachine(cluster, machine));
  plan.namespaces.forEach((namespace) => addQuota(cluster, namespace));
  for (const [name, spec] of Object.entries(plan.cloudInits ?? {})) {
    store.create(catalogue.get('node.harvesterhci.io.cloudinit'), {
      apiVersion: 'node.harvesterhci.io/v1beta1',
      kind: 'CloudInit',
      metadata: { name },
      spec: { ...spec },
    });
  }

  return cluster;
}

/** Sets up the clusters of a scenario. */
export function makeWorld(scenario: Scenario, clock: Clock): World {
  const harvester = makeCluster(HARVESTER_CLUSTER, scenario.harvester, scenario, clock);
  const plain = makeCluster(PLAIN_CLUSTER, scenario.plain, scenario, clock);
  const local = makeCluster(LOCAL_CLUSTER, scenario.local, scenario, clock);

  [harvester, plain].forEach((cluster) => addDeployment(cluster, 'cattle-cluster-agent'));
  addHarvesterObjects(harvester, scenario.harvesterVersion, scenario.harvester.settings);
  const migration = new MigrationControllers(harvester);

  migration.begin(scenario.harvester.migrations ?? []);
  scenario.harvester.namespaces.forEach((namespace) => migration.edit(namespace));
  addRancherObjects(local, scenario.containerWorkload);
  addManagedCluster(local, { cluster: local, displayName: 'local', provider: 'rke2' });
  addManagedCluster(local, { cluster: harvester, displayName: 'harvester', provider: 'harvester', quotas: scenario.harvester.projectQuotas ?? {} });
  addManagedCluster(local, { cluster: plain, displayName: 'plain', provider: 'rke2' });
  const namespaceQuotas = carryNamespaceQuotas(harvester, local);

  [harvester, plain].forEach(notePodRequests);

  return {
    scenario,
    clock,
    clusters: new Map([harvester, plain, local].map((cluster) => [cluster.id, cluster])),
    namespaceQuotas,
    sessions: new Sessions(),
    preferences: new Map(),
    controls: new Controls(),
  };
}
