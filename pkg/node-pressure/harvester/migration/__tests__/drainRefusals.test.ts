/** @jest-environment node */
import type { Node } from '../../node';
import { drainRefusals } from '../drainRefusals';
import type { VirtualMachineInstance } from '../objects';

const CP = { 'node-role.kubernetes.io/control-plane': 'true' };
const node = (name: string, labels: Record<string, string> = {}, annotations: Record<string, string> = {}, unschedulable = false): Node => ({
  metadata: { name, labels, annotations }, spec: { unschedulable }, status: { conditions: [{ type: 'Ready', status: 'True' }] },
});
const vmi = (name: string, parts: Partial<VirtualMachineInstance> = {}): VirtualMachineInstance => ({ metadata: { namespace: 'ns', name }, ...parts });
const refused = (reason?: string): VirtualMachineInstance['status'] => ({ conditions: [{ type: 'LiveMigratable', status: 'False', reason }] });
const WORKERS = [node('w1'), node('w2')];

describe('drainRefusals', () => {
  it('are none of a worker whose VMs can move', () => {
    expect(drainRefusals(node('w1'), WORKERS, [vmi('a'), vmi('b', { status: { conditions: [] } })])).toEqual([]);
    expect(drainRefusals({ metadata: { name: 'w1' } }, WORKERS, [])).toEqual([]);
  });

  it('want three nodes of the control plane out of maintenance', () => {
    const three = [node('c1', CP), node('c2', CP), node('c3', { 'node-role.kubernetes.io/etcd': 'true' })];
    const inMaintenance = node('c3', CP, { 'harvesterhci.io/maintain-status': 'completed' });

    expect(drainRefusals(three[0] as Node, [...three, ...WORKERS], [])).toEqual([]);
    expect(drainRefusals(three[0] as Node, [three[0] as Node, three[1] as Node, inMaintenance], [])).toEqual([{ code: 'otherControlPlane', params: { count: 2 } }]);
    expect(drainRefusals(three[0] as Node, [three[0] as Node, ...WORKERS], [])).toEqual([{ code: 'singleControlPlane', params: {} }]);
    expect(drainRefusals(node('w1'), [three[0] as Node, ...WORKERS], [])).toEqual([]);
  });

  it('name VMs that KubeVirt says cannot migrate, by its reason', () => {
    expect(drainRefusals(node('w1'), WORKERS, [vmi('a', { status: refused('X') }), vmi('b', { status: refused() }), vmi('c', { status: refused('X') })])).toEqual([
      { code: 'notLiveMigratable', params: { reason: 'X', name: 'ns/a', count: 2 } }, { code: 'notLiveMigratable', params: { reason: '', name: 'ns/b', count: 1 } },
    ]);
  });

  it('name VMs for which there is no other node', () => {
    const bound = vmi('a', { spec: { nodeSelector: { 'kubernetes.io/hostname': 'w1' } } });

    expect(drainRefusals(node('w1'), WORKERS, [bound, vmi('b'), bound])).toEqual([{ code: 'noOtherNode', params: { name: 'ns/a', count: 2 } }]);
    expect(drainRefusals(node('w1'), [node('w1'), node('w2', {}, {}, true), { metadata: { name: 'w3' } }], [vmi('b')])).toEqual([{ code: 'noOtherNode', params: { name: 'ns/b', count: 1 } }]);
  });
});
