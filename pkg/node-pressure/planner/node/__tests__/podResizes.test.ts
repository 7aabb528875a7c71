/** @jest-environment node */
import type { Pod, PodCondition } from '../../../kubelet/pod';
import { podResizes } from '../podResizes';
import { launcherOf, pod } from './pods';

const condition = (type: string, reason?: string, message?: string): PodCondition => ({ type, status: 'True', reason, message });

function resized(conditions: readonly PodCondition[], more: Partial<Pod['status']> & { readonly resize?: string } = {}): Pod {
  return pod('web', {
    requests: { memory: '2Gi', cpu: '1' },
    limits:   { memory: '4Gi' },
    status:   {
      conditions,
      containerStatuses: [{ name: 'web', restartCount: 3, allocatedResources: { memory: '1Gi', cpu: '1000m' }, resources: { requests: { memory: '1Gi', cpu: '1' }, limits: { memory: '4096Mi' } } }],
      ...more,
    },
  });
}

describe('resizes of pods', () => {
  it('say what is desired, allocated and in force, container by container', () => {
    expect(podResizes([resized([condition('PodResizePending', 'Deferred', 'Node didn\'t have enough resource: memory, requested: 2, used: 1, capacity: 2')])])).toEqual([{
      namespace: 'prod', name: 'web', uid: 'uid-web', vm: undefined, restarts: 3, obstacle: 'noRoom',
      state:     { code: 'deferred', params: { reason: 'Deferred' } },
      text:      'Node didn\'t have enough resource: memory, requested: 2, used: 1, capacity: 2',
      changes:   [{ container: 'web', resource: 'memory', kind: 'requests', desired: '2Gi', allocated: '1Gi', actual: '1Gi' }],
    }]);
  });

  it('show that a request is allocated but not in force, and the other way round', () => {
    const [allocated] = podResizes([resized([], { containerStatuses: [{ name: 'web', allocatedResources: { memory: '2Gi', cpu: '1' }, resources: { requests: { memory: '1Gi', cpu: '1' }, limits: { memory: '3Gi' } } }] })]);
    const [actual] = podResizes([resized([], { containerStatuses: [{ name: 'web', allocatedResources: { memory: '1Gi' }, resources: { requests: { memory: '2Gi', cpu: '1' }, limits: { memory: '4Gi' } } }] })]);

    expect(allocated).toMatchObject({ restarts: 0, state: { code: 'proposed' }, changes: [{ kind: 'requests', allocated: '2Gi', actual: '1Gi' }, { kind: 'limits', desired: '4Gi', allocated: undefined, actual: '3Gi' }] });
    expect(actual?.changes).toEqual([
      { container: 'web', resource: 'cpu', kind: 'requests', desired: '1', allocated: undefined, actual: '1' },
      { container: 'web', resource: 'memory', kind: 'requests', desired: '2Gi', allocated: '1Gi', actual: '2Gi' },
    ]);
  });

  it.each<[readonly PodCondition[], string]>([
    [[condition('PodResizePending', 'Infeasible')], 'infeasible'],
    [[condition('PodResizeInProgress')], 'inProgress'],
    [[condition('PodResizeInProgress', 'Error')], 'error'],
    [[condition('PodResizeInProgress'), condition('PodResizePending', 'Deferred')], 'deferred'],
    [[{ type: 'PodResizePending', status: 'False' }], 'proposed'],
  ])('stand as their conditions say: %j', (conditions, code) => {
    expect(podResizes([resized(conditions)])[0]?.state.code).toBe(code);
  });

  it.each([['Proposed', 'proposed'], ['InProgress', 'inProgress'], ['Deferred', 'deferred'], ['Infeasible', 'infeasible'], ['toString', 'proposed']])('stand as older kubelets say: %s', (resize, code) => {
    expect(podResizes([resized([], { resize })])[0]?.state.code).toBe(code);
  });

  it.each([
    ['Node didn\'t have enough capacity: memory, requested: 2, capacity: 1', 'beyondCapacity'],
    ['In-place resize of containers with swap is not supported.', 'swap'],
    ['Resize is infeasible for Guaranteed Pods alongside CPU Manager policy "static"', 'cpuManager'],
    ['Resize is infeasible for Guaranteed Pods alongside Memory Manager policy "Static"', 'memoryManager'],
    ['The node had condition: [MemoryPressure]. ', 'underPressure'],
    ['cannot decrease memory limits: attempting to set pod memory limit (1) below current usage (2)', 'memoryInUse'],
    ['something new', 'other'],
    ['', undefined],
  ])('name what stands in the way: %s', (text, obstacle) => {
    expect(podResizes([resized([condition('PodResizePending', 'Deferred', text)])])[0]?.obstacle).toBe(obstacle);
  });

  it('are none where everything is in force, nothing is published, or the pod is over', () => {
    const inForce = resized([], { containerStatuses: [{ name: 'web', allocatedResources: { memory: '2048Mi', cpu: '1' }, resources: { requests: { memory: '2Gi', cpu: '1' }, limits: { memory: '4Gi' } } }] });

    expect(podResizes([inForce, pod('new'), resized([], { containerStatuses: [{ name: 'web' }] }), resized([], { phase: 'Failed' }), resized([], { phase: 'Succeeded' })])).toEqual([]);
  });

  it('count init containers, name VMs, and compare what cannot be read as it is written', () => {
    const sidecar: Pod = {
      metadata: { name: 'vm', ...launcherOf('db-1') },
      spec:     { containers: [], initContainers: [{ name: 's', resources: { requests: { cpu: 'x' } } }] },
      status:   { initContainerStatuses: [{ name: 's', restartCount: 1, resources: { requests: { cpu: 'y' } } }] },
    };

    expect(podResizes([sidecar])).toMatchObject([{ namespace: '', uid: '', vm: 'db-1', restarts: 1, changes: [{ container: 's', resource: 'cpu', kind: 'requests', desired: 'x', actual: 'y' }] }]);
  });
});
