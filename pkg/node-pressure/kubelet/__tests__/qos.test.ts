import fc from 'fast-check';

import { computePodQOS, getContainerOOMScoreAdjust, getPodQOS } from '../qos';
import type { Container, Pod, ResourceList } from '../pod';

const GIB = 2n ** 30n;

function container(requests?: ResourceList, limits?: ResourceList, extra: Partial<Container> = {}): Container {
  return { name: 'c', resources: { requests, limits }, ...extra };
}

function pod(containers: readonly Container[], spec: Partial<Pod['spec']> = {}, status?: Pod['status']): Pod {
  return { metadata: { name: 'p' }, spec: { containers, ...spec }, status };
}

const full = { cpu: '1', memory: '1Gi' };

describe('QoS class', () => {
  it('is BestEffort without cpu and memory above zero', () => {
    expect(computePodQOS(pod([{ name: 'c' }]))).toBe('BestEffort');
    expect(computePodQOS(pod([]))).toBe('BestEffort');
    expect(computePodQOS(pod([container({ cpu: '0', memory: '0' }, { memory: '0' })]))).toBe('BestEffort');
    expect(computePodQOS(pod([container({ 'ephemeral-storage': '1Gi' }, { 'example.com/gpu': '1' })]))).toBe('BestEffort');
  });

  it('is Guaranteed when every container limits both and requests as much', () => {
    expect(computePodQOS(pod([container(full, full)]))).toBe('Guaranteed');
    expect(computePodQOS(pod([container(full, { cpu: '1000m', memory: '1024Mi' }), container(full, full)]))).toBe('Guaranteed');
    expect(computePodQOS(pod([container(full, full)], { initContainers: [container(full, full)] }))).toBe('Guaranteed');
  });

  it('compares sums, so that two containers can make up for each other', () => {
    const generous = container({ cpu: '1', memory: '1Gi' }, { cpu: '1', memory: '2Gi' });
    const meagre = container({ cpu: '1', memory: '3Gi' }, { cpu: '1', memory: '2Gi' });

    expect(computePodQOS(pod([generous, meagre]))).toBe('Guaranteed');
  });

  it('is Burstable otherwise', () => {
    expect(computePodQOS(pod([container(full)]))).toBe('Burstable');
    expect(computePodQOS(pod([container(full, { ...full, memory: '2Gi' })]))).toBe('Burstable');
    expect(computePodQOS(pod([container({}, full)]))).toBe('Burstable');
    expect(computePodQOS(pod([container(full, full), container()]))).toBe('Burstable');
    expect(computePodQOS(pod([container({ cpu: '1' }, { cpu: '1' }), container({ memory: '1Gi' }, { memory: '1Gi' })]))).toBe('Burstable');
    expect(computePodQOS(pod([container({ cpu: '1' }, full)]))).toBe('Burstable');
    expect(computePodQOS(pod([container(full, full)], { initContainers: [container()] }))).toBe('Burstable');
  });

  it('looks at pod-level resources alone where there are any, even empty ones', () => {
    expect(computePodQOS(pod([container()], { resources: { requests: full, limits: full } }))).toBe('Guaranteed');
    expect(computePodQOS(pod([container(full, full)], { resources: {} }))).toBe('BestEffort');
    expect(computePodQOS(pod([container(full, full)], { resources: { requests: { memory: '1Gi' }, limits: { memory: '1Gi' } } }))).toBe('Burstable');
    expect(computePodQOS(pod([container(full, full)], { resources: {} }), { skipPodLevelResources: true })).toBe('Guaranteed');
  });

  it('is what the status says, if that is a class', () => {
    expect(getPodQOS(pod([container(full, full)], {}, { qosClass: 'BestEffort' }))).toBe('BestEffort');
    expect(getPodQOS(pod([container(full, full)], {}, { qosClass: 'Burstable' }))).toBe('Burstable');
    expect(getPodQOS(pod([container()], {}, { qosClass: 'Guaranteed' }))).toBe('Guaranteed');
    expect(getPodQOS(pod([container(full, full)], {}, { qosClass: 'Supreme' }))).toBe('Guaranteed');
    expect(getPodQOS(pod([container()]))).toBe('BestEffort');
  });
});

describe('OOM score of a container', () => {
  // The table of the field for a node of 4 GiB; a Burstable container of no request is not 1000, that is BestEffort's
  it.each([['64Mi', 985], ['256Mi', 938], ['1Gi', 750], ['1536Mi', 625], ['4Gi', 3], ['64Gi', 3], ['0', 999]])('requesting %s of 4 GiB is %d', (memory, score) => {
    const burstable = container({ cpu: '1', memory });

    expect(getContainerOOMScoreAdjust(pod([burstable]), burstable, 4n * GIB)).toBe(score);
  });

  it('is -997 for Guaranteed pods and 1000 for BestEffort ones', () => {
    expect(getContainerOOMScoreAdjust(pod([container(full, full)]), container(full, full), 4n * GIB)).toBe(-997);
    expect(getContainerOOMScoreAdjust(pod([container()]), container(), 4n * GIB)).toBe(1000);
  });

  it('is -997 for a critical pod of class system-node-critical, and of no other class', () => {
    const critical = { priority: 2_000_001_000, priorityClassName: 'system-node-critical' };

    expect(getContainerOOMScoreAdjust(pod([container()], critical), container(), 4n * GIB)).toBe(-997);
    expect(getContainerOOMScoreAdjust(pod([container()], { ...critical, priorityClassName: 'system-cluster-critical' }), container(), 4n * GIB)).toBe(1000);
  });

  it('shares out what the pod requests beyond its containers', () => {
    const one = container({ memory: '1Gi' });
    const podLevel = { initContainers: [{ name: 'i' }], resources: { requests: { memory: '3Gi' } } };

    // (3 - 1) / 2 = 1 GiB more for each
    expect(getContainerOOMScoreAdjust(pod([one], podLevel), one, 4n * GIB)).toBe(500);
    expect(getContainerOOMScoreAdjust(pod([one], { ...podLevel, overhead: { memory: '1Gi' } }), one, 4n * GIB)).toBe(500);
    expect(getContainerOOMScoreAdjust(pod([one], podLevel), one, 4n * GIB, { skipPodLevelResources: true })).toBe(750);
    expect(getContainerOOMScoreAdjust(pod([one], { resources: { requests: { cpu: '1' } } }), one, 4n * GIB)).toBe(750);
    expect(getContainerOOMScoreAdjust(pod([one], { resources: { requests: { cpu: '1', memory: '0' } } }), one, 4n * GIB)).toBe(750);
    expect(getContainerOOMScoreAdjust(pod([{ name: 'bare' }], { resources: { requests: { memory: '1Gi' } } }), { name: 'bare' }, 4n * GIB)).toBe(750);
  });

  it('lets no sidecar die before the containers that need it', () => {
    const sidecar = container({ memory: '64Mi' }, undefined, { name: 's', restartPolicy: 'Always' });
    const regular = [container({ memory: '3Gi' }), container({ memory: '1Gi' }), container({ memory: '2Gi' })];

    expect(getContainerOOMScoreAdjust(pod(regular, { initContainers: [sidecar] }), sidecar, 4n * GIB)).toBe(750);
    expect(getContainerOOMScoreAdjust(pod(regular), sidecar, 4n * GIB)).toBe(985);
    expect(getContainerOOMScoreAdjust(pod(regular, { initContainers: [{ name: 'other' }] }), sidecar, 4n * GIB)).toBe(985);

    const large = { ...sidecar, resources: { requests: { memory: '3Gi' } } };

    expect(getContainerOOMScoreAdjust(pod(regular, { initContainers: [large] }), large, 4n * GIB)).toBe(250);
  });

  it('needs a node with memory', () => {
    const burstable = container({ memory: '1Gi' });

    expect(() => getContainerOOMScoreAdjust(pod([burstable]), burstable, 0n)).toThrow('runtime error: integer divide by zero');
  });

  it('survives pods that no API server would let in', () => {
    const sidecar = container({ memory: '1Gi' }, undefined, { restartPolicy: 'Always' });
    const bare: Pod = pod([], { resources: { requests: { memory: '1Gi' } } });

    expect(getContainerOOMScoreAdjust(bare, container(), 4n * GIB)).toBe(750);
    expect(getContainerOOMScoreAdjust(pod([], { initContainers: [sidecar] }), sidecar, 4n * GIB)).toBe(750);
  });

  it('never rises with the request', () => {
    const mebibytes = fc.integer({ min: 0, max: 65536 });

    fc.assert(fc.property(mebibytes, mebibytes, fc.integer({ min: 1, max: 65536 }), (a, b, capacity) => {
      const score = (memory: number): number => {
        const burstable = container({ cpu: '1', memory: `${ memory }Mi` });

        return getContainerOOMScoreAdjust(pod([burstable]), burstable, BigInt(capacity) << 20n);
      };

      return score(Math.max(a, b)) <= score(Math.min(a, b)) && score(a) >= 3 && score(a) <= 999;
    }));
  });
});
