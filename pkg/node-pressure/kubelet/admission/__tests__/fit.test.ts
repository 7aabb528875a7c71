import { allocatableAmounts, insufficientMessage, insufficientResources, requestAmounts, usedAmounts } from '../fit';
import { pod, quantities } from './pods';

const node = allocatableAmounts(quantities({ cpu: '4', memory: '8Gi', 'ephemeral-storage': '10Gi', pods: '2', 'hugepages-2Mi': '4Mi', 'nvidia.com/gpu': '1' }));
const nothing = new Map<string, bigint>();

function missing(requests: Record<string, string>, used: ReadonlyMap<string, bigint> = nothing): string[] {
  return insufficientResources(requestAmounts(pod({ name: 'p', requests }), node), used, node).map(({ name }) => name);
}

describe('a pod beside others', () => {
  it('fits as long as no resource is exceeded', () => {
    expect(missing({ cpu: '4', memory: '8Gi', 'ephemeral-storage': '10Gi', 'hugepages-2Mi': '4Mi', 'nvidia.com/gpu': '1' })).toEqual([]);
    expect(missing({ memory: '1Gi' }, new Map([['memory', 7n << 30n]]))).toEqual([]);
  });

  it('lacks resources in the order pods, cpu, memory, ephemeral-storage, others', () => {
    const everything = { 'nvidia.com/gpu': '2', 'hugepages-2Mi': '6Mi', 'ephemeral-storage': '11Gi', memory: '9Gi', cpu: '4001m' };

    expect(missing(everything, new Map([['pods', 2n]]))).toEqual(['pods', 'cpu', 'memory', 'ephemeral-storage', 'hugepages-2Mi', 'nvidia.com/gpu']);
  });

  it('needs no room for what it does not request, even on a node that is too full', () => {
    expect(missing({ cpu: '0' }, new Map([['memory', 99n << 30n], ['cpu', 9000n]]))).toEqual([]);
  });

  it('finds neither huge pages nor disk on a node that lists none', () => {
    const bare = allocatableAmounts(quantities({ pods: '1' }));
    const request = requestAmounts(pod({ name: 'p', requests: { 'hugepages-1Gi': '1Gi', 'ephemeral-storage': '1' } }), bare);

    expect(insufficientResources(request, nothing, bare).map(({ name }) => name)).toEqual(['ephemeral-storage', 'hugepages-1Gi']);
  });

  it('does without extended resources that the node does not list', () => {
    const bare = allocatableAmounts(quantities({ pods: '1' }));
    const request = requestAmounts(pod({ name: 'p', requests: { 'nvidia.com/gpu': '1' } }), bare);

    expect([...request]).toEqual([['pods', 1n]]);
    expect([...requestAmounts(pod({ name: 'p', requests: {}, overhead: { 'nvidia.com/gpu': '1' } }), bare)]).toEqual([['pods', 1n], ['nvidia.com/gpu', 1n]]);
  });

  it('has no room on a node that lists no pods', () => {
    const bare = allocatableAmounts(quantities({ cpu: '1' }));

    expect(insufficientResources(requestAmounts(pod({ name: 'p' }), bare), nothing, bare)).toEqual([{ name: 'pods', requested: 1n, used: 0n, capacity: 0n }]);
  });

  it('is refused in the kubelet\'s words', () => {
    expect(insufficientMessage({ name: 'cpu', requested: 500n, used: 3900n, capacity: 4000n })).toBe('Node didn\'t have enough resource: cpu, requested: 500, used: 3900, capacity: 4000');
  });
});

describe('an admitted pod', () => {
  it('takes the larger end of a resize', () => {
    const shrinking = pod({ name: 'p', requests: { memory: '1Gi', foo: '3' }, allocated: { memory: '2Gi' } });

    expect([...usedAmounts(shrinking)]).toEqual([['pods', 1n], ['memory', 2n << 30n]]);
  });
});
