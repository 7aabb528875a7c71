/** @jest-environment node */
import type { Node } from '../../node';
import { nodeRefusal, targetSelector } from '../launcherNodes';
import type { VirtualMachineInstance, VmPod } from '../objects';

const LABELS = { 'kubevirt.io/schedulable': 'true' };
const node = (parts: Partial<Node['metadata']> = {}, spec: Node['spec'] = {}, ready = 'True'): Node => ({ metadata: { name: 'node-2', labels: LABELS, ...parts }, spec, status: { conditions: [{ type: 'Ready', status: ready }] } });
const launcher = (spec: Partial<VmPod['spec']> = {}): VmPod => ({ metadata: { name: 'virt-launcher-vm1' }, spec: { containers: [], nodeSelector: LABELS, ...spec } });
const NO_MORE = { hostname: {}, vendor: {}, hostModel: {} };

describe('nodeRefusal', () => {
  it.each<[string | undefined, Node, Partial<VmPod['spec']>?]>([
    [undefined, node()],
    [undefined, node(), { nodeSelector: null }],
    ['maintenance', node({ annotations: { 'harvesterhci.io/maintain-status': 'completed' } })],
    ['drainRequested', node({ annotations: { 'harvesterhci.io/drain-requested': '' } })],
    ['unschedulable', node({}, { unschedulable: true })],
    ['notReady', node({}, {}, 'Unknown')],
    ['witness', node({ labels: { ...LABELS, 'node-role.harvesterhci.io/witness': 'true' } })],
    ['selector', node({ labels: {} })],
    [undefined, node(), { nodeSelector: { ...LABELS, 'kubernetes.io/hostname': 'node-1' } }],
    ['affinity', node(), { affinity: { nodeAffinity: { requiredDuringSchedulingIgnoredDuringExecution: { nodeSelectorTerms: [] } } } }],
    ['taint', node({}, { taints: [{ key: 'gpu', effect: 'NoSchedule' }] })],
    [undefined, node({}, { taints: [{ key: 'gpu', effect: 'NoSchedule' }] }), { tolerations: [{ operator: 'Exists' }] }],
  ])('is %j for %j', (code, subject, spec = {}) => {
    expect(nodeRefusal(subject, launcher(spec), NO_MORE)?.code).toBe(code);
  });

  it('names what the node lacks', () => {
    expect(nodeRefusal(node({ labels: {} }), launcher(), NO_MORE)).toEqual({ code: 'selector', params: { key: 'kubevirt.io/schedulable', value: 'true' } });
    expect(nodeRefusal(node({}, { taints: [{ key: 'gpu', effect: 'NoExecute' }] }), launcher(), NO_MORE)).toEqual({ code: 'taint', params: { key: 'gpu', effect: 'NoExecute' } });
    expect(nodeRefusal(node(), launcher(), { ...NO_MORE, vendor: { v: 'true' }, hostModel: { m: 'true' } })).toEqual({ code: 'cpuVendor', params: { key: 'v' } });
    expect(nodeRefusal(node(), launcher(), { ...NO_MORE, hostModel: { m: 'true' } })).toEqual({ code: 'hostModel', params: { key: 'm' } });
  });
});

it('keeps a VM on the node that it names itself', () => {
  const bound = targetSelector({ spec: { nodeSelector: { 'kubernetes.io/hostname': 'node-1' } } }, launcher(), undefined);

  expect(nodeRefusal(node(), launcher(), bound)).toEqual({ code: 'selector', params: { key: 'kubernetes.io/hostname', value: 'node-1' } });
  expect(nodeRefusal(node({ labels: { ...LABELS, 'kubernetes.io/hostname': 'node-1' } }), launcher(), bound)).toBeUndefined();
});

describe('targetSelector', () => {
  const source = node({ labels: { 'cpu-vendor.node.kubevirt.io/Intel': 'true', 'host-model-cpu.node.kubevirt.io/Skylake': 'true', 'host-model-required-features.node.kubevirt.io/vmx': 'true', other: '1' } });
  const hostModel: VirtualMachineInstance = { spec: { domain: { cpu: { model: 'host-model' } } } };

  it('asks for the source’s vendor, and for a stand-in of its model', () => {
    expect(targetSelector(hostModel, launcher(), source)).toEqual({
      hostname:  {},
      vendor:    { 'cpu-vendor.node.kubevirt.io/Intel': 'true' },
      hostModel: { 'cpu-model-migration.node.kubevirt.io/Skylake': 'true', 'cpu-feature.node.kubevirt.io/vmx': 'true' },
    });
  });

  it('keeps what a launcher that migrated before asks for', () => {
    const selector = { 'cpu-model-migration.node.kubevirt.io/Haswell': 'true', 'cpu-feature.node.kubevirt.io/x': 'true', 'cpu-vendor.node.kubevirt.io/AMD': 'true' };

    expect(targetSelector(hostModel, launcher({ nodeSelector: selector }), source)).toEqual({ ...NO_MORE, hostModel: { 'cpu-model-migration.node.kubevirt.io/Haswell': 'true', 'cpu-feature.node.kubevirt.io/x': 'true' } });
  });

  it('asks for nothing where nothing is known, or another model is used', () => {
    expect(targetSelector({}, launcher(), node({ labels: undefined }))).toEqual(NO_MORE);
    expect(targetSelector({ spec: {} }, launcher({ nodeSelector: undefined }), undefined)).toEqual(NO_MORE);
    expect(targetSelector({ spec: { domain: {} } }, launcher(), undefined)).toEqual(NO_MORE);
    expect(targetSelector({ spec: { domain: { cpu: null } } }, launcher(), undefined)).toEqual(NO_MORE);
  });
});
