/** @jest-environment node */
import fc from 'fast-check';
import type { Node } from '../../../harvester/node';
import { nodeAllocatable } from '../../../kubelet/allocatable';
import { parseConfigz } from '../../../kubelet/config/configz';
import { parseQuantity } from '../../../kubelet/quantity';
import { parseResourceList } from '../../../kubelet/resourceList';
import { parseThresholdConfig } from '../../../kubelet/thresholds';
import { GI } from '../../__tests__/fixtures';
import { memoryBreakdown } from '../memoryBreakdown';

fc.configureGlobal({ seed: 20261 });

function node(capacity: Record<string, string> | undefined, memory?: string): Node {
  return { metadata: { name: 'a' }, status: { capacity, allocatable: memory === undefined ? undefined : { memory } } };
}

function parts(of: Node, settings?: Record<string, unknown>): unknown {
  return memoryBreakdown(of, settings && parseConfigz({ kubeletconfig: settings }))?.parts.map(({ code, bytes }) => [code, bytes / GI]);
}

const SETTINGS = { systemReserved: { memory: '2Gi', cpu: '1' }, kubeReserved: { memory: '1Gi' }, evictionHard: { 'memory.available': '1Gi', 'nodefs.available': '5%' } };

describe('where the memory goes', () => {
  it('parts the capacity', () => {
    expect(parts(node({ memory: '64Gi', 'hugepages-2Mi': '4Gi', 'hugepages-1Gi': 'x' }), SETTINGS)).toEqual([['systemReserved', 2], ['kubeReserved', 1], ['hardEviction', 1], ['hugePages', 4], ['allocatable', 56]]);
    expect(parts(node({ memory: '64Gi' }), {})).toEqual([['allocatable', 64]]);
    expect(parts(node({ memory: '64Gi' }), { evictionSoft: { 'memory.available': '1Gi' }, evictionSoftGracePeriod: { 'memory.available': '0' } })).toEqual([['allocatable', 64]]);
  });

  it('names what is withheld as one where the kubelet was not read', () => {
    expect(parts(node({ memory: '64Gi', 'hugepages-2Mi': '4Gi' }, '56Gi'))).toEqual([['withheld', 4], ['hugePages', 4], ['allocatable', 56]]);
    expect(parts(node({ memory: '64Gi' }))).toEqual([['allocatable', 64]]);
    expect(parts(node({ memory: '64Gi' }, '60Gi'), { systemReserved: { memory: 'x' } })).toEqual([['withheld', 4], ['allocatable', 60]]);
    expect(parts(node({ memory: '64Gi' }, '60Gi'), { evictionHard: { 'memory.available': '0' } })).toEqual([['withheld', 4], ['allocatable', 60]]);
  });

  it('never goes below nothing', () => {
    expect(parts(node({ memory: '2Gi' }), SETTINGS)).toEqual([['systemReserved', 2], ['allocatable', 0]]);
  });

  it('says when the node reports another allocatable', () => {
    const of = (memory?: string) => memoryBreakdown(node({ memory: '64Gi' }, memory), parseConfigz({ kubeletconfig: SETTINGS }));

    expect(of('60Gi')).toMatchObject({ capacityBytes: 64 * GI, allocatableBytes: 60 * GI, disagrees: false });
    expect(of('64Gi')?.disagrees).toBe(true);
    expect(of()).toMatchObject({ allocatableBytes: undefined, disagrees: false });
  });

  it('is not known of a node that does not tell its memory', () => {
    expect(memoryBreakdown(node(undefined), undefined)).toBeUndefined();
    expect(memoryBreakdown(node({}), undefined)).toBeUndefined();
    expect(memoryBreakdown({ metadata: { name: 'a' } }, undefined)).toBeUndefined();
  });

  it('adds up, and leaves what the kubelet itself would call allocatable', () => {
    const gi = fc.integer({ min: 0, max: 20 });

    fc.assert(fc.property(fc.record({ memory: fc.integer({ min: 1, max: 64 }), system: gi, kube: gi, percent: fc.integer({ min: 1, max: 30 }), huge: gi }), ({ memory, system, kube, percent, huge }) => {
      const capacity = { memory: `${ memory }Gi`, 'hugepages-2Mi': `${ huge }Gi` };
      const settings = { systemReserved: { memory: `${ system }Gi` }, kubeReserved: { memory: `${ kube }Gi` }, evictionHard: { 'memory.available': `${ percent }%` } };
      const breakdown = memoryBreakdown(node(capacity), parseConfigz({ kubeletconfig: settings }));
      const { memory: allocatable } = nodeAllocatable({ memory: parseQuantity(capacity.memory), 'hugepages-2Mi': parseQuantity(capacity['hugepages-2Mi']) }, {
        systemReserved: parseResourceList(settings.systemReserved), kubeReserved: parseResourceList(settings.kubeReserved),
        hardEvictionThresholds: parseThresholdConfig([], { evictionHard: settings.evictionHard, evictionSoft: null, evictionSoftGracePeriod: null, evictionMinimumReclaim: null }),
      });

      expect(breakdown?.parts.reduce((sum, { bytes }) => sum + bytes, 0)).toBe(memory * GI);
      expect(breakdown?.parts.at(-1)).toEqual({ code: 'allocatable', bytes: Number(allocatable?.value()) });
    }));
  });
});
