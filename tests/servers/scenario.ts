/**
 * `npx tsx tests/servers/scenario.ts NAME`: a scenario of the simulator as the real servers are set up from it. What
 * stands there is what the simulator itself would start with, so that both show the same cluster.
 */
import { parseArgs } from 'node:util';
import { USERS } from '../simulator/access/users';
import { ManualClock } from '../simulator/clock';
import type { Cluster } from '../simulator/cluster';
import { schemaId } from '../simulator/kinds/kind';
import { Disk } from '../simulator/nodes/disk';
import { writeBootFiles } from '../simulator/nodes/harvesterFiles';
import type { Machine } from '../simulator/nodes/machine';
import { PUBLIC_SETTINGS } from '../simulator/objects/rancher';
import { scenario } from '../simulator/scenarios';
import type { ClusterPlan, NodePlan } from '../simulator/scenarios/plan';
import type { KubeObject, OwnerReference } from '../simulator/store/objects';
import { HARVESTER_CLUSTER, LOCAL_CLUSTER, PLAIN_CLUSTER, makeWorld } from '../simulator/world';

/** A machine as the real servers set it up. */
export interface NodeFile {
  plan: NodePlan;
  address: string;
  kubernetesVersion: string;
  object: KubeObject;
  /** What lies on its disk when the scenario begins. */
  files: Record<string, string>;
  /** What Harvester itself writes at every boot. */
  bootFiles: Record<string, string>;
}

/** Everything that a cluster of real servers is set up from. */
export interface ScenarioFile {
  name: string;
  users: { name: string; rules: readonly unknown[] }[];
  /** What may be read before login. */
  anonymous: readonly unknown[];
  /** Schema ids of the kinds that Kubernetes itself does not have. */
  customKinds: string[];
  nodes: NodeFile[];
  /** In the order in which they can be created; owners are named by the uid that their objects have here. */
  objects: KubeObject[];
  /** Bytes that pods use, by `namespace/name`. */
  podUse: Record<string, number>;
}

/** Kinds whose objects come about by themselves, or with the nodes. */
const LEFT_OUT = new Set(['node', 'event']);
/** Quotas last: the pods are there already. */
const FIRST = ['namespace', 'scheduling.k8s.io.priorityclass'];
const LAST = ['kubevirt.io.virtualmachine', 'kubevirt.io.virtualmachineinstance', 'pod', 'resourcequota'];

const isNamespace = ({ kind }: KubeObject): boolean => kind === 'Namespace';

/** The objects of a cluster that do not come about by themselves, in the order in which they can be created. */
export function objectsOf({ store, kinds }: Cluster, wanted: (id: string) => boolean = () => true): KubeObject[] {
  const ids = kinds.all.filter(({ verbs }) => verbs.includes('watch')).map(schemaId).filter((id) => !LEFT_OUT.has(id) && wanted(id));
  const middle = ids.filter((id) => !FIRST.includes(id) && !LAST.includes(id));

  return [...FIRST, ...middle, ...LAST].filter((id) => ids.includes(id)).flatMap((id) => store.list(kinds.get(id)));
}

/** What owns pods and is not simulated: without an owner the garbage collector takes them away. */
export function missingOwners(objects: readonly KubeObject[]): KubeObject[] {
  const known = new Set(objects.map(({ metadata }) => metadata.uid));
  const owned = objects.flatMap(({ metadata }) => (metadata.ownerReferences ?? []).map((owner) => [owner, metadata.namespace] as const));
  const missing = owned.filter(([{ uid, kind }]) => kind !== 'Node' && !known.has(uid));

  return [...new Map(missing.map(([owner, namespace]) => [`${ namespace }/${ owner.uid }`, workload(owner, namespace)])).values()];
}

function workload({ apiVersion, kind, name, uid }: OwnerReference, namespace: string | undefined): KubeObject {
  const labels = { app: name };

  return {
    apiVersion,
    kind,
    metadata: { name, namespace, uid },
    spec: {
      selector: { matchLabels: labels },
      ...(kind === 'StatefulSet' ? { serviceName: name } : {}),
      template: { metadata: { labels }, spec: { containers: [{ name, image: `registry.example/${ name }:1` }] } },
    },
  };
}

function priorityClasses({ pods }: ClusterPlan): KubeObject[] {
  const classes = new Map(pods.flatMap(({ priorityClassName: name, priority }) => (name && priority !== undefined && !name.startsWith('system-') ? [[name, priority] as const] : [])));

  return [...classes].map(([name, value]) => ({ apiVersion: 'scheduling.k8s.io/v1', kind: 'PriorityClass', metadata: { name }, value }));
}

/** A machine with its Node. */
export function nodeFile({ plan, address, kubernetesVersion, disk }: Machine, object: KubeObject): NodeFile {
  const boot = new Disk();

  writeBootFiles(boot, plan);

  return { plan, address, kubernetesVersion, object, files: disk.all(), bootFiles: boot.all() };
}

function nodesOf({ fleet, store, kinds }: Cluster): NodeFile[] {
  return [...fleet.machines.values()].map((machine) => nodeFile(machine, store.get(kinds.get('node'), undefined, machine.name)));
}

/** Bytes that a plan's pods use, by `namespace/name`; the names of VMs' pods are those of the objects. */
export function podUse({ pods, virtualMachines }: Pick<ClusterPlan, 'pods' | 'virtualMachines'>, objects: readonly KubeObject[]): Record<string, number> {
  const guests = new Map(virtualMachines.map(({ namespace, name, useBytes }) => [`${ namespace }/${ name }`, useBytes]));
  const launchers = objects.flatMap(({ kind, metadata: { namespace, name, labels } }) => {
    const useBytes = guests.get(`${ namespace }/${ labels?.['vm.kubevirt.io/name'] }`);

    return kind === 'Pod' && useBytes !== undefined ? [[`${ namespace }/${ name }`, useBytes] as const] : [];
  });

  return Object.fromEntries([...pods.map(({ namespace, name, useBytes }) => [`${ namespace }/${ name }`, useBytes] as const), ...launchers]);
}

/** Namespaces that objects stand in and that no plan names, such as Rancher's for each cluster. */
function missingNamespaces(objects: readonly KubeObject[]): KubeObject[] {
  const known = new Set(objects.filter(isNamespace).map(({ metadata }) => metadata.name));
  const wanted = new Set(objects.flatMap(({ metadata: { namespace } }) => (namespace !== undefined && !known.has(namespace) ? [namespace] : [])));

  return [...wanted].map((name) => ({ apiVersion: 'v1', kind: 'Namespace', metadata: { name } }));
}

function customKinds(cluster: Cluster): string[] {
  return cluster.kinds.all.filter(({ custom }) => custom).map(schemaId);
}

/** What Rancher keeps about all clusters, as in the Rancher that Harvester brings along: it lives in the same cluster. */
function rancherObjects(local: Cluster, present: readonly KubeObject[]): KubeObject[] {
  const namespaces = new Set(present.filter(isNamespace).map(({ metadata }) => metadata.name));

  return objectsOf(local, (id) => id === 'namespace' || id.includes('.cattle.io.')).filter((object) => !isNamespace(object) || !namespaces.has(object.metadata.name));
}

/**
 * One of a scenario's clusters: Harvester's, with Rancher's own objects beside it, or the one that is not Harvester.
 *
 * @throws Error for a name that no scenario has
 */
export function scenarioFile(name: string, id: typeof HARVESTER_CLUSTER | typeof PLAIN_CLUSTER = HARVESTER_CLUSTER): ScenarioFile {
  const world = makeWorld(scenario(name), new ManualClock(Date.now()));
  const [cluster, local] = [id, LOCAL_CLUSTER].map((key) => world.clusters.get(key) as Cluster) as [Cluster, Cluster];
  const isHarvester = id === HARVESTER_CLUSTER;
  const plan = isHarvester ? world.scenario.harvester : world.scenario.plain;
  const own = objectsOf(cluster);
  const all = [...(isHarvester ? rancherObjects(local, own) : []), ...own];
  const rest = all.filter((object) => !isNamespace(object));

  return {
    name,
    users: USERS.map(({ name: user, grants }) => ({ name: user, rules: grants.flatMap(({ rules }) => [...rules]) })),
    anonymous: [{ apiGroups: ['management.cattle.io'], resources: ['settings'], verbs: ['get', 'list', 'watch'], resourceNames: [...PUBLIC_SETTINGS] }],
    customKinds: [...customKinds(cluster), ...(isHarvester ? customKinds(local) : [])],
    nodes: nodesOf(cluster),
    objects: [...all.filter(isNamespace), ...missingNamespaces(all), ...priorityClasses(plan), ...missingOwners(rest), ...rest],
    podUse: podUse(plan, own),
  };
}

if (require.main === module) {
  const { values, positionals } = parseArgs({ allowPositionals: true, options: { cluster: { type: 'string', default: HARVESTER_CLUSTER } } });

  process.stdout.write(JSON.stringify(scenarioFile(positionals[0] ?? 'small', values.cluster === PLAIN_CLUSTER ? PLAIN_CLUSTER : HARVESTER_CLUSTER)));
}
