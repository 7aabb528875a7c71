/** @jest-environment node */
import { GI } from '../../__tests__/fixtures';
import { checkSettings } from '../check';
import { stopsKubelet, type Finding } from '../finding';
import type { SettingsNode } from '../node';
import type { Settings } from '../settings';
import { MEMORY_EVICTION } from './builders';
import { testNode, testPod, usage } from './nodes';

const DISKS = { 'imagefs.available': '5%', 'nodefs.available': '5%' };
const RECLAIM = { 'imagefs.available': '10%', 'nodefs.available': '10%' };
const hard = (evictionHard: Record<string, string>, more: Settings = {}): Settings => ({ evictionHard: { ...DISKS, ...evictionHard }, ...more });
const QUIET = hard({ 'memory.available': '1Gi' });

const found = (settings: Settings, ...nodes: SettingsNode[]): string[] => checkSettings(settings, nodes).map(({ code, severity, field }) => `${ severity } ${ code }${ field ? ` ${ field.setting }${ field.key === undefined ? '' : `:${ field.key }` }` : '' }`);
const only = (settings: Settings, ...nodes: SettingsNode[]): Finding | undefined => {
  const findings = checkSettings(settings, nodes);

  expect(findings).toHaveLength(1);

  return findings[0];
};

describe('checking settings', () => {
  it('finds nothing against memory eviction on nodes with room for it', () => {
    expect(checkSettings(MEMORY_EVICTION, [testNode(), testNode({ name: 'node-2', memoryGi: 128 })])).toStrictEqual([]);
  });

  it('looks at no node while no kubelet would start', () => {
    expect(found({ evictionHard: { 'memory.available': '0' } }, testNode({ pressures: ['DiskPressure'] }))).toStrictEqual(['blocks thresholdNotPositive evictionHard:memory.available']);
  });

  it('leaves witness nodes out, as the guard does', () => {
    expect(found(MEMORY_EVICTION, testNode({ role: 'witness', memoryGi: 4 }))).toStrictEqual([]);
  });

  it('names the nodes on which something is so, and speaks of the first', () => {
    const small = (name: string): SettingsNode => testNode({ name, memoryGi: 6, use: { node: 1, pods: 1 } });
    const finding = only(MEMORY_EVICTION, small('node-1'), testNode({ name: 'node-2' }), small('node-3'));

    expect(finding).toMatchObject({ code: 'reservedBeyondCapacity', severity: 'blocks', nodes: ['node-1', 'node-3'], params: { kubeletText: expect.stringContaining('Resource "memory" has a reservation of') } });
    expect(stopsKubelet(finding as Finding)).toBe(true);
  });
});

describe('a kubelet that would not start', () => {
  it('is one that another layer makes so', () => {
    const soft = testNode({ configuration: { evictionSoft: { 'pid.available': '5%' }, evictionSoftGracePeriod: { 'pid.available': '30s' } } });

    expect(only({ evictionSoftGracePeriod: { 'memory.available': '30s' } }, soft)).toMatchObject({ code: 'otherLayer', severity: 'blocks', params: { kubeletText: 'grace period must be specified for the soft eviction threshold pid.available' } });
  });

  it('is one whose static memory manager reserves another amount', () => {
    const reservedMemory = (memory: string) => ({ memoryManagerPolicy: 'Static', reservedMemory: [{ numaNode: 0, limits: { memory } }, { numaNode: 1, limits: {} }] });

    expect(only(MEMORY_EVICTION, testNode({ configuration: reservedMemory('1Gi') }))).toMatchObject({
      code: 'memoryManager', severity: 'blocks', params: { kubeletText: 'the total amount "1Gi" of type "memory" is not equal to the value "8Gi" determined by Node Allocatable feature' }
    });
    expect(found(MEMORY_EVICTION, testNode({ configuration: reservedMemory('8Gi') }))).toStrictEqual([]);
    expect(found({ evictionHard: DISKS }, testNode({ configuration: { memoryManagerPolicy: 'Static' } }))).toStrictEqual(['info memoryUnprotected evictionHard:memory.available']);
  });
});

describe('what a kubelet does not check', () => {
  it('is a soft threshold that only some sizes of node put below the hard one', () => {
    const settings = hard({ 'memory.available': '5%' }, { evictionSoft: { 'memory.available': '2Gi' }, evictionSoftGracePeriod: { 'memory.available': '1m30s' }, evictionMaxPodGracePeriod: 120 });

    expect(only(settings, testNode(), testNode({ name: 'node-2', memoryGi: 128 }))).toMatchObject({
      code: 'softBelowHard', severity: 'confirm', nodes: ['node-2'], field: { setting: 'evictionSoft', key: 'memory.available' }, params: { soft: BigInt(2 * GI) }
    });
  });

  it('is not known of percentages of a disk that nobody measured', () => {
    const settings = hard({ 'memory.available': '1Gi', 'imagefs.available': '5%', 'pid.available': '5%' }, { evictionSoft: { 'imagefs.available': '1%', 'memory.available': '2Gi', 'nodefs.inodesFree': '1%' }, evictionSoftGracePeriod: { 'imagefs.available': '30s', 'memory.available': '30s', 'nodefs.inodesFree': '5s' }, evictionMaxPodGracePeriod: 120 });

    expect(found(settings, testNode())).toStrictEqual([]);
  });

  it('is memory that is short already: the first in line would go at once', () => {
    const pods = [testPod('virt-launcher-db', '8Gi', { vm: 'db' }), testPod('web', '1Gi')];
    const node = testNode({ use: { node: 30, pods: 20 }, pods, podStats: [usage('virt-launcher-db', 12), usage('web', 1)] });
    const first = { namespace: 'prod', name: 'virt-launcher-db', vm: 'db' };

    expect(only(hard({ 'memory.available': '4Gi' }), node)).toMatchObject({
      code: 'evictsNow', severity: 'confirm', nodes: ['node-1'], pods: [first], field: { setting: 'evictionHard', key: 'memory.available' }, params: { available: BigInt(2 * GI), threshold: BigInt(4 * GI) }
    });
    expect(found(hard({ 'memory.available': '1Gi' }, { evictionSoft: { 'memory.available': '4Gi' }, evictionSoftGracePeriod: { 'memory.available': '30s' }, evictionMaxPodGracePeriod: 60 }), node)).toStrictEqual(['confirm evictsNow evictionSoft:memory.available']);
  });

  it('is the pods’ cgroup under its new limit, below the threshold of the node’s memory', () => {
    const node = testNode({ use: { node: 22, pods: 20 }, pods: [testPod('a', '2Gi')] });
    const settings = hard({ 'memory.available': '2Gi' }, { systemReserved: { memory: '11Gi' } });

    // Both the node's signal (10 of 32 GiB left) and its pods' (1 of 21) are looked at; only one is short
    expect(only(settings, node)).toMatchObject({ code: 'evictsNow', field: { setting: 'evictionHard', key: 'memory.available' }, params: { signal: 'allocatableMemory.available', available: BigInt(GI) } });
    expect(found(hard({ 'memory.available': '1Gi' }, { systemReserved: { memory: '13Gi' } }), node)).toStrictEqual(['confirm evictsNow evictionHard:memory.available', 'confirm kubepodsBelowUse']);
    expect(only(hard({ 'memory.available': '13Gi' }), node)?.nodes).toStrictEqual(['node-1']);
  });

  it('is a threshold for the pods’ cgroup of its own', () => {
    expect(found(hard({ 'memory.available': '1Gi', 'allocatableMemory.available': '25Gi' }), testNode())).toStrictEqual(['confirm evictsNow evictionHard:allocatableMemory.available']);
  });

  it('is pressure on disks or process ids, which cannot be confirmed away', () => {
    const full = { fs: { availableBytes: 20 * GI, capacityBytes: 400 * GI } };

    expect(found(hard({ 'memory.available': '1Gi', 'nodefs.available': '10%' }), testNode({ stats: full }))).toStrictEqual(['blocks pressureNow evictionHard:nodefs.available']);
    expect(found(QUIET, testNode({ pressures: ['DiskPressure', 'PIDPressure', 'MemoryPressure'] }))).toStrictEqual(['blocks underPressure']);
    expect(found(QUIET, testNode({ pressures: ['PIDPressure'], pods: null }))).toStrictEqual(['blocks underPressure', 'confirm podsUnread']);
  });

  it('is pods that a restarted kubelet would not admit again', () => {
    const pods = [testPod('virt-launcher-a', '16Gi', { vm: 'a' }), testPod('virt-launcher-b', '12Gi', { vm: 'b', created: '2026-08-02T00:00:00Z' }), testPod('small', '1Gi', { created: '2026-08-03T00:00:00Z' })];
    const finding = checkSettings(MEMORY_EVICTION, [testNode({ pods }), testNode({ name: 'node-2', memoryGi: 128, pods })]);

    expect(finding).toMatchObject([{ code: 'notReadmitted', severity: 'blocks', nodes: ['node-1'], params: { count: 1 }, pods: [{ name: 'virt-launcher-b', vm: 'b' }] }]);
    // What the API still says counts as well
    expect(found(QUIET, testNode({ pods, allocatable: { memory: '20Gi' } }))).toStrictEqual(['blocks notReadmitted']);
  });

  it('is not known while pods or figures were not read', () => {
    expect(found(QUIET, testNode({ pods: null }))).toStrictEqual(['confirm podsUnread']);
    expect(found(QUIET, testNode({ pods: [testPod('odd', 'much')] }))).toStrictEqual(['confirm podsUnread']);
    expect(found(QUIET, testNode({ configuration: null }))).toStrictEqual(['confirm nodeUnread']);
    expect(found(QUIET, testNode({ use: null }))).toStrictEqual(['confirm nodeUnread']);
    expect(found(QUIET, testNode({ configuration: null, use: null, version: 'v1.31.4+rke2r1' }))).toStrictEqual(['confirm nodeUnread']);
  });

  it('is a reservation that leaves little or nothing', () => {
    expect(found(hard({ 'memory.available': '6Gi' }, { systemReserved: { memory: '8Gi' }, kubeReserved: { memory: '3Gi' } }), testNode())).toStrictEqual(['confirm reservesMuch']);
    expect(found(hard({ 'memory.available': '6Gi' }, { systemReserved: { memory: '8Gi' } }), testNode())).toStrictEqual([]);
    expect(found(hard({ 'memory.available': '2Gi' }, { systemReserved: { memory: '30Gi' } }), testNode({ use: { node: 1, pods: 0 } }))).toStrictEqual(['blocks nothingAllocatable']);
    // On a node with a hundredth less, which the guard lets pass, the kubelet would not start
    expect(found(hard({ 'memory.available': '2Gi' }, { systemReserved: { memory: '29900Mi' } }), testNode({ use: { node: 1, pods: 0 } }))).toStrictEqual(['confirm reservesMuch']);
    expect(found(hard({ 'memory.available': '2Gi' }, { systemReserved: { memory: '30500Mi' } }), testNode({ use: { node: 1, pods: 0 } }))).toStrictEqual(['blocks nothingAllocatable']);
    expect(found(QUIET, testNode({ capacity: { 'hugepages-2Mi': '20Gi' } }))).toStrictEqual([]);
    expect(found(QUIET, testNode({ capacity: { memory: 'unknown' } }))).toStrictEqual([]);
    expect(found(QUIET, testNode({ capacity: { memory: 'unknown' }, use: null, configuration: null }))).toStrictEqual(['confirm nodeUnread']);
  });

  it('is process ids that are all reserved', () => {
    expect(found({ ...QUIET, systemReserved: { pid: '5000000' } }, testNode())).toStrictEqual(['blocks noProcessesLeft systemReserved:pid']);
    expect(found({ ...QUIET, kubeReserved: { pid: '5000000' } }, testNode())).toStrictEqual(['blocks noProcessesLeft kubeReserved:pid']);
  });

  it('is a signal that would not be watched any more, or reclaimed less', () => {
    expect(found({ evictionHard: { 'memory.available': '1Gi', 'nodefs.available': '5%' }, evictionMinimumReclaim: { 'memory.available': '1Gi' } }, testNode())).toStrictEqual(['confirm signalLost evictionHard:imagefs.available', 'info reclaimLost evictionMinimumReclaim:nodefs.available']);
    expect(found({ evictionHard: { 'memory.available': '1Gi', 'nodefs.available': '0%', 'imagefs.available': '15%' }, evictionMinimumReclaim: RECLAIM }, testNode())).toStrictEqual(['confirm signalLost evictionHard:nodefs.available']);
    expect(found(QUIET, testNode({ configuration: { evictionHard: { 'memory.available': 'broken' } } }))).toStrictEqual([]);
  });

  it('is a soft threshold whose pods get a second to stop, or that is none', () => {
    const soft = (grace: string, more: Settings = {}): Settings => hard({ 'memory.available': '1Gi' }, { evictionSoft: { 'memory.available': '2Gi' }, evictionSoftGracePeriod: { 'memory.available': grace }, ...more });

    expect(found(soft('30s'), testNode())).toStrictEqual(['confirm softWithoutPodGrace evictionMaxPodGracePeriod']);
    expect(found(soft('30s', { evictionMaxPodGracePeriod: -1 }), testNode())).toStrictEqual(['confirm softWithoutPodGrace evictionMaxPodGracePeriod']);
    expect(found(soft('0s'), testNode())).toStrictEqual(['confirm softGraceZero evictionSoftGracePeriod:memory.available']);
  });

  it('is a transition period in which no condition is ever set', () => {
    expect(found({ ...QUIET, evictionPressureTransitionPeriod: '0s' }, testNode())).toStrictEqual(['confirm conditionsNeverSet evictionPressureTransitionPeriod']);
    expect(found({ evictionHard: {}, evictionPressureTransitionPeriod: '0s' }, testNode({ configuration: { evictionHard: {} } }))).toStrictEqual(['info memoryUnprotected evictionHard:memory.available']);
  });

  it('is an amount of disk that a later node may not have', () => {
    expect(found(hard({ 'memory.available': '1Gi', 'nodefs.available': '10Gi' }, { systemReserved: { 'ephemeral-storage': '1Gi' }, kubeReserved: { 'ephemeral-storage': '1Gi', memory: '1Gi' } }), testNode())).toStrictEqual([
      'confirm diskUnguarded evictionHard:nodefs.available', 'confirm diskUnguarded systemReserved:ephemeral-storage', 'confirm diskUnguarded kubeReserved:ephemeral-storage',
    ]);
  });

  it('is what has no effect', () => {
    expect(found(hard({ 'memory.available': '1Gi', 'containerfs.available': '5%' }, { evictionSoft: { 'containerfs.inodesFree': '0%' }, evictionSoftGracePeriod: { 'pid.available': '30s' }, evictionMinimumReclaim: { ...RECLAIM, 'pid.available': '1%' } }), testNode())).toStrictEqual([
      'info graceUnused evictionSoftGracePeriod:pid.available', 'info reclaimUnused evictionMinimumReclaim:pid.available', 'info containerFsIgnored evictionHard:containerfs.available', 'info containerFsIgnored evictionSoft:containerfs.inodesFree',
    ]);
    expect(found({ evictionSoftGracePeriod: { 'pid.available': '30s' }, evictionMinimumReclaim: RECLAIM }, testNode())).toStrictEqual(['info memoryUnprotected evictionHard:memory.available']);
  });
});
