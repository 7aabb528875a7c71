import fc from 'fast-check';

import { containerSwapBehavior, limitedSwapBytes } from '../swap';
import type { Container, Pod, ResourceList } from '../pod';

const GIB = 2n ** 30n;

describe('a container\'s share of the swap', () => {
  it('is its share of the memory', () => {
    expect(limitedSwapBytes(4n * GIB, 16n * GIB, 8n * GIB)).toBe(2n * GIB);
    expect(limitedSwapBytes(0n, 16n * GIB, 8n * GIB)).toBe(0n);
    expect(limitedSwapBytes(1n, 3n, 100n)).toBe(33n);
  });

  it('needs a node with as much memory', () => {
    expect(() => limitedSwapBytes(1n, 0n, 1n)).toThrow('total node memory is 0');
    expect(() => limitedSwapBytes(2n, 1n, 1n)).toThrow('container request 2 is larger than total node memory 1');
  });

  it('never exceeds the swap there is', () => {
    const bytes = fc.bigInt(1n, 2n ** 50n);

    fc.assert(fc.property(bytes, bytes, bytes, (a, b, swap) => limitedSwapBytes(a < b ? a : b, a < b ? b : a, swap) <= swap));
  });
});

describe('who may swap', () => {
  const container = (requests: ResourceList, limits: ResourceList): Container => ({ name: 'c', resources: { requests, limits } });
  const pod = (subject: Container, spec: Partial<Pod['spec']> = {}): Pod => ({ metadata: { name: 'p' }, spec: { containers: [subject], ...spec } });
  const burstable = container({ memory: '1Gi' }, { memory: '2Gi' });

  it('is a Burstable pod\'s container with room above its request', () => {
    expect(containerSwapBehavior('LimitedSwap', pod(burstable), burstable)).toBe('LimitedSwap');
    expect(containerSwapBehavior('LimitedSwap', pod(burstable), container({ memory: '1Gi' }, {}))).toBe('LimitedSwap');
  });

  it('is nobody on a node without swap, no critical pod, no pod of another class', () => {
    const bestEffort = container({}, {});
    const guaranteed = container({ cpu: '1', memory: '1Gi' }, { cpu: '1', memory: '1Gi' });

    expect(containerSwapBehavior('NoSwap', pod(burstable), burstable)).toBe('NoSwap');
    expect(containerSwapBehavior('LimitedSwap', pod(burstable, { priority: 2_000_000_000 }), burstable)).toBe('NoSwap');
    expect(containerSwapBehavior('LimitedSwap', pod(bestEffort), bestEffort)).toBe('NoSwap');
    expect(containerSwapBehavior('LimitedSwap', pod(guaranteed), guaranteed)).toBe('NoSwap');
    expect(containerSwapBehavior('LimitedSwap', pod(burstable, { resources: guaranteed.resources }), burstable)).toBe('NoSwap');
  });

  it('is no container without memory, or with a request equal to its limit', () => {
    expect(containerSwapBehavior('LimitedSwap', pod(burstable), { name: 'bare' })).toBe('NoSwap');
    expect(containerSwapBehavior('LimitedSwap', pod(burstable), container({ memory: '1Gi' }, { memory: '1024Mi' }))).toBe('NoSwap');
  });
});
