/** @jest-environment node */
import { GI, quotaWith, RATIO, REJECTED } from '../../../harvester/migration/__tests__/builders';
import type { VirtualMachineInstance } from '../../../harvester/migration/objects';
import { unitOf } from '../amountParam';
import { namespaceReport } from '../namespaceReport';
import { nodeRoom } from '../nodeRoom';
import type { VmReport } from '../report';
import { clusterOf, CONSOLE_BYTES, HARD, launcherOf, LIMIT, node, NOW, targetPod, used, vmi, vmim } from './builders';

const VM = vmi();

function reportOf(vm: VirtualMachineInstance = VM, parts: Parameters<typeof clusterOf>[1] = {}): VmReport {
  return namespaceReport(clusterOf([vm], parts), 'ns', NOW).vms[0] as VmReport;
}

const reasons = (vm?: VirtualMachineInstance, parts?: Parameters<typeof clusterOf>[1]): string[] => reportOf(vm, parts).reasons.map(({ code }) => code);

describe('a VM’s report', () => {
  it('says that it can move, and where to', () => {
    expect(reportOf()).toEqual({
      namespace: 'ns', name: 'vm1', node: 'node-1', canMigrate: true, reasons: [], notes: [], need: expect.objectContaining({ 'limits.memory': LIMIT + CONSOLE_BYTES }) as unknown,
      raise: { 'limits.cpu': 2000n, 'limits.memory': LIMIT }, targets: [{ node: 'node-2', roomUnknown: false }],
    });
  });

  it.each<[string[], VirtualMachineInstance?, Parameters<typeof clusterOf>[1]?]>([
    [['deadZone'], VM, used(16n * GI)],
    [['notReady', 'hostDevices', 'noNode', 'deadZone'], vmi('vm1', { conditions: [], spec: { ...VM.spec, domain: { ...VM.spec?.domain, devices: { hostDevices: [{}] } } } }), { ...used(16n * GI), nodes: [node('node-1'), node('node-2', '{}', { labels: { 'node-role.harvesterhci.io/witness': 'true' } })] }],
    [['singleNode', 'noNode'], VM, { nodes: [node('node-1')] }],
    [['kubevirtNotReady'], VM, { kubevirt: {} }],
    [['migrating'], VM, { migrations: [vmim('vm1')] }],
    [['migrating'], vmi('vm1', { metadata: { annotations: { 'harvesterhci.io/migrationState': 'Migrating' } } }), { migrations: [vmim('vm1', {})] }],
    [[], VM, { migrations: [vmim('vm1', { phase: 'Succeeded' })] }],
    [['manyPods'], VM, { pods: [launcherOf(VM), targetPod(VM, vmim('gone'))] }],
    [['noLauncher'], VM, { pods: [] }],
    [['noLauncher'], vmi('vm1', { metadata: { uid: '' } })],
    [['noLauncher'], VM, { pods: [launcherOf(VM, {}, { status: { phase: 'Succeeded' } })] }],
    [[], VM, { pods: [], podsRead: new Set() }],
    [['unreadable'], VM, { pods: [launcherOf(VM, { containers: [{ name: 'compute', resources: { limits: { cpu: 'x' } } }] })] }],
    [['unreadable'], vmi('vm1', { spec: { domain: { resources: { limits: { memory: 'x' } } } } })],
    [['notRunning', 'noNode', 'noLauncher'].filter((code) => code !== 'noNode'), {}, { podsRead: undefined, instances: [{ metadata: { namespace: 'ns' } }] }],
    [['quota', 'unspecified'], VM, { resourceQuotas: [quotaWith({ pods: '0', 'requests.cpu': '1' })], pods: [launcherOf(VM, { containers: [{ name: 'other' }] })] }],
  ])('gives reasons: %j', (expected, vm = VM, parts = {}) => {
    expect(reasons(vm, parts)).toEqual(expected);
  });

  it('says nothing of nodes that could not be read', () => {
    expect(reportOf(VM, { nodes: undefined })).toMatchObject({ canMigrate: true, reasons: [], targets: [] });
  });

  it('does not count a VM’s own pending migration against it', () => {
    const parts = { resourceQuotas: [quotaWith({ 'limits.cpu': '2015m' })], namespaces: [], migrations: [vmim('vm1')] };

    expect(reasons(VM, parts)).toEqual(['migrating']);
    expect(namespaceReport(clusterOf([VM, vmi('vm2')], parts), 'ns', NOW).vms[1]?.reasons).toEqual([{ code: 'quota', params: { quota: 'default-abc', resource: 'limits.cpu', missingMilli: 2015n } }]);
  });

  it('does not ask whether a migration fits that has its pod', () => {
    const migration = vmim('vm1', { phase: 'Running' });
    const parts = { ...used(16n * GI), migrations: [migration], pods: [launcherOf(VM, { containers: [{ name: 'other' }] })] };

    expect(reasons(VM, parts)).toEqual(['migrating']);
    expect(reasons(VM, { ...parts, migrations: [vmim('vm1')], pods: [launcherOf(VM), targetPod(VM, vmim('vm1'))] })).toEqual(['migrating']);
    expect(namespaceReport(clusterOf([VM], parts), 'ns', NOW).states.map(({ code }) => code)).toEqual(['fits']);
  });

  it('knows a VM’s own raise when it is in', () => {
    const key = 'harvesterhci.io/migratingUID-uid-vm1';
    const parts = { resourceQuotas: [quotaWith(HARD, { 'limits.memory': String(16n * GI) }, { [key]: JSON.stringify({ 'limits.memory': String(LIMIT) }) })], migrations: [vmim('vm1')] };

    expect(reportOf(VM, parts).reasons).toEqual([{ code: 'migrating', params: { state: 'Pending' } }, { code: 'deadZone', params: { quota: 'default-abc', resource: 'limits.memory', missingBytes: CONSOLE_BYTES } }]);
  });

  it('names what is missing in its unit', () => {
    expect(reportOf(VM, { resourceQuotas: [quotaWith({ pods: '0', 'requests.cpu': '100m' })] }).reasons).toEqual([
      { code: 'quota', params: { quota: 'default-abc', resource: 'pods', missing: 1n } }, { code: 'quota', params: { quota: 'default-abc', resource: 'requests.cpu', missingMilli: 105n } },
    ]);
    expect(reportOf(VM, { migrations: [{ spec: { vmiName: 'vm1' }, metadata: { namespace: 'ns' } }] }).reasons).toEqual([{ code: 'migrating', params: { state: '' } }]);
    expect(['cpu', 'limits.memory', 'memory', 'hugepages-2Mi', 'requests.ephemeral-storage', 'pods', 'requests.x/memory'].map(unitOf)).toEqual(['Milli', 'Bytes', 'Bytes', 'Bytes', 'Bytes', '', '']);
  });

  it('notes what else to know', () => {
    const pending = vmi('vm1', { conditions: [{ type: 'HotMemoryChange', status: 'True' }, { type: 'HotVCPUChange', status: 'False' }] });
    const notes = (vm = VM, parts: Parameters<typeof clusterOf>[1] = {}): unknown => reportOf(vm, parts).notes;
    const limited = (limits: Record<string, string>): VirtualMachineInstance => vmi('vm1', { spec: { domain: { resources: { limits } } } });

    expect(notes(VM, used(14n * GI))).toEqual([{ code: 'byRaise', params: {} }]);
    expect(notes(VM, used(16n * GI + 1n))).toEqual([{ code: 'byRaise', params: {} }, { code: 'byCompensation', params: {} }]);
    expect(notes(VM, { ratioSetting: { value: '2' } })).toEqual([{ code: 'overheadDiffers', params: { estimateBytes: LIMIT + 147_500_000n, launcherBytes: LIMIT } }]);
    expect(notes(VM, { virtualMachines: [{ metadata: { name: 'vm1', namespace: 'ns', annotations: { 'harvesterhci.io/enableCPUAndMemoryHotplug': 'True' } } }, { metadata: { name: 'vm1', namespace: 'other' } }] })).toEqual([{ code: 'hotplugMigrates', params: {} }]);
    expect(notes(pending)).toEqual([{ code: 'resizePending', params: {} }]);
    expect(notes(limited({}))).toEqual([{ code: 'noLimits', params: {} }]);
    expect(notes(limited({ memory: '1Gi' }))).toContainEqual({ code: 'noCpuLimit', params: {} });
    expect(notes(limited({ cpu: '1' }))).toEqual([{ code: 'noMemoryLimit', params: {} }]);
    expect(notes(limited({}), { resourceQuotas: [] })).toEqual([]);
    expect(notes(VM, { pods: [] })).toEqual([]);
  });

  it('asks of nodes, and of quotas, what the VM says where its pod was not read', () => {
    const bound = vmi('vm1', { spec: { ...VM.spec, nodeSelector: { zone: 'a' } } });

    expect(reportOf(bound, { pods: [], podsRead: new Set() })).toMatchObject({ reasons: [{ code: 'noNode', params: { count: 1 } }], need: { 'limits.memory': LIMIT + CONSOLE_BYTES }, targets: [{ node: 'node-2', reason: { code: 'selector', params: { key: 'zone', value: 'a' } } }] });
  });

  it('is of a VM whose node is not known, too', () => {
    const cluster = clusterOf([{ ...VM, status: { ...VM.status, nodeName: undefined } }], { pods: [], podsRead: new Set() });

    expect(namespaceReport(cluster, 'ns', NOW)).toMatchObject({ oneByOne: 1, inParallel: { count: 1 }, vms: [{ targets: [{ node: 'node-1' }, { node: 'node-2' }] }] });
  });

  it('counts a pending migration of a VM that cannot be read for nothing', () => {
    const rejected = vmim('vm1', { phase: 'Pending', conditions: [{ type: REJECTED, status: 'True' }] });

    expect(namespaceReport(clusterOf([VM], { migrations: [rejected], pods: [] }), 'ns', NOW).limits[1]?.left).toBe(16n * GI);
  });
});

describe('room on nodes', () => {
  const full = '{"cpu":"15900m","memory":"10Gi","pods":"10"}';
  const named = (...requests: (string | undefined)[]): ReturnType<typeof node>[] => [node('node-1'), ...requests.map((requested, index) => node(`n${ index }`, requested ?? null))];

  it('is what the scheduler would compare', () => {
    expect(reportOf(VM, { nodes: named(full, '{"memory":"61Gi"}') }).reasons).toEqual([{ code: 'noRoom', params: { node: 'n0', count: 2, resource: 'cpu', missingMilli: 105n } }]);
    expect(reportOf(VM, { nodes: named(full, '{"pods":"109"}') })).toMatchObject({ canMigrate: true, targets: [{ node: 'n0', reason: { code: 'room' } }, { node: 'n1', roomUnknown: false }] });
    expect(reportOf(VM, { nodes: named('{"pods":"110"}') }).reasons).toEqual([{ code: 'noRoom', params: { node: 'n0', count: 1, resource: 'pods', missing: 1n } }]);
    expect(reportOf(VM, { nodes: named(full), requested: new Map([['n0', { cpu: '1' }]]) }).canMigrate).toBe(true);
  });

  it('is not known where nobody says, or not clearly', () => {
    expect(reportOf(VM, { nodes: named(undefined, '{', 'null', '{"cpu":"x"}') }).targets.map(({ roomUnknown }) => roomUnknown)).toEqual([true, true, true, true]);
    expect(nodeRoom({ metadata: { name: 'n' } }, new Map([['n', { cpu: '1' }]]))?.('cpu')).toBe(-1000n);
    expect(nodeRoom(node('n'), undefined)?.('memory')).toBe(64n * GI);
    expect(nodeRoom(node('n'), undefined)?.('gpu')).toBe(0n);
  });

  it('counts what only devices have', () => {
    const pods = [launcherOf(VM, { containers: [{ name: 'compute', resources: { limits: { memory: String(LIMIT), cpu: '1' }, requests: { cpu: '1', memory: '1', 'devices.kubevirt.io/kvm': '1' } } }] })];

    expect(reportOf(VM, { pods, ratioSetting: RATIO, resourceQuotas: [{ ...quotaWith(HARD) }] }).reasons).toEqual([{ code: 'noRoom', params: { node: 'node-2', count: 1, resource: 'devices.kubevirt.io/kvm', missing: 1n } }]);
  });
});
