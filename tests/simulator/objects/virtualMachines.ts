import { timestamp } from '../clock';
import type { Cluster } from '../cluster';
import { MIB } from '../scenarios/plan';
import type { PodPlan, VirtualMachinePlan } from '../scenarios/plan';
import type { KubeObject } from '../store/objects';
import { addPod } from './pods';

/** Harvester's defaults: overcommit-config and additional-guest-memory-overhead-ratio. */
const CPU_OVERCOMMIT = 1000;
const MEMORY_OVERCOMMIT = 150;
const OVERHEAD_RATIO = 1.5;

/** Conditions of a machine that runs, as both of its objects have them. */
function conditions({ notMigratable }: VirtualMachinePlan): Record<string, string>[] {
  return [
    { type: 'Ready', status: 'True' },
    notMigratable === undefined ? { type: 'LiveMigratable', status: 'True' } : { type: 'LiveMigratable', status: 'False', reason: 'DisksNotLiveMigratable', message: notMigratable },
    { type: 'AgentConnected', status: 'True' },
  ];
}

/** Bytes that KubeVirt 1.8 adds to a VM's memory for itself, raised by Harvester's ratio (amd64, with graphics). */
export function memoryOverhead(requestBytes: number, cpuCores: number): number {
  const pageTables = Math.floor((Math.ceil(requestBytes / 1000) * 1000) / 512);
  const overhead = pageTables + (220 + 8 * cpuCores + 8 + 32) * MIB;

  return overhead + Math.trunc(Math.ceil(overhead / 1000) * (OVERHEAD_RATIO - 1)) * 1000;
}

/** The guest's request as Harvester's mutator sets it: the limit less overcommit, whole MiB. */
function memoryRequest({ memoryBytes }: VirtualMachinePlan): number {
  return Math.floor((memoryBytes * 100) / MEMORY_OVERCOMMIT / MIB) * MIB;
}

function domain(plan: VirtualMachinePlan): Record<string, unknown> {
  return {
    cpu: { cores: plan.cpuCores, sockets: 1, threads: 1 },
    memory: { guest: `${ plan.memoryBytes / MIB }Mi` },
    machine: { type: 'q35' },
    devices: { disks: [{ name: 'disk-0', disk: { bus: 'virtio' } }], interfaces: [{ name: 'default', masquerade: {} }] },
    resources: {
      ...(plan.unlimited ? {} : { limits: { cpu: String(plan.cpuCores), memory: `${ plan.memoryBytes / MIB }Mi` } }),
      requests: { cpu: `${ (plan.cpuCores * 1000 * 100) / CPU_OVERCOMMIT }m`, memory: `${ memoryRequest(plan) / MIB }Mi` },
    },
  };
}

/** Where it may run, and what it has plugged in. */
function placement({ nodeSelector, hotplugVolume }: VirtualMachinePlan): Record<string, unknown> {
  return {
    ...(nodeSelector && { nodeSelector }),
    ...(hotplugVolume && { volumes: [{ name: 'plugged', persistentVolumeClaim: { claimName: 'plugged', hotpluggable: true } }] }),
  };
}

function launcher(plan: VirtualMachinePlan, vmi: KubeObject): PodPlan {
  const request = memoryRequest(plan);
  const overhead = memoryOverhead(request, plan.cpuCores);

  return {
    name: `virt-launcher-${ plan.name }-${ vmi.metadata.uid?.slice(0, 5) }`,
    namespace: plan.namespace,
    node: plan.node,
    owner: 'None',
    useBytes: plan.useBytes,
    ...(plan.nodeSelector === undefined ? {} : { nodeSelector: plan.nodeSelector }),
    ...(plan.ageSeconds === undefined ? {} : { ageSeconds: plan.ageSeconds }),
    labels: {
      'kubevirt.io': 'virt-launcher',
      'kubevirt.io/created-by': vmi.metadata.uid ?? '',
      'vm.kubevirt.io/name': plan.name,
      'harvesterhci.io/vmName': plan.name,
    },
    containers: [
      {
        name: 'compute',
        requests: { cpu: `${ plan.cpuCores * 100 }m`, memory: String(request + overhead), 'devices.kubevirt.io/kvm': '1' },
        limits: { ...(plan.unlimited ? {} : { cpu: String(plan.cpuCores), memory: String(plan.memoryBytes + overhead) }), 'devices.kubevirt.io/kvm': '1' },
      },
      { name: 'guest-console-log', requests: { cpu: '5m', memory: '35M' }, limits: { cpu: '15m', memory: '60M' } },
    ],
  };
}

/** A virtual machine with its instance and the pod that it runs in; a halted one is the object alone. */
export function addVirtualMachine(cluster: Cluster, plan: VirtualMachinePlan): void {
  const { store, kinds, clock } = cluster;
  const { name, namespace, runStrategy = 'RerunOnFailure' } = plan;
  const creationTimestamp = timestamp(clock.now() - (plan.ageSeconds ?? 86_400) * 1000);
  const halted = runStrategy === 'Halted';
  const vm = store.create(kinds.get('kubevirt.io.virtualmachine'), {
    apiVersion: 'kubevirt.io/v1',
    kind: 'VirtualMachine',
    metadata: { name, namespace, creationTimestamp, labels: { 'harvesterhci.io/creator': 'harvester', 'harvesterhci.io/os': 'linux' } },
    spec: {
      runStrategy,
      template: {
        metadata: { labels: { 'harvesterhci.io/vmName': name } },
        spec: { ...placement(plan), domain: domain(plan), evictionStrategy: 'LiveMigrateIfPossible', terminationGracePeriodSeconds: 120, hostname: name },
      },
    },
    status: { created: !halted, ready: !halted, printableStatus: halted ? 'Stopped' : 'Running', conditions: halted ? [] : conditions(plan) },
  });

  if (halted) {
    return;
  }
  const vmi = store.create(kinds.get('kubevirt.io.virtualmachineinstance'), {
    apiVersion: 'kubevirt.io/v1',
    kind: 'VirtualMachineInstance',
    metadata: {
      name,
      namespace,
      creationTimestamp,
      labels: { 'harvesterhci.io/vmName': name, 'kubevirt.io/nodeName': plan.node },
      ownerReferences: [{ apiVersion: 'kubevirt.io/v1', kind: 'VirtualMachine', name, uid: vm.metadata.uid ?? '', controller: true }],
    },
    spec: { ...placement(plan), domain: domain(plan), evictionStrategy: 'LiveMigrateIfPossible', terminationGracePeriodSeconds: 120 },
    status: {
      phase: 'Running',
      nodeName: plan.node,
      conditions: conditions(plan),
      interfaces: [{ name: 'default', ipAddress: '10.52.0.20' }],
      migrationMethod: 'LiveMigration',
      memory: { guestAtBoot: `${ plan.memoryBytes / MIB }Mi`, guestCurrent: `${ plan.memoryBytes / MIB }Mi` },
    },
  });

  addPod(cluster, launcher(plan, vmi), {
    annotations: { 'kubevirt.io/domain': name },
    ownerReferences: [
      { apiVersion: 'kubevirt.io/v1', kind: 'VirtualMachineInstance', name, uid: vmi.metadata.uid ?? '', controller: true, blockOwnerDeletion: true },
    ],
  });
}
