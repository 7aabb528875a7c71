import { createHash } from 'node:crypto';
import { timestamp } from '../clock';
import type { KubeObject } from '../store/objects';
import type { NodePlan } from '../scenarios/plan';
import type { Machine } from './machine';

export interface NodeCondition {
  type: string;
  status: 'True' | 'False' | 'Unknown';
  reason: string;
  message: string;
  lastHeartbeatTime: string;
  lastTransitionTime: string;
}

/** Texts of the kubelet's condition setters (pkg/kubelet/nodestatus/setters.go), for True and False. */
const TEXTS: Readonly<Record<string, Record<'True' | 'False', [reason: string, message: string]>>> = {
  MemoryPressure: {
    True: ['KubeletHasInsufficientMemory', 'kubelet has insufficient memory available'],
    False: ['KubeletHasSufficientMemory', 'kubelet has sufficient memory available'],
  },
  DiskPressure: {
    True: ['KubeletHasDiskPressure', 'kubelet has disk pressure'],
    False: ['KubeletHasNoDiskPressure', 'kubelet has no disk pressure'],
  },
  PIDPressure: {
    True: ['KubeletHasInsufficientPID', 'kubelet has insufficient PID available'],
    False: ['KubeletHasSufficientPID', 'kubelet has sufficient PID available'],
  },
  Ready: { True: ['KubeletReady', 'kubelet is posting ready status'], False: ['KubeletNotReady', 'container runtime network not ready'] },
};

const PRESSURES = ['MemoryPressure', 'DiskPressure', 'PIDPressure'];

/** The kubelet's conditions; once it is silent, the node lifecycle controller's. */
export function conditions(machine: Machine, pressures: readonly string[], previous: readonly NodeCondition[], now: number): NodeCondition[] {
  return [...PRESSURES, 'Ready'].map((type) => {
    const old = previous.find((condition) => condition.type === type);
    const status = machine.kubelet ? (type === 'Ready' || pressures.includes(type) ? 'True' : 'False') : 'Unknown';
    const [reason, message] =
      status === 'Unknown' ? ['NodeStatusUnknown', 'Kubelet stopped posting node status.'] : TEXTS[type]?.[status] ?? ['', ''];

    return {
      type,
      status,
      lastHeartbeatTime: status === 'Unknown' ? old?.lastHeartbeatTime ?? timestamp(now) : timestamp(now),
      lastTransitionTime: old?.status === status ? old.lastTransitionTime : timestamp(now),
      reason,
      message,
    };
  });
}

function roleLabels({ role }: NodePlan): Record<string, string> {
  switch (role) {
  case 'management':
    return {
      'node-role.kubernetes.io/control-plane': 'true',
      'node-role.kubernetes.io/etcd': 'true',
      'node-role.harvesterhci.io/management': 'true',
      'kubevirt.io/schedulable': 'true',
      cpumanager: 'false',
    };
  case 'witness':
    return { 'node-role.kubernetes.io/etcd': 'true', 'node-role.harvesterhci.io/witness': 'true' };
  case 'worker':
    return { 'node-role.harvesterhci.io/worker': 'true', 'kubevirt.io/schedulable': 'true', cpumanager: 'false' };
  }
}

const id = (text: string): string => createHash('sha256')
  .update(text)
  .digest('hex')
  .replace(/^(.{8})(.{4})(.{4})(.{4})(.{12}).*/, '$1-$2-$3-$4-$5');

const PRESSURE_TAINTS: Readonly<Record<string, string>> = {
  MemoryPressure: 'node.kubernetes.io/memory-pressure',
  DiskPressure: 'node.kubernetes.io/disk-pressure',
  PIDPressure: 'node.kubernetes.io/pid-pressure',
};
const UNREACHABLE = 'node.kubernetes.io/unreachable';

export interface Taint {
  key: string;
  value?: string;
  effect: string;
}

/** A node's taints with those that the node lifecycle controller derives from its conditions. */
export function withConditionTaints(taints: readonly Taint[], pressures: readonly string[], isReachable: boolean): Taint[] {
  const own = taints.filter(({ key }) => key !== UNREACHABLE && !Object.values(PRESSURE_TAINTS).includes(key));
  const pressed = pressures.map((type) => ({ key: PRESSURE_TAINTS[type] ?? type, effect: 'NoSchedule' }));
  const derived = isReachable ? pressed : ['NoSchedule', 'NoExecute'].map((effect) => ({ key: UNREACHABLE, effect }));

  return [...own, ...derived];
}

/** A cluster of one node, which does everything. */
const ALL_ROLES: Record<string, string> = { 'node-role.kubernetes.io/control-plane': 'true', 'node-role.kubernetes.io/worker': 'true' };

/** The Node object of a machine when it joins; Harvester's own labels only on a Harvester cluster's nodes. */
export function newNode(machine: Machine, isHarvester: boolean, now: number): KubeObject {
  const { plan, name } = machine;
  const labels = isHarvester ? { 'harvesterhci.io/managed': 'true', ...roleLabels(plan) } : ALL_ROLES;
  const witness = plan.role === 'witness' ? [{ key: 'node-role.kubernetes.io/etcd', value: 'true', effect: 'NoExecute' }] : [];
  const taints = [...witness, ...(plan.taints ?? [])];

  return {
    apiVersion: 'v1',
    kind: 'Node',
    metadata: {
      name,
      creationTimestamp: timestamp(now - 30 * 86_400_000),
      labels: {
        'beta.kubernetes.io/arch': 'amd64',
        'kubernetes.io/arch': 'amd64',
        'kubernetes.io/hostname': name,
        'kubernetes.io/os': 'linux',
        'node.kubernetes.io/instance-type': 'rke2',
        ...labels,
        ...plan.labels,
      },
      annotations: { 'rke2.io/hostname': name, 'rke2.io/internal-ip': machine.address },
    },
    spec: {
      podCIDR: `10.52.${ machine.index % 256 }.0/24`,
      providerID: `rke2://${ name }`,
      ...(taints.length ? { taints } : {}),
      ...(plan.unschedulable ? { unschedulable: true } : {}),
    },
    status: {},
  };
}

/** Extended resources that KubeVirt's device plug-in offers on every node that can run VMs. */
const DEVICES = { 'devices.kubevirt.io/kvm': '1k', 'devices.kubevirt.io/tun': '1k', 'devices.kubevirt.io/vhost-net': '1k' };

/** `status` as the running kubelet reports it; what a silent one reported last stays, with conditions Unknown. */
export function nodeStatus(machine: Machine, node: KubeObject, pressures: readonly string[], now: number): Record<string, unknown> {
  const old = (node.status ?? {}) as { conditions?: NodeCondition[] };
  const current = conditions(machine, pressures, old.conditions ?? [], now);

  if (!machine.kubelet) {
    return { ...old, conditions: current };
  }
  const { capacity, allocatable } = machine.kubelet;
  const texts = (quantities: typeof capacity): Record<string, string> => ({
    ...Object.fromEntries(Object.entries(quantities).map(([name, quantity]) => [name, quantity.toString()])),
    ...(machine.plan.role === 'witness' ? {} : DEVICES),
  });

  return {
    addresses: [
      { type: 'InternalIP', address: machine.address },
      { type: 'Hostname', address: machine.name },
    ],
    allocatable: texts(allocatable),
    capacity: texts(capacity),
    conditions: current,
    daemonEndpoints: { kubeletEndpoint: { Port: 10250 } },
    images: [],
    nodeInfo: {
      architecture: 'amd64',
      bootID: id(`${ machine.name }/boot/${ machine.boots }`),
      containerRuntimeVersion: 'containerd://2.2.1-k3s1',
      kernelVersion: '6.12.0-160000.9-default',
      kubeProxyVersion: '',
      kubeletVersion: machine.kubernetesVersion,
      machineID: id(`${ machine.name }/machine`).replaceAll('-', ''),
      operatingSystem: 'linux',
      osImage: 'SUSE Linux Micro 6.2',
      systemUUID: id(`${ machine.name }/system`),
    },
  };
}

/** RKE2's note of the arguments that it was started with. */
export function nodeArgs({ role }: NodePlan, args: readonly string[]): string {
  return JSON.stringify([role === 'worker' ? 'agent' : 'server', ...args.flatMap((argument) => ['--kubelet-arg', argument])]);
}
