import fc from 'fast-check';

import { isPodLevelRequestsSet, isPodLevelResourcesSet, isSidecar, podLimit, podLimits, podRequest, podRequests, quantityOf } from '../podResources';
import type { Container, ContainerStatus, Pod, ResourceList } from '../pod';

function container(name: string, requests?: ResourceList, limits?: ResourceList): Container {
  return { name, resources: { requests, limits } };
}

function sidecar(name: string, requests?: ResourceList, limits?: ResourceList): Container {
  return { ...container(name, requests, limits), restartPolicy: 'Always' };
}

function pod(spec: Partial<Pod['spec']>, status?: Pod['status']): Pod {
  return { metadata: { name: 'p' }, spec: { containers: [], ...spec }, status };
}

function texts(quantities: ReturnType<typeof podRequests>): Record<string, string> {
  return Object.fromEntries(Object.entries(quantities).map(([name, quantity]) => [name, `${ quantity }`]));
}

const memory = (bytes: string): ResourceList => ({ memory: bytes });

describe('quantityOf', () => {
  it('reads own entries only', () => {
    expect(quantityOf(undefined, 'memory')).toBeUndefined();
    expect(quantityOf({}, 'constructor')).toBeUndefined();
    expect(`${ quantityOf({ memory: '1.5Gi' }, 'memory') }`).toBe('1536Mi');
  });

  it('shares what is written alike, without remembering for ever', () => {
    const first = quantityOf({ memory: '7Mi' }, 'memory');

    expect(quantityOf({ memory: '7Mi' }, 'memory')).toBe(first);
    for (let bytes = 0; bytes <= 10_000; bytes++) {
      quantityOf({ memory: String(bytes) }, 'memory');
    }
    expect(quantityOf({ memory: '7Mi' }, 'memory')).not.toBe(first);
    expect(quantityOf({ memory: '7Mi' }, 'memory')).toEqual(first);
  });

  it('refuses what is no quantity', () => {
    expect(() => quantityOf({ memory: '1KiB' }, 'memory')).toThrow('quantities must match the regular expression');
  });
});

describe('requests of containers', () => {
  it('are added up', () => {
    const total = podRequests(pod({ containers: [container('a', { cpu: '250m', memory: '1Gi' }), container('b', { cpu: '1' }), { name: 'c' }] }));

    expect(texts(total)).toEqual({ cpu: '1250m', memory: '1Gi' });
  });

  it('are overtaken by the largest init container', () => {
    const initContainers = [container('i1', memory('3Gi')), container('i2', memory('2Gi'))];

    expect(`${ podRequest(pod({ containers: [container('a', memory('1Gi'))], initContainers }), 'memory') }`).toBe('3Gi');
    expect(`${ podRequest(pod({ containers: [container('a', memory('4Gi'))], initContainers }), 'memory') }`).toBe('4Gi');
  });

  it('count sidecars beside the containers, and beside every init container that starts after them', () => {
    const before = pod({ containers: [container('a', memory('1Gi'))], initContainers: [container('i', memory('4Gi')), sidecar('s', memory('1Gi'))] });
    const after = pod({ containers: [container('a', memory('1Gi'))], initContainers: [sidecar('s', memory('1Gi')), container('i', memory('4Gi'))] });

    expect(`${ podRequest(before, 'memory') }`).toBe('4Gi');
    expect(`${ podRequest(after, 'memory') }`).toBe('5Gi');
    expect(isSidecar(sidecar('s'))).toBe(true);
    expect(isSidecar({ name: 'i', restartPolicy: 'Never' })).toBe(false);
  });

  it('are undefined for a resource that nothing names', () => {
    expect(podRequest(pod({ containers: [container('a')] }), 'memory')).toBeUndefined();
    expect(podLimit(pod({ containers: [container('a')] }), 'memory')).toBeUndefined();
    expect(podRequests(pod({ containers: [{ name: 'a' }] }))).toEqual({});
  });
});

describe('overhead', () => {
  const overhead = { memory: '120Mi', cpu: '250m' };

  it('is added to requests even where there are none', () => {
    expect(texts(podRequests(pod({ containers: [container('a', memory('1Gi'))], overhead })))).toEqual({ memory: '1144Mi', cpu: '250m' });
  });

  it('is added only to limits that are set and not zero', () => {
    const limited = pod({ containers: [container('a', {}, { memory: '1Gi', cpu: '0' })], overhead });

    expect(texts(podLimits(limited))).toEqual({ memory: '1144Mi', cpu: '0' });
    expect(texts(podLimits(pod({ containers: [container('a')], overhead })))).toEqual({});
  });

  it('can be left out', () => {
    const both = pod({ containers: [container('a', memory('1Gi'), memory('1Gi'))], overhead });

    expect(`${ podRequest(both, 'memory', { excludeOverhead: true }) }`).toBe('1Gi');
    expect(`${ podLimit(both, 'memory', { excludeOverhead: true }) }`).toBe('1Gi');
  });
});

describe('pod-level resources', () => {
  const both = pod({
    containers: [container('a', { memory: '1Gi', cpu: '1', 'example.com/gpu': '1' }, memory('4Gi'))],
    resources: { requests: { memory: '3Gi', 'example.com/gpu': '7', 'hugepages-2Mi': '4Mi' }, limits: memory('2Gi') },
  });

  it('take the place of the containers\' for cpu, memory and huge pages', () => {
    expect(texts(podRequests(both))).toEqual({ memory: '3Gi', cpu: '1', 'example.com/gpu': '1', 'hugepages-2Mi': '4Mi' });
    expect(texts(podLimits(both))).toEqual({ memory: '2Gi' });
  });

  it('are unknown to kubelets before 1.34', () => {
    expect(`${ podRequest(both, 'memory', { skipPodLevelResources: true }) }`).toBe('1Gi');
    expect(`${ podLimit(both, 'memory', { skipPodLevelResources: true }) }`).toBe('4Gi');
  });

  it('can be all that counts', () => {
    expect(texts(podRequests(both, { skipContainerLevelResources: true }))).toEqual({ memory: '3Gi', 'hugepages-2Mi': '4Mi' });
  });

  it('are set by a supported resource only', () => {
    const withResources = (resources: Pod['spec']['resources']): Pod => pod({ resources });
    const cases: Pod['spec']['resources'][] = [{}, { requests: { 'example.com/gpu': '1' } }, { requests: { cpu: '1' } }, { limits: { 'hugepages-1Gi': '1Gi' } }];

    expect(cases.map((resources) => isPodLevelRequestsSet(withResources(resources)))).toEqual([false, false, true, false]);
    expect(cases.map((resources) => isPodLevelResourcesSet(withResources(resources)))).toEqual([false, false, true, true]);
  });
});

describe('resizes under way', () => {
  const containerStatuses: ContainerStatus[] = [{ name: 'a', allocatedResources: memory('2Gi'), resources: { requests: memory('3Gi'), limits: memory('5Gi') } }];
  const resizing = (desired: string, status: Pod['status'] = { containerStatuses }): Pod => pod({ containers: [container('a', memory(desired), memory(desired))] }, status);
  const useStatusResources = true;

  it('count with the larger of desired, actuated and allocated', () => {
    expect(`${ podRequest(resizing('1Gi'), 'memory', { useStatusResources }) }`).toBe('3Gi');
    expect(`${ podRequest(resizing('4Gi'), 'memory', { useStatusResources }) }`).toBe('4Gi');
    expect(`${ podLimit(resizing('4Gi'), 'memory', { useStatusResources }) }`).toBe('5Gi');
    expect(`${ podRequest(resizing('1Gi'), 'memory') }`).toBe('1Gi');
  });

  it('count without the desired amount when it can never be granted', () => {
    const conditions = [{ type: 'PodResizePending', status: 'True', reason: 'Infeasible' }];

    expect(`${ podRequest(resizing('9Gi', { containerStatuses, conditions }), 'memory', { useStatusResources }) }`).toBe('3Gi');
    expect(`${ podLimit(resizing('9Gi', { containerStatuses, conditions }), 'memory', { useStatusResources }) }`).toBe('5Gi');
  });

  it('need a status that names resources', () => {
    expect(`${ podRequest(resizing('1Gi', { containerStatuses: [{ name: 'a', allocatedResources: memory('2Gi') }] }), 'memory', { useStatusResources }) }`).toBe('1Gi');
    expect(`${ podRequest(resizing('1Gi', { containerStatuses: [{ name: 'other', resources: {} }] }), 'memory', { useStatusResources }) }`).toBe('1Gi');
  });

  it('count resources that only the status still names', () => {
    expect(texts(podRequests(pod({ containers: [container('a')] }, { containerStatuses }), { useStatusResources }))).toEqual({ memory: '3Gi' });
  });

  it('are looked up for sidecars but not for other init containers', () => {
    const initContainerStatuses = [{ name: 's', resources: { requests: memory('3Gi') } }];

    expect(`${ podRequest(pod({ initContainers: [sidecar('s', memory('1Gi'))] }, { initContainerStatuses }), 'memory', { useStatusResources }) }`).toBe('3Gi');
    expect(`${ podRequest(pod({ initContainers: [container('s', memory('1Gi'))] }, { initContainerStatuses }), 'memory', { useStatusResources }) }`).toBe('1Gi');
  });

  it('reach pod-level resources from 1.36 on', () => {
    const status = { resources: { requests: memory('3Gi'), limits: memory('6Gi') }, allocatedResources: memory('4Gi') };
    const podLevel = pod({ resources: { requests: memory('2Gi'), limits: memory('2Gi') } }, status);
    const options = { useStatusResources, inPlacePodLevelResources: true };

    expect(`${ podRequest(podLevel, 'memory', options) }`).toBe('4Gi');
    expect(`${ podLimit(podLevel, 'memory', options) }`).toBe('6Gi');
    expect(`${ podRequest(podLevel, 'memory', { useStatusResources }) }`).toBe('2Gi');
    expect(`${ podRequest(pod({ resources: { requests: memory('2Gi') } }), 'memory', options) }`).toBe('2Gi');
  });

  it('make a pod-level request zero that was refused and is in no status', () => {
    const status = { resources: {}, conditions: [{ type: 'PodResizePending', status: 'True', reason: 'Infeasible' }] };
    const refused = pod({ resources: { requests: memory('2Gi') } }, status);

    expect(`${ podRequest(refused, 'memory', { useStatusResources, inPlacePodLevelResources: true }) }`).toBe('0');
  });

  it('leave a pod-level limit that was refused as it is, unless the status has limits', () => {
    const conditions = [{ type: 'PodResizePending', status: 'True', reason: 'Infeasible' }];
    const limited = (resources: object): Pod => pod({ resources: { limits: memory('2Gi') } }, { resources, conditions });

    expect(`${ podLimit(limited({}), 'memory', { useStatusResources, inPlacePodLevelResources: true }) }`).toBe('2Gi');
    expect(`${ podLimit(limited({ limits: {} }), 'memory', { useStatusResources, inPlacePodLevelResources: true }) }`).toBe('0');
  });
});

describe('laws', () => {
  const amount = fc.integer({ min: 0, max: 64 }).map((gibibytes) => `${ gibibytes }Gi`);
  const anyContainer = fc.record({ name: fc.constantFrom('a', 'b'), memory: amount, always: fc.boolean() }).map(({ name, memory: bytes, always }) => (
    always ? sidecar(name, memory(bytes)) : container(name, memory(bytes))
  ));
  const anyPod = fc.record({ containers: fc.array(anyContainer, { minLength: 1, maxLength: 3 }), initContainers: fc.array(anyContainer, { maxLength: 3 }) }).map(pod);

  it('no container asks for more than its pod', () => {
    fc.assert(fc.property(anyPod, (subject) => {
      const total = podRequest(subject, 'memory');

      return [...subject.spec.containers, ...subject.spec.initContainers ?? []].every(({ resources }) => {
        const own = quantityOf(resources?.requests, 'memory');

        return own !== undefined && total !== undefined && own.cmp(total) <= 0;
      });
    }));
  });

  it('one resource at a time or all at once are the same', () => {
    fc.assert(fc.property(anyPod, (subject) => `${ podRequests(subject).memory }` === `${ podRequest(subject, 'memory') }`));
  });
});
