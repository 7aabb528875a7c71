import type { Pod } from '../../pod';
import type { PodStats } from '../../summary';
import { evictionMessage, type EvictionMessage } from '../message';
import { Gi, Mi, observed, onlyThreshold, podOf } from './builders';

const memory = onlyThreshold({ evictionHard: { 'memory.available': '1.5Gi' } });
const low = 'The node was low on resource: memory. Threshold quantity: 1536Mi, available: 1Gi. ';
const about = (spec: Partial<Pod['spec']>, stats: Partial<PodStats>): EvictionMessage => evictionMessage(memory, observed('1Gi', '8Gi'), podOf('vm', { spec, stats }));
const container = (name: string, request?: string) => ({ name, resources: request ? { requests: { memory: request } } : undefined });
const using = (name: string, workingSetBytes?: number) => ({ name, memory: { workingSetBytes } });

// evictionMessage, pkg/kubelet/eviction/helpers.go
describe('what an evicted pod says', () => {
  it('names the resource, the threshold and every container above its request', () => {
    const { message, annotations } = about(
      { containers: [container('within', '4Gi'), container('above', '1Gi'), container('no request')] },
      { containers: [using('above', 2 * Gi), using('within', Gi), using('no request', 300 * Mi)] },
    );

    expect(message).toBe(`${ low }Container above was using 2Gi, request is 1Gi, has larger consumption of memory. Container no request was using 300Mi, request is 0, has larger consumption of memory. `);
    expect(annotations).toEqual({ offending_containers: 'above,no request', offending_containers_usage: '2Gi,300Mi', starved_resource: 'memory' });
  });

  it('knows init containers, but blames neither ephemeral containers nor unknown figures', () => {
    const { annotations } = about(
      { containers: [container('c')], initContainers: [container('init')] },
      { containers: [using('init', 1), using('debugger', 1), using('c'), { name: 'c' }] },
    );

    expect(annotations.offending_containers).toBe('init');
  });

  it('takes a container at its request for innocent', () => {
    expect(about({ containers: [container('c', '1Gi')] }, { containers: [using('c', Gi)] }).message).toBe(low);
  });

  it('stops after the threshold where the pod has no stats', () => {
    expect(evictionMessage(memory, observed('1Gi', '8Gi'), podOf('vm', { stats: 'none' }))).toEqual({ message: low, annotations: {} });
  });

  it('stops after the resource where the signal was not observed', () => {
    expect(evictionMessage(memory, undefined, podOf('vm', { stats: 'none' })).message).toBe('The node was low on resource: memory. ');
  });

  it('copes with a pod whose stats list no containers', () => {
    expect(about({}, { containers: undefined }).message).toBe(low);
  });
});

// kubelets from 1.34 on
describe('a pod with pod-level resources', () => {
  const resources = { requests: { memory: '4Gi', cpu: '1' } };

  it('is named with its use, above its request or not', () => {
    const { message, annotations } = about({ resources, containers: [container('c')] }, { containers: [using('c', Gi)], memory: { workingSetBytes: Gi } });

    expect(message).toBe(`${ low }Pod vm was using 1Gi, request is 4Gi, has larger consumption of memory. Container c was using 1Gi, request is 0, has larger consumption of memory. `);
    expect(annotations).toMatchObject({ offending_pod: 'vm', offending_pod_usage: '1Gi' });
  });

  it.each<[string, Partial<Pod['spec']>, Partial<PodStats>]>([
    ['no memory stats', { resources }, { containers: [], memory: undefined }],
    ['no memory request', { resources: { requests: { cpu: '1' } } }, { containers: [] }],
  ])('is not named with %s', (_name, spec, stats) => {
    expect(about(spec, stats).message).toBe(low);
  });

  it('is not named for disk', () => {
    const disk = onlyThreshold({ evictionHard: { 'nodefs.available': '1Gi' } });

    expect(evictionMessage(disk, undefined, podOf('vm', { spec: { resources }, stats: { containers: [] } })).message).toBe('The node was low on resource: ephemeral-storage. ');
  });
});

describe('for disk', () => {
  const disk = onlyThreshold({ evictionHard: { 'nodefs.available': '5%' } });
  const inodes = onlyThreshold({ evictionHard: { 'nodefs.inodesFree': '5%' } });
  const pod = podOf('vm', { requests: { 'ephemeral-storage': '1Gi' }, rootfs: Gi, logs: Mi, rootfsInodes: 9 });

  it('a container counts with its writable layer and its logs', () => {
    expect(evictionMessage(disk, observed('4Gi', '100Gi'), pod)).toEqual({
      message:     'The node was low on resource: ephemeral-storage. Threshold quantity: 5368709200, available: 4Gi. Container vm was using 1025Mi, request is 1Gi, has larger consumption of ephemeral-storage. ',
      annotations: { offending_containers: 'vm', offending_containers_usage: '1025Mi', starved_resource: 'ephemeral-storage' },
    });
  });

  it.each(['rootfs', 'logs'] as const)('a container is not blamed with an unknown %s', (missing) => {
    const stats = { containers: [{ name: 'vm', rootfs: { usedBytes: 9 * Gi }, logs: { usedBytes: Gi }, [missing]: undefined }] };

    expect(evictionMessage(disk, undefined, podOf('vm', { stats })).annotations.offending_containers).toBe('');
  });

  it('no container is blamed for inodes', () => {
    expect(evictionMessage(inodes, observed('10', '1k'), pod)).toEqual({
      message:     'The node was low on resource: inodes. Threshold quantity: 50, available: 10. ',
      annotations: { offending_containers: '', offending_containers_usage: '', starved_resource: 'inodes' },
    });
  });
});
