import type { Pod } from '../../../kubelet/pod';
import { nodeFindings } from '../check';
import { leanPod, leanSummary } from '../lean';
import { nodePreview } from '../preview';
import { testNode, testPod, usage } from './nodes';

const vm = testPod('virt-launcher-db-1-abc', '20Gi', { vm: 'db-1' });
const mirror: Pod = { ...testPod('etcd-node-1', '1Gi'), metadata: { name: 'etcd-node-1', uid: 'm', annotations: { 'kubernetes.io/config.mirror': 'hash', 'kubernetes.io/config.source': 'file', note: 'long' } } };

/** A resize under way, a sidecar, an owner: everything that a decision may look at. */
const rich: Pod = {
  metadata: {
    name: 'rich', namespace: 'shop', uid: 'rich', creationTimestamp: '2026-08-01T00:00:00Z', deletionTimestamp: '2026-08-02T00:00:00Z', labels: { 'kubevirt.io': 'virt-launcher', app: 'x' },
    annotations: { 'kubevirt.io/domain': 'rich', 'kubectl.kubernetes.io/last-applied-configuration': '{}' }, ownerReferences: [{ kind: 'VirtualMachineInstance', name: 'rich', uid: 'u', controller: true }],
  },
  spec: {
    nodeName:       'node-1',
    containers:     [{ name: 'main', resources: { requests: { memory: '1Gi' } }, resizePolicy: [] }],
    initContainers: [{ name: 'side', restartPolicy: 'Always', resources: { requests: { memory: '64Mi' } } }],
    overhead:       { memory: '100Mi' },
    tolerations:    [{ operator: 'Exists' }],
    volumes:        [{ name: 'data', emptyDir: {} }],
    priority:       5,
  },
  status: {
    phase:                 'Running',
    containerStatuses:     [{ name: 'main', restartCount: 3, allocatedResources: { memory: '2Gi' }, resources: { requests: { memory: '2Gi' } }, state: { running: {} } }],
    initContainerStatuses: [{ name: 'side', allocatedResources: { memory: '64Mi' } }],
    conditions:            [{ type: 'PodResizePending', status: 'True', reason: 'Infeasible' }],
  },
};

it('drops what no check looks at', () => {
  const lean = leanPod(rich);

  expect(lean.metadata.labels).toStrictEqual({ 'kubevirt.io': 'virt-launcher' });
  expect(lean.metadata.annotations).toStrictEqual({ 'kubevirt.io/domain': 'rich' });
  expect(lean.spec).not.toHaveProperty('volumes');
  expect(lean.status?.containerStatuses?.[0]).not.toHaveProperty('restartCount');
  expect(leanPod({ metadata: { name: 'bare' }, spec: { containers: [] } })).toStrictEqual({
    metadata: { name: 'bare', labels: {}, annotations: {}, ownerReferences: [] }, spec: { containers: [] }, status: { containerStatuses: [], initContainerStatuses: [] },
  });
});

it.each([{ 'memory.available': '6Gi' }, { 'memory.available': '20Gi' }])('changes no finding and no preview under %j', (evictionHard) => {
  const pods = [vm, mirror, rich, testPod('web', '8Gi')];
  const podStats = [usage(vm.metadata.name, 21), { ...usage('web', 2), containers: [{ name: 'main', rootfs: { usedBytes: 5 } }] }];
  const full = testNode({ pods, podStats });
  const lean = { ...full, pods: pods.map(leanPod), summary: full.summary && leanSummary(full.summary) };
  const settings = { evictionHard };

  expect(nodeFindings(lean, settings)).toStrictEqual(nodeFindings(full, settings));
  expect(nodePreview(lean, settings)).toStrictEqual(nodePreview(full, settings));
  expect(lean.summary?.pods[1]).not.toHaveProperty('containers');
});
