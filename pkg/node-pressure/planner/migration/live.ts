import { HOSTNAME } from '../../harvester/migration/migratable';
import type { MigrationState, VirtualMachineInstance, VirtualMachineInstanceMigration } from '../../harvester/migration/objects';
import { isFinal, isRunning, phaseOf } from '../../harvester/migration/phases';
import { annotation } from '../../harvester/migration/keys';
import { phaseSince, timeOf } from '../../harvester/migration/times';
import type { Message } from '../display';
import type { Tone } from '../nodeState';
import { ageOf } from '../reading';
import { type MigrationCluster, targetPodOf } from './cluster';
import type { MIGRATION_CAUSES, MigrationReport, WaitCode } from './liveReport';
import { raiseReports } from './raiseReports';
import type { RaiseReport } from './report';
import { givesUpIn, since, type Subject, waitOf } from './waits';

/** Annotations of a migration that KubeVirt began by itself: for a drain of the node named, or after a change of the VM. */
const EVACUATION = 'kubevirt.io/evacuationMigration';
const WORKLOAD_UPDATE = 'kubevirt.io/workloadUpdateMigration';

function causeOf({ metadata }: VirtualMachineInstanceMigration): Message<typeof MIGRATION_CAUSES[number]> {
  const node = annotation(metadata, EVACUATION);

  if (node !== undefined) {
    return { code: 'drain', params: { node } };
  }

  return { code: annotation(metadata, WORKLOAD_UPDATE) === undefined ? 'user' : 'change', params: {} };
}

/** What KubeVirt notes of this migration: with it once it is over, before that with the VM. */
function stateOf({ metadata, status }: VirtualMachineInstanceMigration, vmi: VirtualMachineInstance | undefined): MigrationState {
  const present = vmi?.status?.migrationState;

  return status?.migrationState ?? (present && present.migrationUid === metadata?.uid ? present : {});
}

const NEEDS_ACTION: readonly WaitCode[] = ['quota', 'scheduling', 'otherPods'];

function toneOf(migration: VirtualMachineInstanceMigration, waitsFor: Message<WaitCode> | undefined): Tone {
  if (!waitsFor) {
    return phaseOf(migration) === 'Succeeded' ? 'success' : 'error';
  }

  return NEEDS_ACTION.includes(waitsFor.code) ? 'warning' : 'info';
}

function reportOf(subject: Subject, raises: readonly RaiseReport[]): MigrationReport {
  const { cluster, migration, vmi, nowMilliseconds } = subject;
  const { metadata, spec } = migration;
  const state = stateOf(migration, vmi);
  const isOver = isFinal(migration);
  const pod = vmi && targetPodOf(migration, cluster.launchersOf(vmi));
  const waitsFor = isOver ? undefined : waitOf(subject, pod);
  const entered = phaseSince(migration);

  return {
    namespace:             metadata?.namespace ?? '',
    name:                  metadata?.name ?? '',
    vm:                    spec?.vmiName ?? '',
    phase:                 phaseOf(migration),
    isFinal:               isOver,
    ageMilliseconds:       since(metadata?.creationTimestamp, nowMilliseconds),
    phaseAgeMilliseconds:  entered === undefined ? undefined : ageOf({ readAtMilliseconds: entered }, nowMilliseconds),
    source:                state.sourceNode || (isOver ? undefined : vmi?.status?.nodeName),
    target:                state.targetNode || pod?.spec.nodeName || spec?.addedNodeSelector?.[HOSTNAME],
    cause:                 causeOf(migration),
    waitsFor,
    givesUpInMilliseconds: isOver ? undefined : givesUpIn(subject, pod),
    raise:                 raises.find(({ vm }) => vm !== undefined && vm === spec?.vmiName),
    tone:                  toneOf(migration, waitsFor),
  };
}

/** Unfinished ones first, those that run before those that wait; of the same kind the newest first. */
function order(a: VirtualMachineInstanceMigration, b: VirtualMachineInstanceMigration): number {
  const rank = (migration: VirtualMachineInstanceMigration): number => (isFinal(migration) ? 2 : isRunning(migration) ? 0 : 1);
  const time = ({ metadata }: VirtualMachineInstanceMigration): number => timeOf(metadata?.creationTimestamp) ?? 0;

  return rank(a) - rank(b) || time(b) - time(a);
}

/** All migrations of the cluster. */
export function migrationReports(cluster: MigrationCluster, nowMilliseconds: number): MigrationReport[] {
  const sorted = [...cluster.snapshot.migrations].sort(order);
  const namespaces = new Map([...new Set(sorted.map(({ metadata }) => metadata?.namespace ?? ''))].map((name) => {
    const objects = cluster.of(name);

    return [name, { instances: new Map(objects.instances.map((vmi) => [vmi.metadata?.name, vmi])), raises: raiseReports({ objects }, nowMilliseconds) }];
  }));

  return sorted.map((migration) => {
    const { instances, raises } = namespaces.get(migration.metadata?.namespace ?? '') as { instances: Map<string | undefined, VirtualMachineInstance>; raises: RaiseReport[] };

    return reportOf({ cluster, migration, vmi: instances.get(migration.spec?.vmiName), nowMilliseconds }, raises);
  });
}
