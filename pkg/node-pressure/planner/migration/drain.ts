import { drainRefusals } from '../../harvester/migration/drainRefusals';
import { type Eviction, evictionOf } from '../../harvester/migration/eviction';
import { notLiveMigratable } from '../../harvester/migration/migratable';
import type { VirtualMachineInstance } from '../../harvester/migration/objects';
import type { Node } from '../../harvester/node';
import type { Message } from '../display';
import type { MigrationCluster } from './cluster';
import type { DrainOutcome, DrainReasonCode, DrainVerdictCode, DrainVm, NodeDrainReport } from './drainReport';
import { drainBatches, type Leave, type Leaver } from './drainSimulation';
import { fitOf } from './fit';
import { namespaceContext, type NamespaceContext, nameOf, type VmContext } from './namespaceContext';
import { nodeDemand, type NodeRoom } from './nodeRoom';
import { targetsOf } from './targets';
import { nodeReasons, obstacleMessage } from './vmReport';

type Reason = Message<DrainReasonCode>;

/** A VM on the node: what becomes of it for certain, or that it sets out. */
type Resident = { readonly context: NamespaceContext; readonly vm: VmContext } & (
  | { readonly leaver?: undefined; readonly outcome: DrainOutcome; readonly reasons: readonly Reason[] }
  | { readonly leaver: Leaver }
);

/** Why a VM does not migrate when it is evicted. */
function strategyReason(vmi: VirtualMachineInstance, { fate, strategy }: Eviction): Reason {
  const refused = notLiveMigratable(vmi);

  if (fate === 'shutsDown') {
    return { code: 'strategy', params: { strategy } };
  }
  if (fate === 'external') {
    return { code: 'external', params: { strategy } };
  }

  if (strategy !== 'LiveMigrate' && strategy !== 'LiveMigrateIfPossible') {
    return { code: 'noEvictionStrategy', params: { strategy } };
  }

  // Of one that has ended KubeVirt no longer says whether it could migrate
  return refused ? { code: 'notLiveMigratable', params: { ...refused } } : { code: 'notRunning', params: { phase: vmi.status?.phase } };
}

const OUTCOMES = { shutsDown: 'shutsDown', stops: 'stops', refused: 'refused', external: 'refused' } as const;

/** Reasons for which a migration that is begun does not get anywhere, limits and nodes aside. */
function hangs({ error }: NamespaceContext, { vmi, candidate, error: own = error }: VmContext): Reason[] {
  const reasons: readonly (readonly [applies: boolean, code: DrainReasonCode, params: Reason['params']])[] = [
    [vmi.status?.phase !== 'Running', 'notRunning', { phase: vmi.status?.phase }],
    [own !== undefined, 'unreadable', { message: own }],
    [!candidate && own === undefined, 'noLauncher', {}],
    ...(candidate?.unspecified ?? []).map((one) => [true, 'unspecified', { ...one }] as const),
  ];

  return reasons.filter(([applies]) => applies).map(([, code, params]) => ({ code, params }));
}

function residentOf(cluster: MigrationCluster, context: NamespaceContext, vm: VmContext): Resident {
  const eviction = evictionOf(vm.vmi, cluster.snapshot.kubevirt);

  if (eviction.fate !== 'migrates') {
    return { context, vm, outcome: OUTCOMES[eviction.fate], reasons: [strategyReason(vm.vmi, eviction)] };
  }
  if (vm.isUnderWay) {
    return { context, vm, outcome: 'moves', reasons: [] };
  }

  const reasons = hangs(context, vm);

  if (vm.candidate && vm.migration) {
    // It waits already, with the raise that it gets
    const waits = [...reasons, ...fitOf(vm.candidate, context.roomsFor(vm), cluster.canCompensate).obstacles.map(obstacleMessage)];

    return { context, vm, outcome: waits.length > 0 ? 'hangs' : 'moves', reasons: waits };
  }

  const leaver = vm.candidate && reasons.length === 0 ? { candidate: vm.candidate, namespace: context.namespace, rooms: context.rooms } : undefined;

  return leaver ? { context, vm, leaver } : { context, vm, outcome: 'hangs', reasons };
}

/** Gives each VM a node with room, the emptiest first, as the scheduler tends to; those that find none hang. */
function placed(cluster: MigrationCluster, residents: readonly Resident[]): Resident[] {
  const taken = new Map<string, bigint>();
  const roomOn = (node: Node): NodeRoom | undefined => {
    const room = cluster.roomOn(node);

    return room && ((resource) => room(resource) - (taken.get(`${ node.metadata.name }/${ resource }`) ?? 0n));
  };
  const free = (name: string): bigint => roomOn(cluster.nodes.get(name) as Node)?.('memory') ?? 0n;

  return residents.map((resident): Resident => {
    if (!resident.leaver) {
      return resident;
    }

    const { context, vm, leaver: { candidate: { pods: [launcher] } } } = resident;
    const targets = targetsOf(cluster, vm.vmi, launcher, roomOn);
    const [best] = targets.filter(({ reason }) => !reason).map(({ node }) => node).sort((a, b) => Number(free(b) - free(a)));

    if (best === undefined) {
      return { context, vm, outcome: 'hangs', reasons: nodeReasons(targets) };
    }
    for (const [resource, amount] of Object.entries(nodeDemand(launcher))) {
      const key = `${ best }/${ resource }`;

      taken.set(key, (taken.get(key) ?? 0n) + amount);
    }

    return resident;
  });
}

function reported(resident: Resident, leaves: ReadonlyMap<Leaver, Leave>): DrainVm {
  const { context: { namespace, rooms, cluster }, vm: { vmi } } = resident;
  const names = { namespace, name: nameOf(vmi) };

  if (!resident.leaver) {
    return { ...names, outcome: resident.outcome, reasons: resident.reasons };
  }

  const { batch, fit } = leaves.get(resident.leaver) as Leave;

  if (fit) {
    return { ...names, outcome: 'hangs', reasons: fit.obstacles.map(obstacleMessage) };
  }

  const alone = fitOf(resident.leaver.candidate, rooms, cluster.canCompensate).obstacles;

  return { ...names, outcome: alone.length > 0 ? 'dependsOnOrder' : 'moves', batch, reasons: alone.map(obstacleMessage) };
}

function verdictOf(vms: readonly DrainVm[], isRefused: boolean): Message<DrainVerdictCode> {
  const those = (...outcomes: DrainOutcome[]): DrainVm[] => vms.filter(({ outcome }) => outcomes.includes(outcome));
  const found: readonly (readonly [DrainVerdictCode, readonly DrainVm[]])[] = [
    ['no', those('hangs', 'refused')], ['dependsOnOrder', those('dependsOnOrder')], ['stops', those('stops', 'shutsDown')],
  ];
  const [code, group = []] = found.find(([, list]) => list.length > 0) ?? [];

  if (isRefused) {
    return { code: 'refused', params: { total: vms.length } };
  }
  if (vms.length === 0) {
    return { code: 'empty', params: {} };
  }

  return code ? { code, params: { count: group.length, total: vms.length, namespace: group[0]?.namespace, name: group[0]?.name } } : { code: 'yes', params: { total: vms.length } };
}

function byName(a: VmContext, b: VmContext): number {
  return nameOf(a.vmi) < nameOf(b.vmi) ? -1 : 1;
}

/** What draining a node, or putting it into maintenance, would do to its VMs. A node that is not known has none. */
export function nodeDrainReport(cluster: MigrationCluster, node: string): NodeDrainReport {
  const { snapshot, limits, outbound, running, canCompensate } = cluster;
  const instances = snapshot.instances.filter(({ status }) => status?.nodeName === node);
  const contexts = [...new Set(instances.map(({ metadata }) => metadata?.namespace ?? ''))].sort().map((name) => namespaceContext(cluster, name));
  const residents = placed(cluster, contexts.flatMap((context) => context.vms.filter(({ vmi }) => vmi.status?.nodeName === node).sort(byName).map((vm) => residentOf(cluster, context, vm))));
  const leaves = drainBatches({
    leavers: residents.flatMap(({ leaver }) => leaver ?? []),
    // Where all places are taken, those that run give theirs back in time
    places:  Math.max(1, Math.min(limits.perCluster - running, limits.perNode - (outbound.get(node) ?? 0))),
    canCompensate,
  });
  const vms = residents.map((resident) => reported(resident, leaves));
  const own = cluster.nodes.get(node);
  const refusals = own ? drainRefusals(own, [...cluster.nodes.values()], instances) : [];

  return {
    node,
    verdict:    verdictOf(vms, refusals.length > 0),
    refusals,
    namespaces: contexts.map(({ namespace }) => ({ namespace, vms: vms.filter((vm) => vm.namespace === namespace) })),
    batches:    Math.max(0, ...vms.map(({ batch = 0 }) => batch)),
  };
}
