import { MIB } from './plan';
import type { NodePlan, PodPlan } from './plan';

/** Priority of Kubernetes' own classes; from 2,000,000,000 on a pod is critical to the kubelet. */
const NODE_CRITICAL = { priorityClassName: 'system-node-critical', priority: 2_000_001_000 };
const CLUSTER_CRITICAL = { priorityClassName: 'system-cluster-critical', priority: 2_000_000_000 };
const KUBEVIRT_CRITICAL = { priorityClassName: 'kubevirt-cluster-critical', priority: 1_000_000_000 };

interface SystemPod extends Pick<PodPlan, 'namespace' | 'owner' | 'priority' | 'priorityClassName'> {
  name: string;
  requests?: Record<string, string>;
  limits?: Record<string, string>;
  useMib: number;
}

const STATIC: readonly SystemPod[] = [
  { name: 'kube-proxy', namespace: 'kube-system', owner: 'Static', ...NODE_CRITICAL, requests: { cpu: '250m', memory: '128Mi' }, useMib: 60 },
];

const CONTROL_PLANE: readonly SystemPod[] = [
  { name: 'etcd', namespace: 'kube-system', owner: 'Static', ...CLUSTER_CRITICAL, requests: { cpu: '200m', memory: '512Mi' }, useMib: 480 },
  { name: 'kube-apiserver', namespace: 'kube-system', owner: 'Static', ...CLUSTER_CRITICAL, requests: { cpu: '250m', memory: '1Gi' }, useMib: 1600 },
];

const DAEMONS: readonly SystemPod[] = [
  { name: 'rke2-canal', namespace: 'kube-system', owner: 'DaemonSet', ...NODE_CRITICAL, requests: { cpu: '250m' }, useMib: 110 },
  { name: 'harvester-node-manager', namespace: 'harvester-system', owner: 'DaemonSet', requests: { cpu: '10m', memory: '64Mi' }, useMib: 45 },
];

const VIRTUALIZATION: readonly SystemPod[] = [
  {
    name: 'virt-handler',
    namespace: 'harvester-system',
    owner: 'DaemonSet',
    ...KUBEVIRT_CRITICAL,
    requests: { cpu: '10m', memory: '357Mi' },
    useMib: 190,
  },
  { name: 'longhorn-manager', namespace: 'longhorn-system', owner: 'DaemonSet', ...CLUSTER_CRITICAL, useMib: 140 },
  { name: 'instance-manager', namespace: 'longhorn-system', owner: 'None', ...CLUSTER_CRITICAL, requests: { cpu: '960m' }, useMib: 420 },
];

/** Pods that Kubernetes and Harvester themselves run on a node. */
export function systemPods(node: NodePlan, isHarvester = true): PodPlan[] {
  const control = node.role === 'worker' ? [] : node.role === 'witness' ? CONTROL_PLANE.slice(0, 1) : CONTROL_PLANE;
  const daemons = isHarvester ? DAEMONS : DAEMONS.slice(0, 1);
  const virtualization = isHarvester && node.role !== 'witness' ? VIRTUALIZATION : [];

  return [...STATIC, ...control, ...daemons, ...virtualization].map(({ requests, limits, useMib, ...rest }) => ({
    ...rest,
    name: `${ rest.name }-${ node.name }`,
    node: node.name,
    useBytes: useMib * MIB,
    containers: [{ name: rest.name, ...(requests ? { requests } : {}), ...(limits ? { limits } : {}) }],
    ageSeconds: 30 * 86_400,
  }));
}

/** Namespaces that every Harvester cluster has. */
export const SYSTEM_NAMESPACES = [
  'cattle-system',
  'default',
  'harvester-public',
  'harvester-system',
  'kube-public',
  'kube-system',
  'longhorn-system',
].map((name) => ({ name, project: name === 'default' ? 'p-default' : 'p-system' }));
