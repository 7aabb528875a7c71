import { valueAt } from '../store/objects';
import type { KubeObject } from '../store/objects';
import { AGE, NAME, column, containerStatuses, nodeRoles, nodeStatus, podStatus } from './columns';
import { VERBS } from './kind';
import type { Column, ResourceKind } from './kind';

type Options = Partial<Omit<ResourceKind, 'group' | 'version' | 'kind' | 'resource'>>;

/** A kind of Kubernetes' own; namespaced, with a status sub-resource and the default columns unless `options` say otherwise. */
export function builtin(apiVersion: string, kind: string, resource: string, options: Options = {}): ResourceKind {
  const [group, version] = apiVersion.includes('/') ? (apiVersion.split('/') as [string, string]) : ['', apiVersion];

  return {
    group,
    version,
    kind,
    resource,
    namespaced: true,
    verbs: VERBS,
    columns: [NAME, AGE],
    custom: false,
    statusSubresource: true,
    disallow: [],
    indexed: [],
    ...options,
  };
}

const addresses = (node: KubeObject): { type: string; address: string }[] => (valueAt(node, 'status.addresses') ?? []) as { type: string; address: string }[];

const nodeColumns: Column[] = [
  NAME,
  { name: 'Status', value: nodeStatus },
  { name: 'Roles', value: nodeRoles },
  AGE,
  column('Version', 'status.nodeInfo.kubeletVersion'),
  { name: 'Internal-IP', priority: 1, value: (node) => addresses(node).find(({ type }) => type === 'InternalIP')?.address ?? '<none>' },
  { name: 'External-IP', priority: 1, value: () => '<none>' },
  column('OS-Image', 'status.nodeInfo.osImage', 'string', 1),
  column('Kernel-Version', 'status.nodeInfo.kernelVersion', 'string', 1),
  column('Container-Runtime', 'status.nodeInfo.containerRuntimeVersion', 'string', 1),
];

const podColumns: Column[] = [
  NAME,
  {
    name: 'Ready',
    value: (pod) => `${ containerStatuses(pod).filter(({ ready }) => ready).length }/${ ((valueAt(pod, 'spec.containers') ?? []) as unknown[]).length }`,
  },
  { name: 'Status', value: podStatus },
  { name: 'Restarts', value: (pod) => String(containerStatuses(pod).reduce((sum, { restartCount }) => sum + (restartCount ?? 0), 0)) },
  AGE,
  column('IP', 'status.podIP', 'string', 1),
  column('Node', 'spec.nodeName', 'string', 1),
  { name: 'Nominated Node', priority: 1, value: () => '<none>' },
  { name: 'Readiness Gates', priority: 1, value: () => '<none>' },
];

const eventColumns: Column[] = [
  { name: 'Last Seen', value: AGE.value },
  column('Type', 'type'),
  column('Reason', 'reason'),
  { name: 'Object', value: (event) => `${ String(valueAt(event, 'involvedObject.kind')).toLowerCase() }/${ valueAt(event, 'involvedObject.name') }` },
  column('Subobject', 'involvedObject.fieldPath', 'string', 1),
  {
    name: 'Source',
    priority: 1,
    value: (event) => [valueAt(event, 'source.component'), valueAt(event, 'source.host')].filter((part) => part !== undefined).join(', '),
  },
  column('Message', 'message'),
  { name: 'First Seen', priority: 1, value: AGE.value },
  column('Count', 'count', 'string', 1),
  NAME,
];

const READ_ONLY = ['get', 'list'];

/** What every Kubernetes cluster serves. */
export const CORE_KINDS: readonly ResourceKind[] = [
  builtin('v1', 'Namespace', 'namespaces', { namespaced: false, columns: [NAME, column('Status', 'status.phase'), AGE] }),
  builtin('v1', 'Node', 'nodes', {
    namespaced: false,
    columns: nodeColumns,
    indexed: ['spec.taints.key', 'status.addresses.type', 'status.nodeInfo.kubeletVersion', 'status.nodeInfo.operatingSystem'],
  }),
  builtin('v1', 'Pod', 'pods', {
    columns: podColumns,
    indexed: ['spec.nodeName', 'spec.containers.image', 'status.podIP', 'status.conditions.lastTransitionTime'],
  }),
  builtin('v1', 'Event', 'events', {
    columns: eventColumns,
    statusSubresource: false,
    indexed: ['_type', 'reason', 'involvedObject.kind', 'involvedObject.uid', 'message'],
  }),
  builtin('v1', 'ResourceQuota', 'resourcequotas'),
  builtin('v1', 'LimitRange', 'limitranges', { statusSubresource: false }),
  builtin('v1', 'ConfigMap', 'configmaps', { statusSubresource: false }),
  builtin('v1', 'Secret', 'secrets', { statusSubresource: false }),
  builtin('v1', 'Service', 'services'),
  builtin('v1', 'ServiceAccount', 'serviceaccounts', { statusSubresource: false }),
  builtin('v1', 'PersistentVolumeClaim', 'persistentvolumeclaims'),
  builtin('v1', 'PersistentVolume', 'persistentvolumes', { namespaced: false }),
  builtin('apps/v1', 'Deployment', 'deployments'),
  builtin('apps/v1', 'DaemonSet', 'daemonsets'),
  builtin('apps/v1', 'StatefulSet', 'statefulsets'),
  builtin('apps/v1', 'ReplicaSet', 'replicasets'),
  builtin('batch/v1', 'Job', 'jobs'),
  builtin('batch/v1', 'CronJob', 'cronjobs'),
  builtin('policy/v1', 'PodDisruptionBudget', 'poddisruptionbudgets'),
  builtin('scheduling.k8s.io/v1', 'PriorityClass', 'priorityclasses', { namespaced: false, statusSubresource: false }),
  builtin('storage.k8s.io/v1', 'StorageClass', 'storageclasses', { namespaced: false, statusSubresource: false }),
  builtin('apiextensions.k8s.io/v1', 'CustomResourceDefinition', 'customresourcedefinitions', { namespaced: false }),
  builtin('authorization.k8s.io/v1', 'SelfSubjectAccessReview', 'selfsubjectaccessreviews', { namespaced: false, verbs: ['create'] }),
  builtin('metrics.k8s.io/v1beta1', 'NodeMetrics', 'nodes', { namespaced: false, verbs: READ_ONLY, statusSubresource: false }),
  builtin('metrics.k8s.io/v1beta1', 'PodMetrics', 'pods', { verbs: READ_ONLY, statusSubresource: false }),
];
