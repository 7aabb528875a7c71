/** @jest-environment node */
import { MINUTE, SECOND } from '../../../kubelet/go/duration';
import { rke2Settings, settingsAfter, settingsBelow } from '../effective';
import { firstInLine } from '../firstInLine';
import { guardMemoryKib, settingsNode } from '../node';
import { podRef } from '../podRef';
import { MEMORY_EVICTION } from './builders';
import { testNode, testPod } from './nodes';

const RUNNING = {
  evictionHard: MEMORY_EVICTION.evictionHard, evictionMinimumReclaim: MEMORY_EVICTION.evictionMinimumReclaim, systemReserved: { cpu: '400m', memory: '2Gi', pid: '100' },
  evictionMaxPodGracePeriod: 120, evictionPressureTransitionPeriod: '1m0s',
};

describe('what lies below our file', () => {
  it('is what the kubelet runs with, where the file says nothing', () => {
    expect(settingsBelow(testNode({ configuration: RUNNING }))).toMatchObject({ evictionHard: MEMORY_EVICTION.evictionHard, systemReserved: { cpu: '400m', memory: '2Gi', pid: '100' }, evictionMaxPodGracePeriod: 120, evictionPressureTransitionPeriod: MINUTE });
  });

  it('is RKE2’s own where the file says something, and never what the file reserves', () => {
    const written = { ...MEMORY_EVICTION, evictionMaxPodGracePeriod: 120, evictionPressureTransitionPeriod: '60s' };

    expect(settingsBelow(testNode({ configuration: RUNNING, written }))).toMatchObject({
      evictionHard: rke2Settings(36).evictionHard, evictionMinimumReclaim: rke2Settings(36).evictionMinimumReclaim, systemReserved: { cpu: '400m', pid: '100' }, evictionMaxPodGracePeriod: 0, evictionPressureTransitionPeriod: 5n * MINUTE,
    });
  });

  it('is the same on every version of RKE2', () => {
    // The maps of a command line have no prototype
    expect([30, 31, 32, 35].map(rke2Settings)).toEqual([36, 36, 36, 36].map(rke2Settings));
    expect(rke2Settings(36)).toMatchObject({ evictionHard: { 'imagefs.available': '5%', 'nodefs.available': '5%' }, enforceNodeAllocatable: ['pods'] });
  });
});

describe('settings in force', () => {
  it('replace eviction maps, add to reservations and leave the rest', () => {
    const after = settingsAfter(testNode({ configuration: { ...RUNNING, evictionHard: null, evictionMinimumReclaim: null, enforceNodeAllocatable: null } }), { evictionHard: { 'memory.available': '1Gi' }, systemReserved: { memory: '3Gi' }, evictionPressureTransitionPeriod: '30s' });

    expect(after).toStrictEqual({
      evictionHard: { 'memory.available': '1Gi' }, evictionMinimumReclaim: {}, evictionSoft: {}, evictionSoftGracePeriod: {},
      systemReserved: { cpu: '400m', memory: '3Gi', pid: '100' }, kubeReserved: {}, evictionMaxPodGracePeriod: 120, evictionPressureTransitionPeriod: 30n * SECOND, enforceNodeAllocatable: [],
    });
    expect(settingsAfter(testNode(), { evictionMaxPodGracePeriod: 60 })).toMatchObject({ evictionMaxPodGracePeriod: 60, evictionPressureTransitionPeriod: 5n * MINUTE });
  });
});

describe('the smallest node', () => {
  it('sets what the guard asks for, in KiB of MemTotal, less a hundredth', () => {
    const node = (memory?: string) => ({ metadata: { name: 'n' }, status: { capacity: memory === undefined ? undefined : { memory } } });

    expect(guardMemoryKib([node('65854636Ki'), node('32Gi'), node(), { metadata: { name: 'new' } }])).toBe(33_218_887);
    expect(guardMemoryKib([node('32123456Ki')])).toBe(31_802_221);
    expect(guardMemoryKib([])).toBeUndefined();
  });
});

describe('a pod’s name', () => {
  it('is its VM’s where it runs one', () => {
    const launcher = (labels: Record<string, string>, annotations?: Record<string, string>) => podRef({ metadata: { name: 'virt-launcher-x', labels, annotations }, spec: { containers: [] } });

    expect(launcher({ 'kubevirt.io': 'virt-launcher', 'vm.kubevirt.io/name': 'x' })).toStrictEqual({ namespace: '', name: 'virt-launcher-x', vm: 'x' });
    expect(launcher({ 'kubevirt.io': 'virt-launcher' }, { 'kubevirt.io/domain': 'y' }).vm).toBe('y');
    expect(launcher({ 'kubevirt.io': 'virt-launcher' })).toStrictEqual({ namespace: '', name: 'virt-launcher-x' });
    expect(podRef({ metadata: { name: 'a', namespace: 'b' }, spec: { containers: [] } })).toStrictEqual({ namespace: 'b', name: 'a' });
  });

  it('is nobody’s where none may be evicted', () => {
    expect(firstInLine(testNode({ pods: [testPod('longhorn', '1Gi', { priority: 2_000_000_000 })] }))).toBeUndefined();
  });
});

describe('a node without a status', () => {
  it('is one about which little is known', () => {
    expect(settingsNode({ node: { metadata: { name: 'new' } }, configuration: {}, summary: {} })).toStrictEqual({ name: 'new', role: 'worker', minor: 36, capacity: {}, allocatable: {}, pressures: [], configuration: undefined, summary: undefined, pods: undefined, written: undefined });
  });
});
