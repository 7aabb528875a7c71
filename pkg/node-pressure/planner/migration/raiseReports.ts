import { attempt } from '../../harvester/amounts';
import { annotation, COMPENSATION, defaultQuota } from '../../harvester/migration/keys';
import type { ResourceQuota, VirtualMachineInstanceMigration } from '../../harvester/migration/objects';
import { isFinal } from '../../harvester/migration/phases';
import { migratingKeys, type Raise, raiseIn } from '../../harvester/migration/raises';
import { endedAt } from '../../harvester/migration/times';
import type { NamespaceContext } from './namespaceContext';
import type { AnnotationPatch, RaiseReport } from './report';

/** Harvester takes a raise back when it sees the migration's end; for so long after it, nothing is said of it. */
const GRACE_MILLISECONDS = 60_000;

type WithObjects = Pick<NamespaceContext, 'objects'>;

/** Which VM a raise belongs to: by UID, or before Harvester 1.4.2 by name. Undefined: by an instance that is gone. */
export function vmOfRaise({ objects }: WithObjects, { owner }: Pick<Raise, 'owner'>): string | undefined {
  return 'name' in owner ? owner.name : objects.instances.find(({ metadata }) => metadata?.uid === owner.uid)?.metadata?.name;
}

/** Whether a migration of the VM will still have its raise taken back: it is not over, or has just ended. */
function isExpected(migration: VirtualMachineInstanceMigration, nowMilliseconds: number): boolean {
  return !isFinal(migration) || nowMilliseconds - (endedAt(migration) ?? -Infinity) < GRACE_MILLISECONDS;
}

/** Whether nothing will ever take a raise back. */
export function isOrphaned(context: WithObjects, raise: Pick<Raise, 'owner'>, nowMilliseconds: number): boolean {
  const vm = vmOfRaise(context, raise);

  return vm === undefined || !context.objects.migrations.some((migration) => migration.spec?.vmiName === vm && isExpected(migration, nowMilliseconds));
}

/** Every raise that can be read. */
export function raiseReports(context: WithObjects, nowMilliseconds: number): RaiseReport[] {
  const quota = defaultQuota(context.objects.resourceQuotas);

  return migratingKeys(quota?.metadata).flatMap((key) => attempt(() => raiseIn(quota?.metadata, key)).value ?? []).map((raise) => ({
    key:         raise.key,
    vm:          vmOfRaise(context, raise),
    cpuMilli:    raise.cpu.milliValue(),
    memoryBytes: raise.memory.value(),
    isOrphaned:  isOrphaned(context, raise, nowMilliseconds),
  }));
}

/** Removes annotations of a quota. */
export function removalOf({ metadata }: ResourceQuota, ...keys: readonly string[]): AnnotationPatch {
  return {
    type:      'resourcequota',
    namespace: metadata?.namespace,
    name:      metadata?.name ?? '',
    body:      { metadata: { resourceVersion: metadata?.resourceVersion, annotations: Object.fromEntries(keys.map((key) => [key, null])) } },
  };
}

/** What a raise's removal takes: the compensation goes with it, as when Harvester takes one back. */
export function removalOfRaise(quota: ResourceQuota, key: string): AnnotationPatch {
  return removalOf(quota, key, ...(annotation(quota.metadata, COMPENSATION) === undefined ? [] : [COMPENSATION]));
}
