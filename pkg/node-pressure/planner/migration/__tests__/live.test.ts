/** @jest-environment node */
import { REJECTED } from '../../../harvester/migration/__tests__/builders';
import type { Condition, VirtualMachineInstance, VirtualMachineInstanceMigration, VmPod } from '../../../harvester/migration/objects';
import { ADVICE_CODES } from './codes';
import { migrationReports } from '../live';
import type { MigrationReport } from '../liveReport';
import { clusterOf, launcherOf, NOW, targetPod, used, vmi, vmim } from './builders';

const VM = vmi();
const READY = { type: 'Ready', status: 'True' };
const condition = (type: string, parts: Partial<Condition> = {}): Condition => ({ type, status: 'True', ...parts });
const phase = (name: string, ...conditions: Condition[]): VirtualMachineInstanceMigration['status'] => ({ phase: name, conditions });
const first = (migration: VirtualMachineInstanceMigration, parts: Parameters<typeof clusterOf>[1] = {}, vm: VirtualMachineInstance = VM): MigrationReport => migrationReports(clusterOf([vm], { migrations: [migration], ...parts }), NOW)[0] as MigrationReport;
const target = (status: VmPod['status'], metadata: Partial<VmPod['metadata']> = {}): VmPod[] => [launcherOf(VM), targetPod(VM, vmim('vm1'), status, metadata)];
const waits = (...args: Parameters<typeof first>): unknown => first(...args).waitsFor;
const code = (...args: Parameters<typeof first>): string | undefined => first(...args).waitsFor?.code;

describe('what a migration waits for', () => {
  const plugged = { ...VM, status: { ...VM.status, volumeStatus: [{ hotplugVolume: {} }] } };

  it.each<[string, VirtualMachineInstanceMigration, Parameters<typeof clusterOf>[1]?, VirtualMachineInstance?]>([
    ['controller', vmim('vm1', {})],
    ['controller', vmim('vm1')],
    ['controller', vmim('gone')],
    ['aborting', vmim('vm1', phase('Running', condition('migrationAbortRequested')))],
    ['aborting', vmim('vm1', phase('Pending'), { deletionTimestamp: '2026-11-25T11:59:00Z' })],
    ['backup', vmim('vm1', phase('Pending', condition('migrationBlockedByBackup'), condition(REJECTED)))],
    ['utilityVolumes', vmim('vm1', phase('Pending', condition('migrationBlockedByUtilityVolumes')))],
    ['attachment', vmim('vm1', phase('Pending', condition(REJECTED))), { pods: target({ phase: 'Pending' }) }],
    ['quota', vmim('vm1', phase('Pending', condition(REJECTED)))],
    ['otherPods', vmim('vm1'), { pods: [launcherOf(VM), targetPod(VM, vmim('old'))] }],
    ['starting', vmim('vm1', phase('Scheduling')), { pods: target({ phase: 'Pending' }) }],
    ['starting', vmim('vm1', phase('Scheduling'))],
    ['starting', vmim('vm1', phase('Scheduling')), { pods: target({ phase: 'Running', conditions: [READY] }) }],
    ['attachment', vmim('vm1', phase('Scheduling')), { pods: target({ phase: 'Running', conditions: [READY] }) }, plugged],
    ['target', vmim('vm1', phase('Scheduled'))],
    ['target', vmim('vm1', phase('PreparingTarget'))],
    ['memory', vmim('vm1', phase('TargetReady'))],
    ['memory', vmim('vm1', phase('Running'))],
    ['resize', vmim('vm1', phase('Running')), {}, { ...VM, status: { ...VM.status, migrationState: { completed: true } } }],
  ])('is %s', (expected, migration, parts = {}, vm = VM) => {
    expect(code(migration, parts, vm)).toBe(expected);
  });

  it('is nothing once it is over', () => {
    expect(first(vmim('vm1', phase('Succeeded')))).toMatchObject({ isFinal: true, waitsFor: undefined, tone: 'success' });
    expect(first(vmim('vm1', phase('Failed')))).toMatchObject({ isFinal: true, waitsFor: undefined, tone: 'error' });
  });

  it('names limits, times and the scheduler’s own words', () => {
    const others = ['a', 'b', 'c', 'd', 'e'].map((name) => vmi(name, { node: 'node-9' }));
    const running = others.map((vm) => vmim(vm.metadata?.name ?? '', phase('Running')));
    const all = (count: number, node: string): unknown => migrationReports(clusterOf([VM, ...others.map((vm) => ({ ...vm, status: { ...vm.status, nodeName: node } }))], { migrations: [...running.slice(0, count), vmim('vm1')] }), NOW).find(({ vm }) => vm === 'vm1')?.waitsFor;

    expect(all(5, 'node-9')).toEqual({ code: 'clusterLimit', params: { limit: 5 } });
    expect(all(2, 'node-1')).toEqual({ code: 'nodeLimit', params: { limit: 2, node: 'node-1' } });
    expect(all(2, 'node-9')).toEqual({ code: 'controller', params: {} });
    expect(waits(vmim('vm1', phase('Pending', condition(REJECTED, { lastProbeTime: '2026-11-25T11:58:00Z' }))))).toEqual({ code: 'quota', params: { sinceMilliseconds: 120_000 } });
    expect(waits(vmim('vm1', phase('Scheduling')), { pods: target({ phase: 'Pending', conditions: [{ type: 'PodScheduled', status: 'False', reason: 'Unschedulable', message: '0/2 nodes are available' }] }) })).toEqual({ code: 'scheduling', params: { message: '0/2 nodes are available' } });
  });
});

describe('when KubeVirt gives a migration up', () => {
  const created = { creationTimestamp: '2026-11-25T11:56:00Z' };
  const stuck = { phase: 'Pending', conditions: [{ type: 'PodScheduled', status: 'False', reason: 'Unschedulable' }] };
  const giveUp = (status: VmPod['status'], metadata: Partial<VmPod['metadata']> = created, annotations: Record<string, string> = {}): number | undefined => first(vmim('vm1', phase('Scheduling'), { annotations }), { pods: target(status, metadata) }).givesUpInMilliseconds;

  it('is five minutes after a pod that no node takes, fifteen after any other that does not run', () => {
    expect([giveUp(stuck), giveUp({ phase: 'Pending' }), giveUp({ phase: 'Running' }), giveUp(undefined), giveUp(stuck, {}), giveUp(stuck, { ...created, deletionTimestamp: '2026-11-25T11:57:00Z' })]).toEqual([60_000, 660_000, undefined, undefined, undefined, undefined]);
    expect(first(vmim('vm1')).givesUpInMilliseconds).toBeUndefined();
  });

  it('is what the migration says', () => {
    const key = 'kubevirt.io/migrationUnschedulablePodTimeoutSeconds';

    expect([giveUp(stuck, created, { [key]: '100' }), giveUp(stuck, created, { [key]: '600' }), giveUp(stuck, created, { [key]: 'soon' })]).toEqual([0, 360_000, 60_000]);
  });
});

describe('a migration’s report', () => {
  it('has its ages, nodes, cause and raise', () => {
    const migration = vmim('vm1', { ...phase('Running'), phaseTransitionTimestamps: [{ phase: 'Running', phaseTransitionTimestamp: '2026-11-25T11:59:30Z' }] }, { creationTimestamp: '2026-11-25T11:58:00Z', annotations: { 'kubevirt.io/evacuationMigration': 'node-1' } });
    const vm = { ...VM, status: { ...VM.status, migrationState: { migrationUid: 'muid-vm1', sourceNode: 'node-1', targetNode: 'node-2' } } };

    expect(first(migration, used(0n, { 'harvesterhci.io/migratingUID-uid-vm1': '{"limits.cpu":"2"}' }), vm)).toEqual({
      namespace: 'ns', name: 'vm1-m', vm: 'vm1', phase: 'Running', isFinal: false, ageMilliseconds: 120_000, phaseAgeMilliseconds: 30_000, source: 'node-1', target: 'node-2', cause: { code: 'drain', params: { node: 'node-1' } },
      waitsFor: { code: 'memory', params: {} }, givesUpInMilliseconds: undefined, raise: { key: 'harvesterhci.io/migratingUID-uid-vm1', vm: 'vm1', cpuMilli: 2000n, memoryBytes: 0n, isOrphaned: false }, tone: 'info',
    });
  });

  it('finds its target in the pod, or where it was sent', () => {
    expect(first(vmim('vm1', phase('Scheduling')), { pods: target({ phase: 'Running' }) })).toMatchObject({ source: 'node-1', target: 'node-2' });
    expect(first({ ...vmim('vm1'), spec: { vmiName: 'vm1', addedNodeSelector: { 'kubernetes.io/hostname': 'node-7' } } })).toMatchObject({ source: 'node-1', target: 'node-7' });
    expect(first(vmim('vm1', { ...phase('Failed'), migrationState: { sourceNode: 'node-3' } }))).toMatchObject({ source: 'node-3', target: undefined });
    expect(first(vmim('vm1', phase('Failed')), {}, { ...VM, status: { ...VM.status, migrationState: { migrationUid: 'other', sourceNode: 'node-3' } } }).source).toBeUndefined();
  });

  it('says why it was begun, and what needs somebody', () => {
    expect(first(vmim('vm1', {}, { annotations: { 'kubevirt.io/workloadUpdateMigration': '' } })).cause).toEqual({ code: 'change', params: {} });
    expect(first(vmim('vm1')).cause).toEqual({ code: 'user', params: {} });
    expect([first(vmim('vm1', phase('Pending', condition(REJECTED)))).tone, first(vmim('vm1')).tone]).toEqual(['warning', 'info']);
  });

  it('is one for each, running ones first, the newest of a kind first', () => {
    const at = (name: string, status: string, creationTimestamp?: string): VirtualMachineInstanceMigration => vmim(name, phase(status), { name, creationTimestamp });
    const migrations = [at('old', 'Failed', '2026-11-25T10:00:00Z'), at('pending', 'Pending'), at('new', 'Succeeded', '2026-11-25T11:00:00Z'), at('running', 'Running'), { metadata: undefined }];

    expect(migrationReports(clusterOf([VM], { migrations }), NOW).map(({ name }) => name)).toEqual(['running', 'pending', '', 'new', 'old']);
  });
});

it('no code of a report stands for two things', () => {
  for (const list of ADVICE_CODES) {
    expect(new Set(list).size).toBe(list.length);
  }
});
