import { GIB, MIB } from './plan';
import type { MigrationPlan, NamespacePlan, Scenario, VirtualMachinePlan } from './plan';
import { small } from './small';
import { systemPods } from './systemPods';

/** One namespace with two VMs of 2 GiB and 2 CPUs, whose pods are limited to 4030m and 5291574290 bytes together. */
interface Case extends Omit<NamespacePlan, 'project'> {
  project?: string;
  /** What is special about its first VM. */
  first?: Partial<VirtualMachinePlan>;
  second?: Partial<VirtualMachinePlan>;
  /** Its first VMs began to migrate that many seconds ago, for good. */
  migrating?: readonly number[];
  /** Where its VMs run, one after the other. */
  nodes?: readonly [string, string];
}

const ROOMY = { limitsCpu: '16000m', limitsMemory: '32768Mi' };
/** 30 MB more than the VMs' pods have: the console log of a third one does not fit. */
const DEAD_ZONE = { limitsCpu: '16000m', limitsMemory: '5075Mi' };
const DAY = 86_400;
/** No more than two migrations leave a node at a time. */
const ON_SECOND = ['node-2', 'node-1'] as const;
const ON_THIRD = ['node-3', 'node-1'] as const;

const CASES: readonly Case[] = [
  { name: 'free' },
  { name: 'roomy', quota: ROOMY },
  { name: 'tight', quota: { limitsCpu: '4100m', limitsMemory: '5142Mi' } },
  { name: 'cpu-full', quota: { limitsCpu: '4040m', limitsMemory: '32768Mi' } },
  { name: 'dead-zone', quota: DEAD_ZONE },
  { name: 'over', quota: { limitsCpu: '16000m', limitsMemory: '4800Mi' } },
  { name: 'moving', quota: ROOMY, migrating: [95] },
  { name: 'stuck', quota: DEAD_ZONE, migrating: [1500], nodes: ON_SECOND },
  { name: 'rewritten', quota: ROOMY, migrating: [40], nodes: ON_SECOND, quotaEdit: { unattended: true, hard: { 'limits.cpu': '16', 'limits.memory': '32Gi' } } },
  // Compensated, and still turned away: what one compensation leaves is not enough for another pod
  { name: 'compensated', quota: DEAD_ZONE, migrating: [300], nodes: ON_THIRD, quotaEdit: { hard: { 'limits.memory': '7908358921' }, annotations: { 'harvesterhci.io/migratingCompensation': '{"limits.memory":"1Mi"}' } } },
  { name: 'orphan', quota: ROOMY, quotaEdit: { orphanedRaises: ['orphan-1'], hard: { 'limits.cpu': '18', 'limits.memory': '37079743241' }, annotations: { 'harvesterhci.io/migratingCompensation': '{"limits.memory":"134217728"}' } } },
  { name: 'switched-off', quota: ROOMY, quotaEdit: { annotations: { 'harvesterhci.io/skipResourceQuotaAutoScaling': 'true' } } },
  { name: 'unreadable', quota: ROOMY, quotaEdit: { annotations: { 'harvesterhci.io/migratingUID-0': '{"limits.cpu": <b onmouseover=alert(1)>' } } },
  { name: 'no-json', quota: ROOMY, writtenQuota: '{"limit": <img src=x onerror=alert(1)>' },
  { name: 'pods-full', quota: ROOMY, otherQuotas: { 'two-pods': { hard: { pods: '2' }, scopes: ['NotTerminating'] } } },
  { name: 'cpu-only', quota: { limitsCpu: '16000m' } },
  { name: 'other-project', project: 'p-system', quota: { limitsCpu: '4040m', limitsMemory: '32768Mi' } },
  { name: 'pinned', quota: ROOMY, first: { nodeSelector: { 'kubernetes.io/hostname': 'node-1' } }, second: { notMigratable: 'cannot migrate VMI: PVC <script>alert(1)</script> is not shared' } },
  { name: 'odd', quota: ROOMY, first: { unlimited: true }, second: { hotplugVolume: true } },
];

function machines({ name, first, second, nodes = ['node-1', 'node-3'] }: Case): VirtualMachinePlan[] {
  return [first, second].map((special, index): VirtualMachinePlan => ({
    name: `${ name }-${ index + 1 }`,
    namespace: name,
    node: nodes[index] ?? '',
    cpuCores: 2,
    memoryBytes: 2 * GIB,
    useBytes: 700 * MIB,
    ...special,
  }));
}

function migrations({ name, migrating = [] }: Case): MigrationPlan[] {
  return migrating.map((ageSeconds, index) => ({ namespace: name, virtualMachine: `${ name }-${ index + 1 }`, ageSeconds, lastsSeconds: DAY }));
}

/** A namespace for every state that live migrations and quotas can be in. */
export const migration: Scenario = {
  ...small,
  name: 'migration',
  description: 'a namespace for every state of quotas and live migrations',
  harvester: {
    ...small.harvester,
    namespaces: [
      ...small.harvester.namespaces.filter(({ project }) => project !== 'p-default'),
      ...CASES.map(({ first: _first, second: _second, migrating: _migrating, nodes: _nodes, ...namespace }) => ({ project: 'p-default', ...namespace })),
    ],
    pods: small.harvester.nodes.flatMap((plan) => systemPods(plan)),
    virtualMachines: CASES.flatMap(machines),
    migrations: CASES.flatMap(migrations),
    projectQuotas: { 'p-default': { limitsCpu: '320000m', limitsMemory: '655360Mi' } },
  },
};

const NAMESPACES = 100;
const PER_NAMESPACE = 10;

/** A thousand VMs in a hundred namespaces with quotas, on forty nodes. */
export function thousandMachines(nodes: Scenario): Scenario {
  const names = Array.from({ length: NAMESPACES }, (_, index) => `team-${ String(index + 1).padStart(3, '0') }`);
  const hosts = nodes.harvester.nodes.slice(0, 40);

  return {
    ...nodes,
    name: 'thousand-vms',
    description: `${ NAMESPACES * PER_NAMESPACE } VMs in ${ NAMESPACES } namespaces`,
    harvester: {
      ...nodes.harvester,
      nodes: hosts,
      namespaces: [
        ...small.harvester.namespaces.filter(({ project }) => project !== 'p-default'),
        // Every tenth one has too little CPU left, every other tenth no quota at all
        ...names.map((name, index) => ({ name, project: 'p-default', ...(index % 10 === 5 ? {} : { quota: { limitsCpu: index % 10 === 0 ? '10080m' : '40000m', limitsMemory: '65536Mi' } }) })),
      ],
      pods: hosts.flatMap((plan) => systemPods(plan)),
      virtualMachines: names.flatMap((namespace, index) => Array.from({ length: PER_NAMESPACE }, (_, machine): VirtualMachinePlan => ({
        name: `${ namespace }-vm-${ machine + 1 }`, namespace, node: hosts[(index * PER_NAMESPACE + machine) % hosts.length]?.name ?? '', cpuCores: 1, memoryBytes: GIB, useBytes: 400 * MIB,
      }))),
      migrations: names.slice(0, 3).map((namespace) => ({ namespace, virtualMachine: `${ namespace }-vm-1`, ageSeconds: 60, lastsSeconds: DAY })),
    },
  };
}
