/** @jest-environment node */
import { GI } from '../../__tests__/fixtures';
import { previewSettings } from '../preview';
import { MEMORY_EVICTION } from './builders';
import { testNode, testPod, usage } from './nodes';

const PODS = { pods: [testPod('virt-launcher-db', '2Gi', { vm: 'db' })], podStats: [usage('virt-launcher-db', 4)] };
/** Of 400 GiB, in float32 as the kubelet multiplies. */
const FIVE_PERCENT = 21_474_836_800n;
const FIRST = { namespace: 'prod', name: 'virt-launcher-db', vm: 'db' };

describe('the preview', () => {
  it('shows a node before and after', () => {
    expect(previewSettings(MEMORY_EVICTION, [testNode({ ...PODS, stats: { fs: { availableBytes: 300 * GI, capacityBytes: 400 * GI } } })])).toStrictEqual({
      nodes: [{
        name:    'node-1',
        changes: true,
        before:  {
          allocatableMemoryBytes: BigInt(32 * GI),
          kubepodsMemoryBytes:    BigInt(32 * GI),
          thresholds:             [{ signal: 'imagefs.available', hard: true, amount: undefined }, { signal: 'nodefs.available', hard: true, amount: FIVE_PERCENT }],
          margin:                 undefined,
          first:                  undefined,
        },
        after: {
          allocatableMemoryBytes: BigInt(24 * GI),
          kubepodsMemoryBytes:    BigInt(30 * GI),
          thresholds:             [
            { signal: 'imagefs.available', hard: true, amount: undefined },
            { signal: 'memory.available', hard: true, amount: BigInt(6 * GI) },
            { signal: 'nodefs.available', hard: true, amount: FIVE_PERCENT },
          ],
          margin: { marginBytes: 16 * GI, capacityBytes: 32 * GI, signal: 'memory.available', hard: true },
          first:  FIRST,
        },
      }],
      changedNodes: 1, evictingNodes: 0, exposedVms: 1,
    });
  });

  it('counts what changes, evicts at once and exposes VMs', () => {
    const nodes = [
      testNode({ name: 'same', configuration: { ...MEMORY_EVICTION, systemReserved: { memory: '2Gi', cpu: '1' }, evictionHard: Object.fromEntries(Object.entries(MEMORY_EVICTION.evictionHard ?? {}).reverse()) }, ...PODS }),
      testNode({ name: 'full', use: { node: 28, pods: 20 } }),
      testNode({ name: 'unread', configuration: null, ...PODS }),
      testNode({ name: 'small', memoryGi: 4, use: { node: 1, pods: 1 } }),
      testNode({ name: 'witness', role: 'witness' }),
    ];
    const { nodes: previews, ...counts } = previewSettings(MEMORY_EVICTION, nodes);

    expect(counts).toStrictEqual({ changedNodes: 3, evictingNodes: 1, exposedVms: 0 });
    expect(previews.map(({ name, before, after, changes }) => [name, before !== undefined, after !== undefined, changes])).toStrictEqual([['same', true, true, false], ['full', true, true, true], ['unread', false, true, true], ['small', true, false, true]]);
  });

  it('measures to the soft threshold where there is no hard one', () => {
    const soft = { evictionSoft: { 'memory.available': '4Gi' }, evictionSoftGracePeriod: { 'memory.available': '30s' } };
    const settings = { ...soft, evictionHard: { 'allocatableMemory.available': '1Gi' } };

    expect(previewSettings(soft, [testNode()]).nodes[0]?.after?.margin).toStrictEqual({ marginBytes: 18 * GI, capacityBytes: 32 * GI, signal: 'memory.available', hard: false });
    expect(previewSettings(settings, [testNode(PODS)]).nodes[0]?.after?.first).toStrictEqual(FIRST);
    expect(previewSettings({ evictionHard: { 'allocatableMemory.available': '1Gi' } }, [testNode(PODS)]).nodes[0]?.after).toMatchObject({ first: FIRST, thresholds: [] });
  });
});
