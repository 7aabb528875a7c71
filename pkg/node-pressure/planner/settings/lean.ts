/** What checks and previews read of pods and summaries, and nothing more: of a large cluster the rest would not fit into a browser. */
import type { Container, ContainerStatus, Pod } from '../../kubelet/pod';
import type { Summary } from '../../kubelet/summary';

/** The fields of a kind that are kept; the compiler wants every name to exist. */
const METADATA = ['name', 'namespace', 'uid', 'creationTimestamp', 'deletionTimestamp'] as const satisfies (keyof Pod['metadata'])[];
const SPEC = ['resources', 'overhead', 'priority', 'priorityClassName', 'tolerations'] as const satisfies (keyof Pod['spec'])[];
const STATUS = ['phase', 'qosClass', 'conditions', 'allocatedResources', 'resources'] as const satisfies (keyof NonNullable<Pod['status']>)[];
const CONTAINER = ['name', 'resources', 'restartPolicy'] as const satisfies (keyof Container)[];
const CONTAINER_STATUS = ['name', 'allocatedResources', 'resources', 'state'] as const satisfies (keyof ContainerStatus)[];

/** Whose pod it is, whether it is a mirror, and which VM it runs. */
const LABELS = ['kubevirt.io', 'vm.kubevirt.io/name'];
const ANNOTATIONS = ['kubernetes.io/config.mirror', 'kubernetes.io/config.source', 'kubevirt.io/domain'];

function pick<T extends object, K extends keyof T>(value: T, keys: readonly K[]): Pick<T, K> {
  return Object.fromEntries(keys.filter((key) => value[key] !== undefined).map((key) => [key, value[key]])) as Pick<T, K>;
}

function pickTexts(texts: Readonly<Record<string, string>> | undefined, keys: readonly string[]): Record<string, string> {
  return Object.fromEntries(Object.entries(texts ?? {}).filter(([key]) => keys.includes(key)));
}

/** A pod with what admission at kubelet start, ranking by memory and its name need. */
export function leanPod({ metadata, spec, status = {} }: Pod): Pod {
  const { ownerReferences = [] } = metadata;
  const containers = (list: readonly Container[]): Pick<Container, typeof CONTAINER[number]>[] => list.map((container) => pick(container, CONTAINER));
  const statuses = (list: readonly ContainerStatus[] | undefined): Pick<ContainerStatus, typeof CONTAINER_STATUS[number]>[] => (list ?? []).map((each) => pick(each, CONTAINER_STATUS));

  return {
    metadata: {
      ...pick(metadata, METADATA),
      labels:          pickTexts(metadata.labels, LABELS),
      annotations:     pickTexts(metadata.annotations, ANNOTATIONS),
      ownerReferences: ownerReferences.map((owner) => pick(owner, ['kind', 'name', 'uid'])),
    },
    spec: {
      ...pick(spec, SPEC),
      containers: containers(spec.containers),
      ...(spec.initContainers && { initContainers: containers(spec.initContainers) }),
    },
    status: {
      ...pick(status, STATUS),
      containerStatuses:     statuses(status.containerStatuses),
      initContainerStatuses: statuses(status.initContainerStatuses),
    },
  };
}

/** A summary with all of its node, and of its pods the memory. */
export function leanSummary({ node, pods }: Summary): Summary {
  return { node, pods: pods.map(({ podRef, memory }) => ({ podRef, memory })) };
}
