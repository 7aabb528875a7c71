import { updatePodFromAllocation } from '../../allocation';
import type { Container, Pod, ResourceList } from '../../pod';
import { type ResizeNode, resizeVerdict } from '../feasibility';

const NODE: ResizeNode = {
  minor:                       36,
  cpuManagerPolicy:            'none',
  memoryManagerPolicy:         'None',
  swapBehavior:                'NoSwap',
  allocatable:                 new Map([['pods', 110n], ['cpu', 4000n], ['memory', 8n << 30n]]),
  allocatableWithoutEviction:  new Map([['cpu', 4000n], ['memory', 9n << 30n]]),
  used:                        new Map([['pods', 1n], ['cpu', 1000n], ['memory', 4n << 30n]]),
  pressure:                    [],
};

function pod(requests: ResourceList, limits?: ResourceList, extra: Partial<Container> = {}, spec: Partial<Pod['spec']> = {}, annotations?: Record<string, string>): Pod {
  return { metadata: { name: 'p', annotations }, spec: { containers: [{ name: 'c', resources: { requests, limits }, ...extra }], ...spec } };
}

function grantedBefore(desired: Pod, requests: ResourceList, limits?: ResourceList): Pod {
  return updatePodFromAllocation(desired, { containers: { c: { requests, limits } } });
}

function verdict(desired: Pod, requests: ResourceList, node: Partial<ResizeNode> = {}): string {
  const result = resizeVerdict(desired, grantedBefore(desired, requests, requests), { ...NODE, ...node });

  if (result.isGranted) {
    return result.preempts ? 'preempts' : 'granted';
  }

  return `${ result.reason }: ${ result.message }`;
}

const growing = pod({ memory: '3Gi' });
const full = { cpu: '1', memory: '1Gi' };
const guaranteed = pod({ cpu: '2', memory: '1Gi' }, { cpu: '2', memory: '1Gi' });

describe('a resize on a node', () => {
  it('is granted where it fits beside the other pods', () => {
    expect(verdict(growing, { memory: '1Gi' })).toBe('granted');
  });

  it('waits where it does not', () => {
    expect(verdict(pod({ memory: '5Gi' }), { memory: '1Gi' })).toBe('Deferred: Node didn\'t have enough resource: memory, requested: 5368709120, used: 4294967296, capacity: 8589934592');
  });

  it('of a critical pod makes room by preemption', () => {
    expect(verdict(pod({ memory: '5Gi' }, undefined, {}, { priority: 2_000_000_000 }), { memory: '1Gi' })).toBe('preempts');
  });

  it('waits under pressure', () => {
    expect(verdict(growing, { memory: '1Gi' }, { pressure: ['DiskPressure'] })).toBe('Deferred: The node had condition: [DiskPressure]. ');
  });
});

describe('a resize that no node could hold', () => {
  const huge = pod({ memory: '10Gi', cpu: '5' });

  it('is infeasible to kubelets up to 1.35, memory before cpu', () => {
    expect(verdict(huge, full, { minor: 35 })).toBe('Infeasible: Node didn\'t have enough capacity: memory, requested: 10737418240, capacity: 9663676416');
    expect(verdict(pod({ cpu: '5' }), full, { minor: 34 })).toBe('Infeasible: Node didn\'t have enough capacity: cpu, requested: 5000, capacity: 4000');
  });

  it('is compared with node allocatable by 1.33', () => {
    expect(verdict(pod({ memory: '8.5Gi' }), full, { minor: 33 })).toContain('Infeasible: Node didn\'t have enough capacity: memory, requested: 9126805504, capacity: 8589934592');
    expect(verdict(pod({ memory: '8.5Gi' }), full, { minor: 34 })).toContain('Deferred');
    expect(verdict(pod({ memory: '1' }), full, { minor: 33, allocatable: new Map() })).toContain('requested: 1, capacity: 0');
  });

  it('only waits from 1.36 on, where the API server refuses it earlier', () => {
    expect(verdict(huge, full)).toContain('Deferred');
  });
});

describe('a resize that a kubelet refuses for good', () => {
  it('is that of a static pod up to 1.35', () => {
    const fromFile = pod({ memory: '3Gi' }, undefined, {}, {}, { 'kubernetes.io/config.source': 'file' });

    expect(verdict(fromFile, full, { minor: 35 })).toBe('Infeasible: In-place resize of static-pods is not supported');
    expect(verdict(fromFile, full)).toBe('granted');
  });

  it('is one of the memory of a container with swap, unless it restarts', () => {
    const swapping = { swapBehavior: 'LimitedSwap' as const };
    const restart = { resizePolicy: [{ resourceName: 'memory', restartPolicy: 'RestartContainer' }] };

    expect(verdict(growing, { memory: '1Gi' }, swapping)).toBe('Infeasible: In-place resize of containers with swap is not supported.');
    expect(verdict(growing, { memory: '1Gi' })).toBe('granted');
    expect(verdict(pod({ memory: '1Gi', cpu: '2' }), { memory: '1Gi' }, swapping)).toBe('granted');
    expect(verdict(pod({ memory: '3Gi' }, undefined, restart), { memory: '1Gi' }, swapping)).toBe('granted');
    expect(verdict(pod({}, { cpu: '1' }), {}, swapping)).toBe('granted');
    expect(resizeVerdict(growing, { ...growing, spec: { containers: [] } }, { ...NODE, ...swapping })).toMatchObject({ isGranted: true });
  });

  it('is one of a pinned resource of a Guaranteed pod', () => {
    expect(verdict(guaranteed, full, { cpuManagerPolicy: 'static' })).toBe('Infeasible: Resize is infeasible for Guaranteed Pods alongside CPU Manager policy "static"');
    expect(verdict(guaranteed, full, { memoryManagerPolicy: 'Static' })).toBe('granted');
    expect(verdict(pod({ cpu: '1', memory: '2Gi' }, { cpu: '1', memory: '2Gi' }), full, { cpuManagerPolicy: 'static', memoryManagerPolicy: 'Static' })).toBe('Infeasible: Resize is infeasible for Guaranteed Pods alongside Memory Manager policy "Static"');
    expect(verdict(growing, full, { cpuManagerPolicy: 'static', memoryManagerPolicy: 'Static' })).toBe('granted');
  });

  it('is any of a Guaranteed pod beside pinning in 1.33, in other words', () => {
    expect(verdict(guaranteed, full, { minor: 33, memoryManagerPolicy: 'Static' })).toBe('Infeasible: Resize is infeasible for Guaranteed Pods alongside Memory Manager static policy');
    expect(verdict(guaranteed, full, { minor: 33, cpuManagerPolicy: 'static' })).toBe('Infeasible: Resize is infeasible for Guaranteed Pods alongside CPU Manager static policy');
  });

  it('looks at init containers that are not sidecars from 1.36 on', () => {
    const init = { name: 'i', resources: { requests: { cpu: '2', memory: '1Gi' }, limits: { cpu: '2', memory: '1Gi' } } };
    const desired = pod(full, full, {}, { initContainers: [init] });
    const allocated = updatePodFromAllocation(desired, { containers: { i: { requests: full, limits: full } } });
    const node = { ...NODE, cpuManagerPolicy: 'static' };
    const isGranted = (initContainer: Container, minor: number) => resizeVerdict({ ...desired, spec: { ...desired.spec, initContainers: [initContainer] } }, allocated, { ...node, minor }).isGranted;

    expect(isGranted(init, 36)).toBe(false);
    expect(isGranted(init, 35)).toBe(true);
    expect(isGranted({ ...init, restartPolicy: 'Always' }, 35)).toBe(false);
  });
});
