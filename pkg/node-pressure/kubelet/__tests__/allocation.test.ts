import { allocationFromStatus, updatePodFromAllocation } from '../allocation';
import { podRequest } from '../podResources';
import type { Pod } from '../pod';

const resized: Pod = {
  metadata: { name: 'p' },
  spec: {
    containers: [
      { name: 'a', resources: { requests: { memory: '8Gi' }, limits: { memory: '8Gi' } } },
      { name: 'b', resources: { requests: { memory: '1Gi' } } },
      { name: 'c', resources: { requests: { memory: '1Gi' } } },
    ],
    initContainers: [{ name: 'i', resources: { requests: { memory: '2Gi' }, limits: { memory: '9Gi' } } }, { name: 'j' }],
  },
  status: {
    containerStatuses: [
      { name: 'a', allocatedResources: { memory: '4Gi' }, resources: { requests: { memory: '4Gi' }, limits: { memory: '6Gi' } } },
      { name: 'b', resources: {} },
      { name: 'c' },
    ],
    initContainerStatuses: [{ name: 'i', allocatedResources: { memory: '3Gi' } }, { name: 'j', allocatedResources: { cpu: '1' } }, { name: 'gone', resources: {} }],
  },
};

describe('the allocation in a status', () => {
  it('is taken where a kubelet has written one, and empty where it allocated nothing', () => {
    expect(allocationFromStatus(resized)).toEqual({
      containers: {
        a: { requests: { memory: '4Gi' }, limits: { memory: '6Gi' } },
        b: { requests: {}, limits: {} },
        i: { requests: { memory: '3Gi' }, limits: { memory: '9Gi' } },
        j: { requests: { cpu: '1' }, limits: undefined },
      },
    });
  });

  it('is empty for a pod without status', () => {
    const fresh: Pod = { metadata: { name: 'p' }, spec: { containers: [{ name: 'a' }] } };

    expect(allocationFromStatus(fresh)).toEqual({ containers: {} });
    expect(updatePodFromAllocation(fresh, allocationFromStatus(fresh))).toEqual(fresh);
  });

  it('covers pod-level resources where the pod has them', () => {
    const podLevel: Pod = { ...resized, spec: { ...resized.spec, resources: { requests: { memory: '9Gi' } } }, status: { resources: { limits: { memory: '7Gi' } }, allocatedResources: { memory: '6Gi' } } };
    const allocation = allocationFromStatus(podLevel);

    expect(allocation.pod).toEqual({ requests: { memory: '6Gi' }, limits: { memory: '7Gi' } });
    expect(`${ podRequest(updatePodFromAllocation(podLevel, allocation), 'memory') }`).toBe('6Gi');
    expect(allocationFromStatus({ ...podLevel, status: undefined }).pod).toBeUndefined();
  });
});

describe('a pod with its allocation', () => {
  const allocated = updatePodFromAllocation(resized, allocationFromStatus(resized));

  it('asks for what it was granted', () => {
    expect(allocated.spec.containers.map(({ resources }) => resources?.requests?.memory)).toEqual(['4Gi', undefined, '1Gi']);
    expect(`${ podRequest(allocated, 'memory') }`).toBe('5Gi');
  });

  it('leaves the given pod as it was', () => {
    expect(resized.spec.containers[0]?.resources?.requests?.memory).toBe('8Gi');
  });
});
