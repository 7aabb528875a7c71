/** @jest-environment node */
import fc from 'fast-check';
import { COMPENSATION, GI, namespaceWith, quotaWith, RAISED_BY_NAME, REJECTED, RESYNC, SKIP } from '../../../harvester/migration/__tests__/builders';
import type { VirtualMachine } from '../../../harvester/migration/objects';
import { alarmsOf, clusterAlarms } from '../alarms';
import { namespaceContext } from '../namespaceContext';
import { namespaceReport } from '../namespaceReport';
import type { NamespaceReport } from '../report';
import { BASE, clusterOf, CONSOLE_BYTES, HARD, launcherOf, LIMIT, NOW, targetPod, used, vmi, vmim } from './builders';

fc.configureGlobal({ seed: 20271 });

const RAISED = 'harvesterhci.io/migratingUID-uid-vm1';
const VM = vmi();
const report = (...args: Parameters<typeof clusterOf>): NamespaceReport => namespaceReport(clusterOf(...args), 'ns', NOW);
const codes = (parts: Parameters<typeof clusterOf>[1], vms = [VM]): string[] => report(vms, parts).states.map(({ code }) => code);
const rejected = (vm: string, lastProbeTime?: string): ReturnType<typeof vmim> => vmim(vm, { phase: 'Pending', conditions: [{ type: REJECTED, status: 'True', lastProbeTime }] });
const raisedTo = (limit: bigint): Record<string, string> => ({ ...HARD, 'limits.cpu': '10', 'limits.memory': String(limit) });
const RAISE = JSON.stringify({ 'limits.cpu': '2', 'limits.memory': String(LIMIT) });

describe('the states of a namespace', () => {
  it.each<[string[], Parameters<typeof clusterOf>[1]]>([
    [['noQuota'], { resourceQuotas: [] }],
    [['fits'], {}],
    [['fitsByAutoScaling'], used(14n * GI)],
    [['blocked'], used(16n * GI)],
    [['overQuota', 'fitsByAutoScaling'], used(16n * GI + 1n)],
    [['overQuota', 'blocked'], { ...used(16n * GI + 1n), harvesterVersion: 'v1.8.2' }],
    [['overQuota', 'fitsByAutoScaling'], { ...used(16n * GI + 1n), harvesterVersion: '2.0.0' }],
    [['overQuota', 'fitsByAutoScaling'], { ...used(16n * GI + 1n), harvesterVersion: 'v1.10-head' }],
    [['drift', 'overQuota', 'blocked'], used(16n * GI + 2n, { [COMPENSATION]: '{"limits.memory":"1"}' })],
    [['overQuota', 'blocked', 'resyncDue'], used(16n * GI + 2n, { [COMPENSATION]: '{"limits.memory":"1"}', [RESYNC]: 'true' })],
    [['drift', 'inFlight', 'fits'], used(0n, { [RAISED]: '{"limits.cpu":"2"}' })],
    [['malformed', 'inFlight', 'fits'], used(0n, { [RAISED]: '{' })],
    [['blocked', 'autoScalingOff'], used(14n * GI, { [SKIP]: 'true' })],
    [['drift', 'fits'], { namespaces: [namespaceWith({ limitsCpu: '9' })] }],
    [['drift', 'fits'], { resourceQuotas: [quotaWith({ 'limits.cpu': '8' })] }],
    [['malformed'], { resourceQuotas: [quotaWith({ 'limits.cpu': 'x' })] }],
    [['malformed', 'fits'], { namespaces: [namespaceWith('{')] }],
    [['stuck', 'drift', 'inFlight', 'fits'], { ...used(0n, { [RAISED]: RAISE }), migrations: [rejected('vm1')] }],
    [['blocked'], { resourceQuotas: [quotaWith(HARD)], podsRead: new Set(['ns']), pods: [launcherOf(VM, { containers: [{ name: 'other' }] })] }],
  ])('are %j', (expected, parts) => {
    expect(codes(parts)).toEqual(expected);
  });

  it('say how much, how many, and since when', () => {
    expect(report([VM, vmi('vm2')], used(16n * GI)).states).toEqual([{ code: 'blocked', rank: 4, tone: 'warning', params: { quota: 'default-abc', resource: 'limits.memory', missingBytes: CONSOLE_BYTES, reason: 'deadZone', count: 2, total: 2 } }]);
    expect(report([VM], { ...used(0n, { [RESYNC]: 'true' }), namespaces: [namespaceWith({ limitsCpu: '9' })] }).states[0]).toMatchObject({ code: 'resyncDue', params: { resource: 'limits.cpu', hardMilli: 8000n, wantedMilli: 9000n } });
    expect(report([VM], { resourceQuotas: [quotaWith({ 'limits.cpu': '8' })] }).states[0]?.params).toEqual({ resource: 'limits.memory', wantedBytes: 16n * GI });
    expect(report([VM], { migrations: [rejected('vm0'), rejected('vm1', '2026-11-25T11:59:00Z'), rejected('vm2', '2026-11-25T11:58:00Z')] }).states[0]?.params).toEqual({ name: 'vm2', count: 3, sinceMilliseconds: 120_000 });
    expect(report([VM], { migrations: [rejected('vm0'), rejected('vm1')] }).states[0]?.params).toEqual({ name: 'vm0', count: 2, sinceMilliseconds: undefined });
    expect(report([VM], used(16n * GI + 1n)).states[0]?.params).toEqual({ quota: 'default-abc', resource: 'limits.memory', missingBytes: 1n });
    expect(report([VM], { namespaces: [namespaceWith('{')] }).states[0]?.params).toEqual({ message: 'field.cattle.io/resourceQuota: it is no JSON' });
    expect(report([VM], { resourceQuotas: [quotaWith({ 'limits.cpu': 'x' })] })).toMatchObject({ error: expect.stringContaining('quantities must match') as string, limits: [], largest: { none: true }, oneByOne: 0, atOnce: { count: 0 }, vms: [{ reasons: [{ code: 'unreadable' }] }] });
  });

  it('are those of a namespace that nothing is known of', () => {
    expect(namespaceReport(clusterOf([]), 'other', NOW)).toEqual({
      namespace: 'other', states: [{ code: 'noQuota', params: { total: 0 }, tone: 'info', rank: 10 }], limits: [], raises: [], vms: [], oneByOne: 0, atOnce: { count: 0, exact: true }, inParallel: { count: 0, exact: true },
      largest: { none: false }, alarms: [], isEstimated: false,
    });
    expect(namespaceReport(clusterOf([], { podsRead: new Set(['ns']) }), 'other', NOW).isEstimated).toBe(true);
    expect(clusterOf([], { resourceQuotas: [] }).namespaceNames).toEqual([]);
    expect(clusterOf([VM]).namespaceNames).toEqual(['ns']);
  });
});

describe('how many can migrate', () => {
  const three = [vmi('vm1'), vmi('vm2'), vmi('vm3', { node: 'node-2' })];

  it('one after another, at once, and in parallel', () => {
    expect(report(three)).toMatchObject({ oneByOne: 3, atOnce: { count: 3, exact: true }, inParallel: { count: 3, exact: true } });
    expect(report(three, used(16n * GI - CONSOLE_BYTES * 2n))).toMatchObject({ oneByOne: 3, atOnce: { count: 2, exact: true }, inParallel: { count: 2 } });
    expect(report(three, used(16n * GI - CONSOLE_BYTES + 1n))).toMatchObject({ oneByOne: 0, atOnce: { count: 0, exact: true } });
  });

  it('within KubeVirt’s limits', () => {
    const limited = (parallelMigrationsPerCluster: number, parallelOutboundMigrationsPerNode: number): object => ({ kubevirt: { spec: { configuration: { migrations: { parallelMigrationsPerCluster, parallelOutboundMigrationsPerNode } } }, status: { conditions: [{ type: 'Available', status: 'True', reason: 'AllComponentsReady' }] } } });

    expect(report(three, limited(5, 1)).inParallel).toEqual({ count: 2, exact: true });
    expect(report(three, limited(1, 2)).inParallel).toEqual({ count: 1, exact: true });
    expect(report([...three, vmi('vm4')]).inParallel).toEqual({ count: 3, exact: true });
  });

  it('at least one at a time where only a compensation lets it go', () => {
    const parts = used(16n * GI + 1n);
    const other = { ...vmi('other', { node: 'node-2' }), metadata: { name: 'other', namespace: 'else', uid: 'o' } };
    const running = vmim('other', { phase: 'Running' }, { namespace: 'else' });
    const limited = (parallelMigrationsPerCluster: number, node: string): NamespaceReport => report([...three, { ...other, status: { ...other.status, nodeName: node } }], {
      ...parts, migrations: [running], kubevirt: { spec: { configuration: { migrations: { parallelMigrationsPerCluster, parallelOutboundMigrationsPerNode: 1 } } }, status: { conditions: [{ type: 'Available', status: 'True', reason: 'AllComponentsReady' }] } },
    });

    expect(report(three, parts)).toMatchObject({ oneByOne: 3, atOnce: { count: 1, exact: false }, inParallel: { count: 1, exact: false } });
    expect(limited(1, 'node-9')).toMatchObject({ atOnce: { count: 1 }, inParallel: { count: 0, exact: true } });
    expect(limited(9, 'node-1')).toMatchObject({ inParallel: { count: 1 } });
    expect(report([vmi('vm1')], { ...parts, migrations: [running] })).toMatchObject({ inParallel: { count: 1 } });
  });

  it('beside migrations that hold places', () => {
    const vm4 = { ...vmi('vm4'), status: { ...vmi('vm4').status, migrationState: { sourceNode: 'node-2' } } };
    const running = vmim('vm4', { phase: 'Running' });
    const waiting = vmim('vm4');
    const all = [...three, vm4];

    expect(clusterOf(all, { migrations: [running, vmim('gone', { phase: 'Running' }), vmim('vm1'), vmim('vm2', { phase: 'Failed' })] })).toMatchObject({ running: 2, outbound: new Map([['node-1', 1], ['node-2', 1]]) });
    expect(clusterOf(all, { migrations: [waiting], pods: [targetPod(vm4, waiting)] }).running).toBe(1);
    expect(clusterOf(all, { migrations: [waiting], pods: [targetPod(vm4, waiting, { phase: 'Failed' })] }).running).toBe(0);
    expect(report(all, { migrations: [running] }).inParallel).toEqual({ count: 2, exact: true });
    expect(clusterOf([{}], { migrations: [{}, { status: { phase: 'Running' } }] })).toMatchObject({ running: 1, outbound: new Map() });
  });

  it('is what is left for others once pending ones have their pods', () => {
    const parts = { ...used(16n * GI - CONSOLE_BYTES * 2n, { [RAISED]: RAISE }), migrations: [vmim('vm1')] };

    expect(report(three, parts)).toMatchObject({ oneByOne: 2, atOnce: { count: 1 } });
    expect(report(three, { ...parts, migrations: [vmim('vm1', { phase: 'Running' })] })).toMatchObject({ oneByOne: 2, atOnce: { count: 2 } });
    expect(report(three, { ...parts, pods: [...three.map((vm) => launcherOf(vm)), targetPod(VM, vmim('vm1'))] }).atOnce).toMatchObject({ count: 2 });
  });

  it('changes with no permutation of the VMs', () => {
    const sizes = fc.array(fc.record({ cpu: fc.integer({ min: 1, max: 8 }), memory: fc.integer({ min: 1, max: 12 }) }), { maxLength: 7 });

    fc.assert(fc.property(sizes, fc.bigInt({ min: 0n, max: 17n * GI }), fc.boolean(), (list, bytes, skips) => {
      const vms = list.map(({ cpu, memory }, index) => vmi(`vm${ index }`, { spec: { domain: { resources: { limits: { cpu: `${ cpu }`, memory: `${ memory }Gi` } } } } }));
      const [forth, back] = [vms, [...vms].reverse()].map((order) => report(order, { ...used(bytes, skips ? { [SKIP]: 'true' } : {}), pods: [], podsRead: new Set() }));

      expect(back).toEqual({ ...forth, states: expect.anything() as unknown, vms: [...forth?.vms ?? []].reverse() });
      expect(back?.states.map(({ code }) => code)).toEqual(forth?.states.map(({ code }) => code));
      expect(forth?.inParallel.count).toBeLessThanOrEqual(forth?.atOnce.count ?? 0);
      expect(forth?.atOnce.count).toBeLessThanOrEqual(forth?.oneByOne ?? 0);
    }), { numRuns: 30 });
  });
});

describe('the largest VM', () => {
  it('is not bounded where Harvester raises', () => {
    expect(report([]).largest).toEqual({ none: false });
    expect(report([], used(16n * GI)).largest).toEqual({ memoryBytes: 0n, none: true });
  });

  it('is what the quotas leave', () => {
    const resourceQuotas = [quotaWith(HARD, { 'limits.cpu': '2500m' }, { [SKIP]: 'true' })];
    const overcommitSetting = { value: '{"cpu":1000,"memory":100}' };
    const { cpuMilli, memoryBytes = 0n } = report([], { resourceQuotas, overcommitSetting }).largest;
    const fits = (memory: bigint): number => {
      const resources = { limits: { cpu: '1', memory: String(memory) }, requests: { cpu: '100m', memory: String(memory) } };

      return report([vmi('vm1', { spec: { domain: { cpu: { cores: 1 }, resources } } })], { resourceQuotas, pods: [], podsRead: new Set() }).oneByOne;
    };

    expect(cpuMilli).toBe(5000n);
    expect([fits(memoryBytes), fits(memoryBytes + (1n << 20n))]).toEqual([1, 0]);
  });

  it('has requests as its limits where the setting does not say', () => {
    const largest = (value: string): unknown => report([], { resourceQuotas: [quotaWith({ 'requests.cpu': '2', 'requests.memory': '2Gi' })], overcommitSetting: { value } }).largest;

    expect(largest('{"cpu":1000}')).toMatchObject({ cpuMilli: 19_000n });
    expect(largest('{"memory":150}')).toMatchObject({ cpuMilli: 1000n });
  });

  it('may have any number of CPUs where they are not limited', () => {
    expect(report([], { resourceQuotas: [quotaWith({ 'limits.memory': '1Gi' }, {}, { [SKIP]: 'true' })] }).largest).toEqual({ memoryBytes: expect.any(BigInt) as bigint, none: false });
    expect(report([], { resourceQuotas: [quotaWith({ pods: '0' })] }).largest.none).toBe(true);
  });
});

describe('raises', () => {
  it('belong to VMs, or to nobody any more', () => {
    const annotations = { [RAISED]: RAISE, [RAISED_BY_NAME.replace('vm1', 'vm2')]: '{}', 'harvesterhci.io/migratingUID-gone': '{}', 'harvesterhci.io/migratingUID-bad': '{' };

    expect(report([VM, vmi('vm2')], { ...used(0n, annotations), migrations: [vmim('vm1'), vmim('vm2', { phase: 'Succeeded' })] }).raises).toEqual([
      { key: RAISED, vm: 'vm1', cpuMilli: 2000n, memoryBytes: LIMIT, isOrphaned: false },
      { key: 'harvesterhci.io/migrating-vm2', vm: 'vm2', cpuMilli: 0n, memoryBytes: 0n, isOrphaned: true },
      { key: 'harvesterhci.io/migratingUID-gone', vm: undefined, cpuMilli: 0n, memoryBytes: 0n, isOrphaned: true },
    ]);
  });

  it('are given a minute to go after a migration', () => {
    const ended = (at: string): ReturnType<typeof vmim> => vmim('vm1', { phase: 'Succeeded', phaseTransitionTimestamps: [{ phase: 'Succeeded', phaseTransitionTimestamp: at }] });
    const orphaned = (at: string): boolean | undefined => report([VM], { ...used(0n, { [RAISED]: '{}' }), migrations: [ended(at)] }).raises[0]?.isOrphaned;

    expect([orphaned('2026-11-25T11:59:01Z'), orphaned('2026-11-25T11:59:00Z')]).toEqual([false, true]);
  });
});

describe('alarms', () => {
  const quotaMeta = { name: 'default-abc', namespace: 'ns', resourceVersion: '7' };
  const alarms = (parts: Parameters<typeof clusterOf>[1], vms = [VM]): ReturnType<typeof alarmsOf> => alarmsOf(namespaceContext(clusterOf(vms, parts), 'ns'), NOW);
  const removes = (...keys: string[]): object => ({ type: 'resourcequota', namespace: 'ns', name: 'default-abc', body: { metadata: { resourceVersion: '7', annotations: Object.fromEntries(keys.map((key) => [key, null])) } } });

  it('are none where all is well', () => {
    expect(alarms({})).toEqual([]);
    expect(alarms({ resourceQuotas: [] })).toEqual([]);
    expect(alarms({ ...used(0n, { [RAISED]: RAISE }), resourceQuotas: [quotaWith(raisedTo(16n * GI + LIMIT), {}, { [RAISED]: RAISE })], migrations: [vmim('vm1', { phase: 'Running' })] })).toEqual([]);
  });

  it('offer to take an orphaned raise away, and the compensation with it', () => {
    expect(alarms(used(0n, { [RAISED]: '{}' }, quotaMeta))).toEqual([{ code: 'orphanedRaise', params: { key: RAISED, vm: 'vm1' }, repair: removes(RAISED) }]);
    expect(alarms(used(0n, { [RAISED]: '{}', [COMPENSATION]: '{}' }, quotaMeta))).toEqual([{ code: 'orphanedRaise', params: { key: RAISED, vm: 'vm1' }, repair: removes(RAISED, COMPENSATION) }]);
    expect(alarms(used(0n, { [COMPENSATION]: '{}' }, quotaMeta))).toEqual([{ code: 'orphanedCompensation', params: {}, repair: removes(COMPENSATION) }]);
    expect(alarms({ ...used(0n, { [COMPENSATION]: '{}' }, quotaMeta), migrations: [vmim('vm1')] })).toEqual([]);
    expect(alarms({ resourceQuotas: [{ ...quotaWith({}, {}, { [RAISED]: '{}' }), metadata: { ...quotaWith({}).metadata, annotations: { [RAISED]: '{}' }, name: undefined } }] })[0]?.repair?.name).toBe('');
  });

  it('name annotations that cannot be read, with a repair where nobody needs them', () => {
    expect(alarms({ namespaces: [namespaceWith('{')] })).toEqual([{ code: 'malformedNamespace', params: { message: 'field.cattle.io/resourceQuota: it is no JSON' } }]);
    expect(alarms({ namespaces: [namespaceWith({ limitsCpu: 'x' })] })).toMatchObject([{ code: 'malformedBase' }]);
    expect(alarms(used(0n, { 'harvesterhci.io/migratingUID-a': '{}', [RAISED]: '{' }, quotaMeta))).toMatchObject([{ code: 'malformedRaise', repair: removes(RAISED) }, { code: 'orphanedRaise' }]);
    expect(alarms({ ...used(0n, { [RAISED]: '{' }, quotaMeta), migrations: [vmim('vm1')] })).toEqual([{ code: 'malformedRaise', params: { message: expect.stringContaining(RAISED) as string } }]);
    expect(alarms({ ...used(0n, { [COMPENSATION]: '{' }, quotaMeta), migrations: [vmim('vm1')] })).toMatchObject([{ code: 'malformedCompensation', repair: removes(COMPENSATION) }]);
  });

  it('name limits that were written over while a raise stands', () => {
    const migrations = [vmim('vm1', { phase: 'Running' })];

    expect(alarms({ ...used(0n, { [RAISED]: RAISE }), migrations })).toEqual([
      { code: 'rewritten', params: { resource: 'limits.cpu', hardMilli: 8000n, wantedMilli: 10_000n } }, { code: 'rewritten', params: { resource: 'limits.memory', hardBytes: 16n * GI, wantedBytes: 16n * GI + LIMIT } },
    ]);
    expect(alarms({ ...used(0n, { [RAISED]: RAISE, [RESYNC]: 'true' }), migrations })).toEqual([]);
    expect(alarms({ resourceQuotas: [quotaWith({ 'limits.cpu': '10' }, {}, { [RAISED]: RAISE })], migrations })).toMatchObject([{ params: { resource: 'limits.memory', hardBytes: 0n } }]);
  });

  it('name a compensation that does not help', () => {
    const hard = raisedTo(16n * GI + LIMIT + 5n);
    const parts = (bytes: bigint, flag = 'false'): Parameters<typeof clusterOf>[1] => ({
      resourceQuotas: [quotaWith(hard, { 'limits.memory': String(bytes) }, { [RAISED]: RAISE, [COMPENSATION]: '{"limits.memory":"5"}', [RESYNC]: flag })], migrations: [rejected('vm1')],
    });

    expect(alarms(parts(17n * GI))).toEqual([{ code: 'compensationLoop', params: { vm: 'vm1' } }]);
    expect(alarms(parts(17n * GI, 'true'))).toEqual([]);
    expect(alarms(parts(GI))).toEqual([]);
    expect(alarms({ ...parts(17n * GI), migrations: [vmim('vm1')] })).toEqual([]);
  });

  it('name objects over which Harvester’s own check crashes or fails', () => {
    const vm = (name: string, limits?: object): VirtualMachine => ({ metadata: { name, namespace: 'ns' }, spec: { template: { spec: { domain: { resources: limits ? { limits: { cpu: '1' } } : {} } } } } });
    const virtualMachines = [vm('a', {}), vm('b'), { metadata: { namespace: 'ns' } }];

    expect(alarms({ virtualMachines })).toEqual([{ code: 'crashWithoutLimits', params: { vm: 'b', count: 2 } }]);
    expect(alarms({ virtualMachines, namespaces: [namespaceWith({ pods: '3' })] })).toEqual([]);
    expect(alarms({ virtualMachines, namespaces: [namespaceWith()] })).toEqual([]);
    expect(alarms({ virtualMachines, resourceQuotas: [] })).toEqual([]);
    expect(alarms({ virtualMachines, namespaces: [namespaceWith({ requestsStorage: '3' })] })).toHaveLength(1);
    expect(alarms({ namespaces: [namespaceWith('null')] })).toEqual([{ code: 'crashNullLimits', params: {} }]);
    expect(alarms({ namespaces: [namespaceWith({ limitsMemory: '16Gi', extended: { x: '1' } })] })).toEqual([{ code: 'extendedLimits', params: {} }]);
  });

  it('repeat what Rancher says of the project', () => {
    const status = (Status: string): object => ({ 'cattle.io/status': JSON.stringify({ Conditions: [{ Type: 'ResourceQuotaValidated', Status, Message: 'exceeds' }] }) });
    const namespaces = (Status: string): object[] => [{ metadata: { name: 'ns', annotations: { ...namespaceWith(BASE).metadata?.annotations, ...status(Status) } } }];

    expect(alarms({ namespaces: namespaces('False') })).toEqual([{ code: 'exceedsProject', params: { message: 'exceeds' } }]);
    expect(alarms({ namespaces: namespaces('True') })).toEqual([]);
  });

  it('name a setting over which Harvester crashes everywhere', () => {
    const of = (value?: string): unknown => clusterAlarms(clusterOf([], { overcommitSetting: value === undefined ? undefined : { value } }).snapshot);

    expect(of()).toEqual([]);
    expect(of('{"cpu":1000,"memory":150}')).toEqual([]);
    expect(of('{"cpu":1000}')).toEqual([{ code: 'overcommitMissing', params: { field: 'memory' } }]);
    expect(of('{')).toEqual([{ code: 'overcommitMalformed', params: { message: 'overcommit-config is no JSON' } }]);
  });
});
