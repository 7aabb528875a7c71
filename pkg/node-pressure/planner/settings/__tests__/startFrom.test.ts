/** @jest-environment node */
import { GI } from '../../__tests__/fixtures';
import { isWritable, renderSettings } from '../file';
import { currentSettings, gkeReservedMib, gkeSettings, harvester7424, kubernetesDefaults } from '../startFrom';
import { MEMORY_EVICTION_FILE } from './builders';
import { testNode } from './nodes';

describe('starting from what the nodes have', () => {
  it('is RKE2’s disk signals on nodes that nobody configured', () => {
    expect(currentSettings([testNode(), testNode({ name: 'node-2', configuration: { systemReserved: { cpu: '400m' } } })])).toStrictEqual({
      settings: { evictionHard: { 'imagefs.available': '5%', 'nodefs.available': '5%' }, evictionMinimumReclaim: { 'imagefs.available': '10%', 'nodefs.available': '10%' } }, mixed: [], unread: [],
    });
  });

  it('shows values that differ, and picks none of them', () => {
    const soft = { evictionHard: { 'nodefs.available': '5%', 'memory.available': '6Gi' }, evictionMaxPodGracePeriod: 120, evictionPressureTransitionPeriod: '1m0s' };
    const { settings, mixed, unread } = currentSettings([testNode(), testNode({ name: 'node-2', configuration: soft }), testNode({ name: 'node-3', configuration: soft }), testNode({ name: 'node-4', configuration: null }), testNode({ name: 'witness', role: 'witness', configuration: null })]);

    expect(settings).toStrictEqual({ evictionHard: { 'nodefs.available': '5%' }, evictionMinimumReclaim: { 'imagefs.available': '10%', 'nodefs.available': '10%' } });
    expect(mixed).toStrictEqual([
      { field: { setting: 'evictionHard', key: 'imagefs.available' }, values: [{ value: undefined, nodes: ['node-2', 'node-3'] }, { value: '5%', nodes: ['node-1'] }] },
      { field: { setting: 'evictionHard', key: 'memory.available' }, values: [{ value: '6Gi', nodes: ['node-2', 'node-3'] }, { value: undefined, nodes: ['node-1'] }] },
      { field: { setting: 'evictionMaxPodGracePeriod' }, values: [{ value: 120, nodes: ['node-2', 'node-3'] }, { value: undefined, nodes: ['node-1'] }] },
      { field: { setting: 'evictionPressureTransitionPeriod' }, values: [{ value: '1m0s', nodes: ['node-2', 'node-3'] }, { value: undefined, nodes: ['node-1'] }] },
    ]);
    expect(unread).toStrictEqual(['node-4']);
  });

  it('keeps the values that all share', () => {
    const configuration = { evictionMaxPodGracePeriod: 120, evictionPressureTransitionPeriod: '90s' };

    expect(currentSettings([testNode({ configuration })]).settings).toMatchObject({ evictionMaxPodGracePeriod: 120, evictionPressureTransitionPeriod: '1m30s' });
    expect(currentSettings([])).toStrictEqual({ settings: {}, mixed: [], unread: [] });
  });
});

describe('starting from what others do', () => {
  const { settings: current } = currentSettings([testNode()]);

  it('is harvester#7424 with the disk signals as they are', () => {
    expect(renderSettings({ ...harvester7424(current), systemReserved: { memory: '2Gi' } })).toBe(MEMORY_EVICTION_FILE);
    expect(harvester7424({})).toStrictEqual({ evictionHard: { 'memory.available': '6Gi' }, evictionMinimumReclaim: { 'memory.available': '4Gi' } });
    expect(harvester7424({ evictionHard: { 'memory.available': '1Gi' }, evictionMaxPodGracePeriod: 5 })).toMatchObject({ evictionHard: { 'memory.available': '6Gi' }, evictionMaxPodGracePeriod: 5 });
  });

  it('is Kubernetes’ own defaults, RKE2’s reclaims turned off', () => {
    expect(kubernetesDefaults()).toStrictEqual({
      evictionHard: { 'memory.available': '100Mi', 'nodefs.available': '10%', 'nodefs.inodesFree': '5%', 'imagefs.available': '15%', 'imagefs.inodesFree': '5%' }, evictionMinimumReclaim: {}
    });
    expect(isWritable(kubernetesDefaults())).toBe(true);
  });

  it.each([[0.5, 255], [1, 256], [8, 1843], [16, 2662], [32, 3645], [64, 5612], [128, 9544], [256, 12165], [512, 17408]])('is GKE’s table: of %d GiB', (gib, mib) => {
    expect(gkeReservedMib(gib * GI)).toBe(mib);
  });

  it('is GKE’s reservation and threshold', () => {
    expect(gkeSettings(current, 32 * GI)).toStrictEqual({ ...current, evictionHard: { ...current.evictionHard, 'memory.available': '100Mi' }, kubeReserved: { memory: '3645Mi' } });
    expect(gkeSettings({ kubeReserved: { pid: '5' } }, 32 * GI).kubeReserved).toStrictEqual({ pid: '5', memory: '3645Mi' });
  });
});
