import type { Pod, ResourceList } from '../../pod';
import { type ResizeTarget, validateResizeOnNode } from '../nodeCapacity';

function pod(requests: ResourceList, spec: Partial<Pod['spec']> = {}): Pod {
  return { metadata: { name: 'p' }, spec: { nodeName: 'n', containers: [{ name: 'c', resources: { requests } }], ...spec } };
}

function node(allocatable?: ResourceList, labels?: Record<string, string>): ResizeTarget {
  return { metadata: { name: 'n', labels }, status: { allocatable } };
}

const small = pod({ cpu: '1', memory: '1Gi' });
const ample = node({ cpu: '4', memory: '8Gi' });

describe('the plug-in PodResizeValidator', () => {
  it('lets through what the node can hold', () => {
    expect(validateResizeOnNode(pod({ cpu: '4', memory: '8Gi' }), small, ample)).toBeUndefined();
  });

  it('names all that the node cannot hold, whatever the resize changes', () => {
    expect(validateResizeOnNode(pod({ cpu: '5', memory: '9Gi' }), small, ample)).toBe('pods "p" is forbidden: node didn\'t have enough allocatable resources: cpu, requested: 5000, allocatable: 4000; memory, requested: 9663676416, allocatable: 8589934592');
    expect(validateResizeOnNode(pod({ cpu: '5', memory: '512Mi' }), pod({ cpu: '5', memory: '1Gi' }), ample)).toContain('cpu, requested: 5000');
    expect(validateResizeOnNode(pod({ cpu: '1', memory: '2Gi' }), small, { metadata: { name: 'n' } })).toContain('cpu, requested: 1000, allocatable: 0; memory, requested: 2147483648, allocatable: 0');
  });

  it('compares exactly and prints whole units', () => {
    expect(validateResizeOnNode(pod({ cpu: '1500500u', memory: '1Gi' }), small, node({ cpu: '1500400u', memory: '8Gi' }))).toContain('cpu, requested: 1501, allocatable: 1501');
  });

  it('asks only when something changes in a pod that has a node', () => {
    const nowhere = { spec: { ...small.spec, nodeName: undefined } };

    expect(validateResizeOnNode(small, small, node())).toBeUndefined();
    expect(validateResizeOnNode(pod({ cpu: '1000m', memory: '1024Mi' }), small, node())).toBeUndefined();
    expect(validateResizeOnNode(pod({ cpu: '9' }), { ...small, ...nowhere }, node())).toBeUndefined();
    expect(validateResizeOnNode(pod({}, { resources: { requests: { cpu: '9' } } }), small, ample)).toContain('cpu, requested: 9000');
    expect(validateResizeOnNode({ ...small, spec: { ...small.spec, containers: [...small.spec.containers, { name: 'd' }] } }, small, node())).toContain('cpu, requested: 1000');
    expect(validateResizeOnNode(pod({}), pod({}, { containers: [{ name: 'c', resizePolicy: [{ resourceName: 'cpu', restartPolicy: 'NotRequired' }] }] }), ample)).toBeUndefined();
  });

  it('knows Linux nodes only', () => {
    expect(validateResizeOnNode(pod({ cpu: '2', memory: '1Gi' }), small, undefined)).toBe('pods "p" is forbidden: node "n" not found');
    expect(validateResizeOnNode(pod({ cpu: '2', memory: '1Gi' }), small, node({ cpu: '4', memory: '8Gi' }, { 'kubernetes.io/os': 'linux' }))).toBeUndefined();
    expect(validateResizeOnNode(pod({ cpu: '2', memory: '1Gi' }), small, node({}, { 'kubernetes.io/os': 'windows' }))).toBe('pods "p" is forbidden: pod resize is only supported on linux nodes, node "n" is "windows"');
  });
});
