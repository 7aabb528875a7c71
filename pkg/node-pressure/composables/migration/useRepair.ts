import type { Ref } from 'vue';
import { migrationCluster, type MigrationCluster } from '../../planner/migration/cluster';
import { namespaceReport } from '../../planner/migration/namespaceReport';
import type { Alarm } from '../../planner/migration/report';
import { patchAnnotations } from '../../steve/annotations';
import { readRaiseObjects, type RaiseObjects } from '../../steve/namespaceObjects';
import type { ClusterAccess } from '../../steve/request';
import type { WriteOutcome } from '../../steve/write';
import { useWrite, type Writing } from '../useWrite';

/** How a repair ended; `healed`: there was nothing to repair any more, and nothing was written. */
export type RepairOutcome = WriteOutcome | { readonly kind: 'healed' };

export interface Repair extends Pick<Writing<RepairOutcome>, 'isBusy' | 'outcome'> {
  run(namespace: string, alarm: Alarm): Promise<void>;
}

/** The same alarm in what the namespace is at now. */
function alarmNow(cluster: MigrationCluster, namespace: string, now: RaiseObjects, { code, params }: Alarm): Alarm | undefined {
  const { snapshot } = cluster;
  const elsewhere = <T extends { readonly metadata?: { readonly namespace?: string } }>(objects: readonly T[]): T[] => objects.filter(({ metadata }) => metadata?.namespace !== namespace);
  const fresh = migrationCluster({
    ...snapshot,
    resourceQuotas: [...elsewhere(snapshot.resourceQuotas), ...now.resourceQuotas],
    instances:      [...elsewhere(snapshot.instances), ...now.instances],
    migrations:     [...elsewhere(snapshot.migrations), ...now.migrations],
  });

  return namespaceReport(fresh, namespace, Date.now()).alarms.find((alarm) => alarm.code === code && alarm.params['key'] === params['key']);
}

/** Repairs that look again first: what is shown may be a moment old. Call in `setup`. */
export function useRepair(access: ClusterAccess, cluster: Readonly<Ref<MigrationCluster | undefined>>): Repair {
  const { isBusy, outcome, run } = useWrite<RepairOutcome>();

  async function repair(namespace: string, alarm: Alarm, signal: AbortSignal): Promise<RepairOutcome | undefined> {
    const now = await readRaiseObjects(access, namespace, signal);

    if (!now || 'kind' in now) {
      return now && (now.kind === 'forbidden' ? { kind: 'forbidden', verb: now.verb, message: now.message } : { kind: 'refused', message: now.message });
    }
    const patch = cluster.value && alarmNow(cluster.value, namespace, now, alarm)?.repair;

    return patch ? patchAnnotations(access, patch, signal) : { kind: 'healed' };
  }

  return { isBusy, outcome, run: (namespace, alarm) => run((signal) => repair(namespace, alarm, signal)) };
}
