/** @jest-environment node */
import { evaluate } from '../protocol';

const NAMESPACE = { metadata: { name: 'ns', annotations: { 'field.cattle.io/resourceQuota': '{"limit":{"limitsCpu":"4","limitsMemory":"8Gi"}}' } } };
const LABELS = { 'resourcequota.management.cattle.io/default-resource-quota': 'true' };
const HARD = { 'limits.cpu': '4', 'limits.memory': '8Gi' };
const VMI = { metadata: { name: 'vm1', namespace: 'ns', uid: 'u' }, spec: { domain: { resources: { limits: { cpu: '2', memory: '4Gi' }, requests: { cpu: '200m', memory: '2730Mi' } } } } };
const VMIM = { spec: { vmiName: 'vm1' }, status: { phase: 'Pending', conditions: [{ type: 'migrationRejectedByResourceQuota', status: 'True' }] } };
const RATIO = { value: '', default: '1.5' };
const RAISED = { 'harvesterhci.io/migratingUID-u': '{"limits.cpu":"2","limits.memory":"4737464313"}' };
const MIGRATION = { namespace: NAMESPACE, setting: RATIO, vmi: VMI, vmim: VMIM };

const ask = (op: string, input: object): Record<string, unknown> => JSON.parse(JSON.stringify(evaluate({ op, ...input }))) as Record<string, unknown>;

describe('the protocol on migrations', () => {
  it('answers with the overhead', () => {
    expect(ask('migration.memoryOverhead', { vmi: VMI, arch: 'amd64', ratio: '1.5' })).toEqual({ overheadBytes: '442497017' });
    expect(ask('migration.memoryOverhead', { vmi: VMI, arch: 'amd64', ratio: null })).toEqual({ overheadBytes: '294998017' });
  });

  it('answers with the raise', () => {
    expect(ask('migration.delta', { ...MIGRATION, resourceQuotas: [{ metadata: { labels: LABELS }, spec: { hard: HARD } }] })).toEqual({ delta: { memoryBytes: '4737464313', milliCPU: '2000' } });
    expect(ask('migration.delta', { ...MIGRATION, setting: '1.5', resourceQuotas: [{ metadata: { labels: LABELS }, spec: { hard: { 'limits.cpu': '4' } } }] })).toEqual({ delta: { milliCPU: '2000' } });
    expect(ask('migration.delta', { namespace: null, resourceQuotas: null, vmi: null, vmim: null })).toEqual({});
  });

  it('answers with the limits', () => {
    const resourceQuota = { metadata: { labels: LABELS, annotations: RAISED }, spec: { hard: { 'limits.cpu': '4' } } };

    expect(ask('migration.hard', { namespace: NAMESPACE, resourceQuota })).toEqual({ hard: { limitsCpuMilli: '6000', limitsMemoryBytes: '13327398905' }, hasMigratingVM: true });
    expect(ask('migration.hard', { resourceQuota })).toEqual({ hard: { limitsCpuMilli: '4000' }, hasMigratingVM: true });
  });

  it('answers with the compensation', () => {
    const quota = (used: string): object => ({ metadata: { labels: LABELS, annotations: RAISED }, spec: { hard: { 'limits.memory': '13327398905' } }, status: { used: { 'limits.memory': used } } });

    expect(ask('migration.compensation', { ...MIGRATION, resourceQuotas: [quota('8589934593')] })).toEqual({ compensationBytes: '134217729' });
    expect(ask('migration.compensation', { ...MIGRATION, resourceQuotas: [quota('8Gi')] })).toEqual({});
  });

  it('answers with what keeps a VM from starting', () => {
    const vm = { metadata: { name: 'vm1', namespace: 'ns' }, spec: { runStrategy: 'Always', template: { spec: VMI.spec } }, status: { printableStatus: 'Stopped' } };
    const quotas = [{ metadata: { labels: LABELS }, spec: { hard: HARD }, status: { used: { 'limits.cpu': '3' } } }];

    expect(ask('migration.startCheck', { namespace: NAMESPACE, resourceQuotas: quotas, pods: [], setting: RATIO, vm })).toEqual({ insufficient: 'cpu' });
    expect(ask('migration.startCheck', { namespace: NAMESPACE, resourceQuotas: quotas, vm: { ...vm, spec: { runStrategy: 'Always', template: { spec: {} } } } })).toEqual({ wouldPanic: true });
    expect(ask('migration.startCheck', { vm })).toEqual({});
  });

  it('answers with what the mutator writes', () => {
    const vm = { spec: { template: { spec: VMI.spec } } };

    expect(ask('vm.requests', { overcommitSetting: { value: '{"cpu":1000,"memory":150}' }, ratioSetting: RATIO, kubevirt: {}, vm })).toEqual({ requestsCpu: '200m', requestsMemory: '2730Mi', guestMemory: '4Gi' });
    expect(ask('vm.requests', { overcommitSetting: '{"cpu":1000}', vm })).toEqual({ requestsCpu: '200m', requestsMemory: '4Gi', guestMemory: '3996Mi', wouldPanic: true });
  });
});
