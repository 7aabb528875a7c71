/** @jest-environment node */
import fc from 'fast-check';
import { GI, namespaceWith, quotaWith, SKIP } from '../../../harvester/migration/__tests__/builders';
import type { KubeVirt } from '../../../harvester/migration/kubevirt';
import type { VirtualMachineInstance } from '../../../harvester/migration/objects';
import { nodeDrainReport } from '../drain';
import type { DrainVm, NodeDrainReport } from '../drainReport';
import { BASE, clusterOf, CONSOLE_BYTES, HARD, launcherOf, node, used, vmi, vmim } from './builders';

fc.configureGlobal({ seed: 20272 });

const drain = (vms: readonly VirtualMachineInstance[], parts: Parameters<typeof clusterOf>[1] = {}, name = 'node-1'): NodeDrainReport => nodeDrainReport(clusterOf(vms, parts), name);
const vmsOf = ({ namespaces }: NodeDrainReport): readonly DrainVm[] => namespaces.flatMap(({ vms }) => vms);
const outcomes = (...args: Parameters<typeof drain>): string[] => vmsOf(drain(...args)).map(({ name, outcome, batch, reasons }) => [name, outcome, batch ?? '-', ...reasons.map(({ code }) => code)].join(' '));
const limits = (parallelMigrationsPerCluster: number, parallelOutboundMigrationsPerNode: number): KubeVirt => ({ spec: { configuration: { migrations: { parallelMigrationsPerCluster, parallelOutboundMigrationsPerNode } } } });
const withStrategy = (name: string, evictionStrategy: string | null, status = 'True'): VirtualMachineInstance => vmi(name, { spec: { ...vmi().spec, evictionStrategy }, conditions: [{ type: 'LiveMigratable', status, reason: 'DisksNotLiveMigratable' }] });

describe('what a drain needs', () => {
  it('is nothing where no VM runs', () => {
    expect(drain([vmi('vm1', { node: 'node-2' })])).toEqual({ node: 'node-1', verdict: { code: 'empty', params: {} }, refusals: [], namespaces: [], batches: 0 });
    expect(drain([], {}, 'gone').verdict.code).toBe('empty');
    expect(drain([], { nodes: undefined }).verdict.code).toBe('empty');
  });

  it('is done in batches of as many as KubeVirt lets go', () => {
    expect(outcomes([vmi('c'), vmi('a'), vmi('b')])).toEqual(['a moves 1', 'b moves 1', 'c moves 2']);
    expect(drain([vmi('c'), vmi('a'), vmi('b')])).toMatchObject({ verdict: { code: 'yes', params: { total: 3 } }, batches: 2, namespaces: [{ namespace: 'ns' }] });
    expect(drain([vmi('c'), vmi('a'), vmi('b')], { kubevirt: limits(1, 9) }).batches).toBe(3);
    expect(drain([vmi('c'), vmi('a'), vmi('b')], { kubevirt: limits(9, 9) }).batches).toBe(1);
  });

  it('counts places that other migrations hold, and waits where none is left', () => {
    const other = vmi('other', { node: 'node-2' });

    expect(drain([vmi('a'), vmi('b'), other], { kubevirt: limits(2, 2), migrations: [vmim('other', { phase: 'Running' })] }).batches).toBe(2);
    expect(drain([vmi('a'), other], { kubevirt: limits(1, 2), migrations: [vmim('other', { phase: 'Running' })] })).toMatchObject({ verdict: { code: 'yes' }, batches: 1 });
  });

  it('goes namespace by namespace', () => {
    const other = vmi('x', { metadata: { namespace: 'another' } });

    expect(drain([vmi('b'), vmi('a'), other]).namespaces.map(({ namespace, vms }) => [namespace, ...vms.map(({ name }) => name)])).toEqual([['another', 'x'], ['ns', 'a', 'b']]);
  });
});

describe('a VM that is evicted', () => {
  it.each<[string, VirtualMachineInstance, Parameters<typeof clusterOf>[1]?]>([
    ['v moves 1', withStrategy('v', 'LiveMigrate')],
    ['v refused - notLiveMigratable', withStrategy('v', 'LiveMigrate', 'False')],
    ['v stops - notLiveMigratable', withStrategy('v', 'LiveMigrateIfPossible', 'False')],
    ['v stops - noEvictionStrategy', withStrategy('v', null)],
    ['v refused - external', withStrategy('v', 'External')],
    ['v shutsDown - strategy', { ...vmi('v'), metadata: { ...vmi('v').metadata, labels: { 'harvesterhci.io/maintain-mode-strategy': 'Shutdown' } } }],
    ['v moves -', vmi('v'), { ...used(16n * GI), migrations: [vmim('v', { phase: 'Running' })] }],
    ['v moves -', vmi('v'), { migrations: [vmim('v')] }],
    ['v hangs - deadZone', vmi('v'), { ...used(16n * GI), migrations: [vmim('v')] }],
    ['v hangs - noLauncher', vmi('v'), { pods: [], migrations: [vmim('v')] }],
    ['v hangs - notRunning', vmi('v', { phase: 'Scheduled' })],
    ['v hangs - noLauncher', vmi('v'), { pods: [] }],
    ['v hangs - unreadable', vmi('v'), { pods: [launcherOf(vmi('v'), { containers: [{ name: 'compute', resources: { limits: { cpu: 'x' } } }] })] }],
    ['v hangs - unreadable', vmi('v'), { resourceQuotas: [quotaWith({ 'limits.cpu': 'x' })] }],
    ['v hangs - unspecified', vmi('v'), { resourceQuotas: [quotaWith({ 'requests.cpu': '9' })], pods: [launcherOf(vmi('v'), { containers: [{ name: 'other' }] })] }],
    ['v hangs - noNode', vmi('v'), { nodes: [node('node-1')] }],
    ['v hangs - noRoom', vmi('v'), { nodes: [node('node-1'), node('node-2', '{"memory":"62Gi"}')] }],
    ['v hangs - deadZone', vmi('v'), used(16n * GI)],
    ['v moves 1', vmi('v'), used(16n * GI - CONSOLE_BYTES)],
  ])('%s', (expected, vm, parts = {}) => {
    expect(outcomes([vm], parts)).toEqual([expected]);
  });

  it('has KubeVirt’s reason', () => {
    expect(vmsOf(drain([withStrategy('v', 'LiveMigrate', 'False')]))[0]?.reasons).toEqual([{ code: 'notLiveMigratable', params: { reason: 'DisksNotLiveMigratable', message: '' } }]);
  });

  it('has no word of KubeVirt’s where it has ended', () => {
    const ended = vmi('v', { phase: 'Failed', spec: { ...vmi().spec, evictionStrategy: 'LiveMigrate' }, conditions: [{ type: 'Ready', status: 'False' }] });

    expect(vmsOf(drain([ended]))[0]?.reasons).toEqual([{ code: 'notRunning', params: { phase: 'Failed' } }]);
  });

  it('takes room that the next one no longer has', () => {
    const nodes = [node('node-1'), node('node-2', '{"memory":"59Gi"}'), node('node-3', '{"memory":"58Gi"}')];

    // 3.1 GiB each: two fit on node-3 only after one went to node-2
    expect(outcomes([vmi('a'), vmi('b'), vmi('c')], { nodes })).toEqual(['a moves 1', 'b moves 1', 'c hangs - noRoom']);
    expect(outcomes([vmi('a'), vmi('b')], { nodes: [node('node-1'), node('node-2', null), node('node-3', null)] })).toEqual(['a moves 1', 'b moves 1']);
  });
});

describe('quotas during a drain', () => {
  it('are raised for all that wait, until the last one is alone', () => {
    // Dead zone: only the raise of another one lets one go
    expect(outcomes([vmi('a'), vmi('b'), vmi('c')], used(16n * GI))).toEqual(['a dependsOnOrder 1 deadZone', 'b dependsOnOrder 1 deadZone', 'c hangs - deadZone']);
    expect(drain([vmi('a'), vmi('b'), vmi('c')], used(16n * GI)).verdict).toEqual({ code: 'no', params: { count: 1, total: 3, namespace: 'ns', name: 'c' } });
  });

  it('may depend on the order', () => {
    const plugged = { ...vmi('a'), status: { ...vmi('a').status, volumeStatus: [{ hotplugVolume: {} }] } };

    expect(drain([plugged, vmi('b')], { ...used(16n * GI - CONSOLE_BYTES), kubevirt: limits(1, 1) })).toMatchObject({ verdict: { code: 'dependsOnOrder', params: { count: 1, name: 'a' } }, namespaces: [{ vms: [{ outcome: 'dependsOnOrder', batch: 1 }, { outcome: 'moves', batch: 2 }] }] });
  });

  it('are used by those that run, where nothing is raised', () => {
    const parts = { resourceQuotas: [quotaWith({ pods: '6' }, { pods: '5' })] };

    expect(outcomes([vmi('a'), vmi('b')], parts)).toEqual(['a moves 1', 'b moves 2']);
    expect(outcomes([vmi('a'), vmi('b')], { resourceQuotas: [quotaWith({ pods: '5' }, { pods: '5' })] })).toEqual(['a hangs - quota', 'b hangs - quota']);
  });

  it('count only what a VM takes, and what is added for it', () => {
    const cpuOnly = vmi('a', { spec: { ...vmi().spec, domain: { resources: { limits: { cpu: '1' } } } } });
    const huge = quotaWith({ ...HARD, 'hugepages-2Mi': '1Gi' });

    expect(outcomes([cpuOnly, vmi('b')], { resourceQuotas: [huge] })).toEqual(['a moves 1', 'b moves 1']);
    expect(outcomes([cpuOnly, vmi('b')], used(14n * GI))).toEqual(['a dependsOnOrder 1 quota', 'b moves 2']);
  });

  it('are those of any namespace', () => {
    expect(outcomes([{ ...vmi('a'), metadata: { name: 'a', uid: 'u' } }], { pods: [], podsRead: new Set() })).toEqual(['a moves 1']);
  });

  it('are not compensated while another raise makes room', () => {
    expect(outcomes([vmi('a'), vmi('b')], used(16n * GI + 1n))).toEqual(['a moves 1', 'b moves 2']);
  });
});

describe('the verdict', () => {
  it.each<[string, VirtualMachineInstance[], Parameters<typeof clusterOf>[1]?]>([
    ['stops', [withStrategy('a', null), vmi('b')]],
    ['no', [vmi('a', { phase: 'Scheduled' }), withStrategy('b', null)]],
    ['refused', [withStrategy('a', 'LiveMigrateIfPossible', 'False')]],
    ['refused', [vmi('a')], { nodes: [node('node-1', '{}', { labels: { 'node-role.kubernetes.io/control-plane': 'true' } }), node('node-2')] }],
  ])('is %s', (code, vms, parts = {}) => {
    expect(drain(vms, parts).verdict.code).toBe(code);
  });

  it('says why Harvester does not begin', () => {
    expect(drain([withStrategy('a', 'LiveMigrateIfPossible', 'False')])).toMatchObject({ verdict: { code: 'refused', params: { total: 1 } }, refusals: [{ code: 'notLiveMigratable', params: { name: 'ns/a', count: 1 } }] });
  });

  it('changes with no permutation of the VMs, and never for the worse with more quota', () => {
    const sizes = fc.array(fc.integer({ min: 1, max: 6 }), { minLength: 1, maxLength: 6 });
    const hanging = (report: NodeDrainReport): number => vmsOf(report).filter(({ outcome }) => outcome === 'hangs').length;

    fc.assert(fc.property(sizes, fc.bigInt({ min: 1n, max: 20n }), fc.bigInt({ min: 0n, max: 8n }), fc.bigInt({ min: 0n, max: 20n * GI }), fc.boolean(), (list, base, more, bytes, skips) => {
      const vms = list.map((memory, index) => vmi(`vm${ index }`, { spec: { ...vmi().spec, domain: { resources: { limits: { cpu: '1', memory: `${ memory }Gi` } } } } }));
      const report = (order: readonly VirtualMachineInstance[], gi: bigint): NodeDrainReport => drain(order, {
        namespaces: [namespaceWith({ limitsMemory: `${ gi }Gi` })], resourceQuotas: [quotaWith({ 'limits.memory': `${ gi }Gi` }, { 'limits.memory': String(bytes) }, skips ? { [SKIP]: 'true' } : {})], pods: [], podsRead: new Set(), harvesterVersion: '1.8',
      });

      expect(report([...vms].reverse(), base)).toEqual(report(vms, base));
      expect(hanging(report(vms, base + more))).toBeLessThanOrEqual(hanging(report(vms, base)));
    }), { numRuns: 30 });
  });

  it('has the base that the tests think it has', () => {
    expect([BASE.limitsMemory, HARD['limits.memory']]).toEqual(['16Gi', '16Gi']);
  });
});
