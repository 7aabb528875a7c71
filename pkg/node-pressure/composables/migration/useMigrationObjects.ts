import { computed, toRaw, type ComputedRef, type Ref } from 'vue';
import type { KubeVirt } from '../../harvester/migration/kubevirt';
import type { Namespace, ObjectMeta, ResourceQuota, Setting, VirtualMachine, VirtualMachineInstance, VirtualMachineInstanceMigration } from '../../harvester/migration/objects';
import { podIncarnation } from '../../harvester/migration/podIncarnation';
import type { Project } from '../../harvester/migration/project';
import type { Node } from '../../harvester/node';
import type { MigrationSnapshot } from '../../planner/migration/snapshot';
import type { ReadFailure } from '../../planner/reading';
import type { Host } from '../useHost';
import { useList, type List } from '../useList';

/** The setting whose value is Harvester's version. */
const SERVER_VERSION = 'server-version';
const OVERHEAD_RATIO = 'additional-guest-memory-overhead-ratio';
const OVERCOMMIT = 'overcommit-config';
const PROJECT = 'management.cattle.io.project';

/** What is in the store of a snapshot; pods are not. */
export type StoredSnapshot = Omit<MigrationSnapshot, 'pods' | 'podsRead' | 'requested'>;

export interface MigrationObjects {
  readonly isLoading: ComputedRef<boolean>;
  /** What nothing can be said without. */
  readonly failure: ComputedRef<ReadFailure | undefined>;
  /** Rights and lists that are missing, without which less can be said. */
  readonly missing: ComputedRef<readonly ReadFailure[]>;
  /** Changes whenever any of the objects does. */
  readonly versions: ComputedRef<Versions>;
  /** By namespace with VMs of interest: changes when their pods may have. */
  readonly podVersions: ComputedRef<ReadonlyMap<string, string>>;
  readonly projects: ComputedRef<readonly Project[] | undefined>;
  /** Why those are not known; it matters only where a quota is to be written. */
  readonly projectsFailure: Readonly<Ref<ReadFailure | undefined>>;
  snapshot(): StoredSnapshot;
  /** Tries again what failed. */
  load(): void;
}

/** What the objects of a namespace, and those of the whole cluster that all of them depend on, are at. */
export interface Versions {
  readonly cluster: string;
  readonly byNamespace: ReadonlyMap<string, string>;
}

interface Versioned {
  readonly metadata?: ObjectMeta;
}

const versionOf = ({ metadata }: Versioned): string => `${ metadata?.name }@${ metadata?.resourceVersion }`;

function push(groups: Map<string, string[]>, name: string | undefined = '', text: string): void {
  const group = groups.get(name);

  if (group) {
    group.push(text);
  } else {
    groups.set(name, [text]);
  }
}

const joined = (groups: ReadonlyMap<string, readonly string[]>): ReadonlyMap<string, string> => new Map([...groups].map(([name, texts]) => [name, texts.join()]));

/** Plain objects: reading a thousand VMs through Vue's proxies would take as long as the arithmetic. */
function raw<T extends object>(objects: readonly T[] | undefined): readonly T[] {
  return (objects ?? []).map((object) => toRaw(object));
}

/**
 * Everything in the Dashboard's store that decides on migrations; watched from when `active` is first true. Call in `setup`.
 * @param node only namespaces with VMs on this node are in `podVersions`; all if absent
 */
export function useMigrationObjects(host: Host, active: Readonly<Ref<boolean>>, node?: string): MigrationObjects {
  const list = <T>(type: string, resource: string): List<T> => useList<T>(host, type, resource, active);
  const namespaces = list<Namespace>('namespace', 'namespaces');
  const resourceQuotas = list<ResourceQuota>('resourcequota', 'resourcequotas');
  const instances = list<VirtualMachineInstance>('kubevirt.io.virtualmachineinstance', 'virtualmachineinstances.kubevirt.io');
  const virtualMachines = list<VirtualMachine>('kubevirt.io.virtualmachine', 'virtualmachines.kubevirt.io');
  const migrations = list<VirtualMachineInstanceMigration>('kubevirt.io.virtualmachineinstancemigration', 'virtualmachineinstancemigrations.kubevirt.io');
  const nodes = list<Node>('node', 'nodes');
  const settings = list<Setting & Versioned>('harvesterhci.io.setting', 'settings.harvesterhci.io');
  const kubevirts = list<KubeVirt & Versioned>('kubevirt.io.kubevirt', 'kubevirts.kubevirt.io');
  const projects = useList<Project>(host.management, PROJECT, 'projects.management.cattle.io', active);

  // Without migrations every raise would look left behind
  const needed: readonly List<unknown>[] = [namespaces, resourceQuotas, instances, migrations];
  const useful: readonly List<unknown>[] = [virtualMachines, nodes, settings, kubevirts];
  const setting = (name: string): (Setting & Versioned) | undefined => raw(settings.objects.value).find(({ metadata }) => metadata?.name === name);

  /** Steve since 0.9 gives namespaces that the user may list but not `get` without their annotations, and without saying so. */
  const stripped = computed((): ReadFailure | undefined => {
    const used = new Set([resourceQuotas, instances].flatMap(({ objects }) => (objects.value ?? []).map(({ metadata }) => metadata?.namespace)));
    const isStripped = namespaces.objects.value?.some(({ metadata }) => metadata?.uid === undefined && used.has(metadata?.name));

    return isStripped ? { kind: 'forbidden', verb: 'get namespaces', message: '' } : undefined;
  });

  const versions = computed(() => {
    const byNamespace = new Map<string, string[]>();

    for (const { objects } of [resourceQuotas, virtualMachines, instances] as readonly List<Versioned>[]) {
      objects.value?.forEach((object) => push(byNamespace, object.metadata?.namespace, versionOf(object)));
    }
    namespaces.objects.value?.forEach((namespace) => push(byNamespace, namespace.metadata?.name, versionOf(namespace)));

    return {
      cluster:     ([nodes, migrations, settings, kubevirts] as readonly List<Versioned>[]).map(({ objects }) => (objects.value ?? []).map(versionOf).join()).join('|'),
      byNamespace: joined(byNamespace),
    };
  });

  const podVersions = computed(() => {
    const byNamespace = new Map<string, string[]>();
    const all = instances.objects.value ?? [];
    const wanted = new Set(all.filter(({ status }) => node === undefined || status?.nodeName === node).map(({ metadata }) => metadata?.namespace));

    all.filter(({ metadata }) => wanted.has(metadata?.namespace)).forEach((instance) => push(byNamespace, instance.metadata?.namespace, podIncarnation(instance)));

    return joined(byNamespace);
  });

  return {
    isLoading: computed(() => [...needed, ...useful].some(({ objects, failure }) => !objects.value && !failure.value)),
    failure:   computed(() => needed.find(({ failure }) => failure.value)?.failure.value ?? stripped.value),
    missing:   computed(() => useful.flatMap(({ failure }) => failure.value ?? [])),
    versions,
    podVersions,
    projects:        projects.objects,
    projectsFailure: projects.failure,
    snapshot:  () => ({
      namespaces:        raw(namespaces.objects.value),
      resourceQuotas:    raw(resourceQuotas.objects.value),
      ...(virtualMachines.objects.value && { virtualMachines: raw(virtualMachines.objects.value) }),
      instances:         raw(instances.objects.value),
      migrations:        raw(migrations.objects.value),
      ...(nodes.objects.value && { nodes: raw(nodes.objects.value) }),
      ratioSetting:      setting(OVERHEAD_RATIO) ?? null,
      overcommitSetting: setting(OVERCOMMIT) ?? null,
      kubevirt:          raw(kubevirts.objects.value)[0] ?? null,
      ...(setting(SERVER_VERSION)?.value && { harvesterVersion: setting(SERVER_VERSION)?.value }),
    }),
    load: () => [...needed, ...useful].filter(({ failure }) => failure.value).forEach(({ load }) => load()),
  };
}
