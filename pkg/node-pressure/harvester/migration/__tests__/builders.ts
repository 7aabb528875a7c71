import type { MigrationQuestion } from '../delta';
import type { DomainSpec, Namespace, ObjectMeta, ResourceQuota, Setting, VirtualMachine, VirtualMachineInstance, VirtualMachineInstanceMigration } from '../objects';

export const GI = 1n << 30n;
export const MI = 1n << 20n;

const DEFAULT_QUOTA = { 'resourcequota.management.cattle.io/default-resource-quota': 'true' };

export const RAISED = 'harvesterhci.io/migratingUID-uid-1';
export const RAISED_BY_NAME = 'harvesterhci.io/migrating-vm1';
export const COMPENSATION = 'harvesterhci.io/migratingCompensation';
export const RESYNC = 'harvesterhci.io/migratingScalingResyncNeeded';
export const SKIP = 'harvesterhci.io/skipResourceQuotaAutoScaling';

export const RATIO: Setting = { value: '', default: '1.5' };

export function namespaceWith(limit?: Record<string, unknown> | string): Namespace {
  const written = typeof limit === 'string' ? limit : JSON.stringify({ limit });

  return { metadata: { name: 'ns', annotations: limit === undefined ? {} : { 'field.cattle.io/resourceQuota': written } } };
}

export function quotaWith(hard: Record<string, string>, used: Record<string, string> = {}, annotations: Record<string, string> = {}, metadata: ObjectMeta = {}): ResourceQuota {
  return { metadata: { name: 'default-abc', namespace: 'ns', labels: DEFAULT_QUOTA, annotations, ...metadata }, spec: { hard }, status: { used } };
}

export function vmiWith(limits: Record<string, string>, requests: Record<string, string> = {}, domain: DomainSpec = {}): VirtualMachineInstance {
  return { metadata: { name: 'vm1', namespace: 'ns', uid: 'uid-1' }, spec: { domain: { resources: { limits, requests }, ...domain } } };
}

export function vmWith(limits: Record<string, string> | undefined, domain: DomainSpec = {}, annotations: Record<string, string> = {}): VirtualMachine {
  return {
    metadata: { name: 'vm1', namespace: 'ns', annotations },
    spec:     { runStrategy: 'RerunOnFailure', template: { spec: { domain: { resources: limits && { limits }, ...domain } } } },
    status:   { printableStatus: 'Stopped' },
  };
}

export function pending(...conditions: string[]): VirtualMachineInstanceMigration {
  return { spec: { vmiName: 'vm1' }, status: { phase: 'Pending', conditions: conditions.map((type) => ({ type, status: 'True' })) } };
}

export const REJECTED = 'migrationRejectedByResourceQuota';

export function question(parts: Partial<MigrationQuestion> = {}): MigrationQuestion {
  return {
    namespace:      namespaceWith({ limitsCpu: '4', limitsMemory: '8Gi' }),
    resourceQuotas: [quotaWith({ 'limits.cpu': '4', 'limits.memory': '8Gi' })],
    setting:        RATIO,
    vmi:            vmiWith({ cpu: '2', memory: '4Gi' }, { cpu: '200m', memory: '2730Mi' }),
    vmim:           pending(),
    ...parts,
  };
}
