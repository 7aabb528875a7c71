import fc from 'fast-check';

import type { NodeConditionType } from '../../signals';
import type { Pod } from '../../pod';
import { admitAtKubeletStart, type RestartOutcome } from '../restart';
import { CRITICAL, names, pod, quantities } from './pods';

const node = quantities({ cpu: '8', memory: '8Gi', pods: '110' });

function start(pods: readonly Pod[], pressure: readonly NodeConditionType[] = [], allocatable = node) {
  const outcome = admitAtKubeletStart(pods, allocatable, pressure);

  return {
    admitted:  names(outcome.admitted),
    rejected:  outcome.rejected.map(({ pod: { metadata }, reason }) => `${ metadata.name } ${ reason }`),
    preempted: names(outcome.preempted),
    uncertain: names(outcome.uncertain),
  };
}

const memory = (bytes: string) => ({ memory: bytes });

describe('pods found at a kubelet start', () => {
  it('are admitted oldest first, and the young ones pay', () => {
    const young = pod({ name: 'young', age: 3, requests: memory('4Gi') });
    const old = pod({ name: 'old', age: 1, requests: memory('5Gi') });
    const small = pod({ name: 'small', age: 4, requests: memory('3Gi') });

    expect(start([young, old, small])).toEqual({ admitted: ['old', 'small'], rejected: ['young OutOfmemory'], preempted: [], uncertain: [] });
  });

  it('are refused in the kubelet\'s words', () => {
    const { rejected } = admitAtKubeletStart([pod({ name: 'p', age: 1, requests: memory('9Gi') })], node);

    expect(rejected[0]?.message).toBe('Pod was rejected: Node didn\'t have enough resource: memory, requested: 9663676416, used: 0, capacity: 8589934592');
  });

  it('are compared by what was allocated, whatever the spec says', () => {
    const shrunk = pod({ name: 'shrunk', age: 1, requests: memory('1Gi'), allocated: memory('9Gi') });
    const grown = pod({ name: 'grown', age: 2, requests: memory('9Gi'), allocated: memory('1Gi') });

    expect(start([shrunk, grown])).toEqual({ admitted: ['grown'], rejected: ['shrunk OutOfmemory'], preempted: [], uncertain: [] });
  });

  it('are left alone once they have ended', () => {
    const ended = ['Failed', 'Succeeded'].map((phase, index) => pod({ name: phase, age: index, requests: memory('9Gi'), status: { phase } }));

    expect(start([...ended, pod({ name: 'p', age: 9, requests: memory('8Gi') })])).toMatchObject({ admitted: ['p'], rejected: [] });
  });

  it('count while they are being deleted, for as long as that takes', () => {
    const leaving = pod({ name: 'leaving', age: 1, requests: memory('6Gi'), deleted: true });
    const fitting = pod({ name: 'fitting', age: 2, requests: memory('2Gi') });
    const late = pod({ name: 'late', age: 3, requests: memory('1Gi') });

    expect(start([leaving, fitting, late])).toEqual({ admitted: ['fitting'], rejected: ['late OutOfmemory'], preempted: [], uncertain: ['late'] });
  });

  it('find no room on a node that allows no more pods', () => {
    const pods = [1, 2].map((age) => pod({ name: `p${ age }`, age }));

    expect(start(pods, [], quantities({ pods: '1' }))).toMatchObject({ admitted: ['p1'], rejected: ['p2 OutOfpods'] });
    expect(start(pods, [], {}).rejected).toEqual(['p1 OutOfpods', 'p2 OutOfpods']);
  });

  it('are admitted before all others when they are static, and nobody becomes static by an annotation', () => {
    const mirror = pod({ name: 'etcd', age: 9, mirror: true, requests: memory('4Gi') });
    const old = pod({ name: 'old', age: 1, requests: memory('5Gi') });
    const impostor = { ...old, metadata: { ...old.metadata, annotations: { 'kubernetes.io/config.source': 'file' } } };

    expect(start([impostor, mirror])).toMatchObject({ admitted: ['etcd'], rejected: ['old OutOfmemory'] });
  });

  it('count as static whatever becomes of their mirrors', () => {
    const failed = pod({ name: 'etcd', age: 9, mirror: true, deleted: true, requests: memory('4Gi'), status: { phase: 'Failed' } });

    expect(start([failed, pod({ name: 'young', age: 10, requests: memory('5Gi') })])).toMatchObject({ admitted: ['etcd'], rejected: ['young OutOfmemory'] });
  });
});

describe('critical pods', () => {
  const vm = pod({ name: 'vm', age: 1, requests: memory('4Gi') });
  const batch = pod({ name: 'batch', age: 2, requests: memory('2Gi') });
  const longhorn = pod({ name: 'longhorn', age: 3, priority: CRITICAL, requests: memory('3Gi') });

  it('preempt what was admitted before them', () => {
    // 2 GiB are free, 1 GiB is missing: the pod of 2 GiB is the smaller loss
    expect(start([vm, batch, longhorn])).toEqual({ admitted: ['vm', 'batch', 'longhorn'], rejected: [], preempted: ['batch'], uncertain: [] });
  });

  it('leave their room to pods behind them', () => {
    const late = pod({ name: 'late', age: 4, requests: memory('1Gi') });

    expect(start([vm, batch, longhorn, late])).toMatchObject({ admitted: ['vm', 'batch', 'longhorn', 'late'] });
  });

  it('are rejected when nobody can make room', () => {
    const { rejected } = admitAtKubeletStart([{ ...longhorn, spec: { ...longhorn.spec, containers: [{ name: 'c', resources: { requests: memory('9Gi') } }] } }], node);

    expect(rejected[0]).toMatchObject({
      reason:  'UnexpectedAdmissionError',
      message: 'Pod was rejected: Unexpected error while attempting to recover from admission failure: preemption: error finding a set of pods to preempt: no set of running pods found to reclaim resources: [(res: memory, q: 1073741824), ]',
    });
    expect(start([vm, pod({ name: 'huge', age: 2, priority: CRITICAL, requests: memory('9Gi') }), batch])).toEqual({ admitted: ['vm', 'batch'], rejected: ['huge UnexpectedAdmissionError'], preempted: [], uncertain: [] });
  });

  it('of a higher priority preempt those of a lower one', () => {
    const low = pod({ name: 'low', age: 1, priority: CRITICAL, requests: memory('5Gi') });
    const high = pod({ name: 'high', age: 2, priority: CRITICAL + 1000, requests: memory('5Gi') });

    expect(start([low, high])).toMatchObject({ admitted: ['low', 'high'], preempted: ['low'] });
    expect(start([{ ...high, metadata: { ...high.metadata, creationTimestamp: '2020-01-01T00:00:00Z' } }, low])).toMatchObject({ admitted: ['high'], rejected: ['low UnexpectedAdmissionError'] });
  });

  it('may preempt when a resize of theirs is tried again', () => {
    const growing = pod({ name: 'growing', age: 3, priority: CRITICAL, requests: memory('6Gi'), allocated: memory('1Gi') });
    const fitting = pod({ name: 'fitting', age: 3, priority: CRITICAL, requests: memory('2Gi'), allocated: memory('1Gi') });
    const rejected = pod({ name: 'rejected', age: 0, priority: CRITICAL, requests: memory('20Gi'), allocated: memory('10Gi') });

    expect(start([vm, growing])).toEqual({ admitted: ['vm', 'growing'], rejected: [], preempted: [], uncertain: ['vm'] });
    expect(start([vm, fitting]).uncertain).toEqual([]);
    expect(start([rejected, vm]).uncertain).toEqual([]);
    expect(start([vm, pod({ name: 'plain', age: 3, requests: memory('6Gi'), allocated: memory('1Gi') })]).uncertain).toEqual([]);
    expect(start([vm, pod({ name: 'adds', age: 3, priority: CRITICAL, requests: { cpu: '9' }, allocated: {} })]).uncertain).toEqual(['vm']);
  });
});

describe('pressure', () => {
  const guaranteed = pod({ name: 'guaranteed', age: 1, requests: { cpu: '1', memory: '1Gi' }, limits: { cpu: '1', memory: '1Gi' } });
  const bestEffort = pod({ name: 'best-effort', age: 2 });
  const critical = pod({ name: 'critical', age: 3, priority: CRITICAL });

  it('of the disk refuses all but critical pods, perhaps', () => {
    expect(start([guaranteed, bestEffort, critical], ['DiskPressure'])).toEqual({
      admitted: ['critical'], rejected: ['guaranteed Evicted', 'best-effort Evicted'], preempted: [], uncertain: ['guaranteed', 'best-effort'],
    });
  });

  it('of memory refuses BestEffort pods, perhaps', () => {
    expect(start([guaranteed, bestEffort, critical], ['MemoryPressure'])).toMatchObject({ rejected: ['best-effort Evicted'], uncertain: ['best-effort'] });
  });

  it('does not make certain what is hopeless anyhow', () => {
    expect(start([pod({ name: 'p', age: 1, requests: memory('9Gi') })], ['DiskPressure'])).toMatchObject({ rejected: ['p Evicted'], uncertain: [] });
  });
});

describe('chance', () => {
  const twins = ['a', 'b'].map((name) => pod({ name, age: 1, requests: memory('5Gi') }));

  it('decides between pods of the same age that do not both fit', () => {
    expect(start(twins)).toMatchObject({ admitted: ['a'], rejected: ['b OutOfmemory'], uncertain: ['a', 'b'] });
    expect(start([...twins].reverse())).toMatchObject({ admitted: ['b'], uncertain: ['b', 'a'] });
  });

  it('plays no part where all of an age fit, or one cannot', () => {
    const small = ['a', 'b'].map((name) => pod({ name, age: 1, requests: memory('4Gi') }));

    expect(start(small).uncertain).toEqual([]);
    expect(start([...small, pod({ name: 'huge', age: 1, requests: memory('9Gi') })])).toMatchObject({ rejected: ['huge OutOfmemory'], uncertain: ['a', 'b'] });
  });

  it('reaches the pods behind', () => {
    const behind = ['3Gi', '4Gi', '9Gi'].map((bytes, index) => pod({ name: bytes, age: 2 + index, requests: memory(bytes) }));

    expect(start([...twins, ...behind]).uncertain).toEqual(['a', 'b', '3Gi', '4Gi']);
  });

  it('picks among victims that are as good as each other', () => {
    const vms = [1, 2].map((age) => pod({ name: `vm${ age }`, age, requests: memory('4Gi') }));
    const critical = pod({ name: 'critical', age: 3, priority: CRITICAL, requests: memory('4Gi') });

    expect(start([...vms, critical])).toMatchObject({ preempted: ['vm2'], uncertain: ['vm1', 'vm2'] });
  });

  it('lets a critical pod preempt whoever came before it of its age', () => {
    const critical = pod({ name: 'critical', age: 1, priority: CRITICAL, requests: { memory: '7Gi' } });
    const other = pod({ name: 'other', age: 1, requests: { cpu: '1' } });

    expect(start([...twins, critical, other]).uncertain).toEqual(['a', 'b', 'critical', 'other']);
    expect(start([pod({ name: 'after', age: 2, requests: { cpu: '8' } }), critical, ...twins, other]).uncertain).toEqual(['critical', 'a', 'b', 'other', 'after']);
  });
});

describe('laws', () => {
  interface Shape { gibibytes: number; age: number; critical: boolean }

  const shape = (critical: fc.Arbitrary<boolean>): fc.Arbitrary<Shape> => fc.record({ gibibytes: fc.integer({ min: 0, max: 6 }), age: fc.integer({ min: 0, max: 4 }), critical });
  const toPods = (shapes: readonly Shape[]): Pod[] => shapes.map(({ gibibytes, age, critical }, index) => (
    pod({ name: `p${ index }`, age, requests: memory(`${ gibibytes }Gi`), ...(critical && { priority: CRITICAL }) })
  ));
  const fates = ({ admitted, rejected, preempted }: RestartOutcome): Map<string, string> => new Map([
    ...names(admitted).map((name) => [name, 'admitted'] as const),
    ...names(preempted).map((name) => [name, 'preempted'] as const),
    ...rejected.map(({ pod: { metadata } }) => [metadata.name, 'rejected'] as const),
  ]);

  it('more allocatable can lose a pod: an older, larger one takes its place', () => {
    const pods = [pod({ name: 'old', age: 1, requests: memory('5Gi') }), pod({ name: 'young', age: 2, requests: memory('4Gi') })];

    expect(start(pods, [], quantities({ memory: '4Gi', pods: '9' })).admitted).toEqual(['young']);
    expect(start(pods, [], quantities({ memory: '8Gi', pods: '9' })).admitted).toEqual(['old']);
  });

  it('where less is enough for all, more is enough for all', () => {
    fc.assert(fc.property(fc.array(shape(fc.boolean()), { maxLength: 6 }), fc.integer({ min: 0, max: 30 }), fc.integer({ min: 0, max: 30 }), (shapes, gibibytes, more) => {
      const loses = (total: number): boolean => {
        const { rejected, preempted } = admitAtKubeletStart(toPods(shapes), quantities({ memory: `${ total }Gi`, pods: '99' }));

        return rejected.length + preempted.length > 0;
      };

      return loses(gibibytes) || !loses(gibibytes + more);
    }));
  });

  it('more allocatable loses no pod, where none is critical and all are of one size', () => {
    const equals = fc.array(fc.integer({ min: 0, max: 9 }), { maxLength: 12 }).map((ages) => toPods(ages.map((age) => ({ gibibytes: 1, age, critical: false }))));

    fc.assert(fc.property(equals, fc.integer({ min: 0, max: 12 }), fc.integer({ min: 0, max: 12 }), (pods, a, b) => {
      const admitted = (gibibytes: number) => new Set(names(admitAtKubeletStart(pods, quantities({ memory: `${ gibibytes }Gi`, pods: '99' })).admitted));
      const more = admitted(Math.max(a, b));

      return [...admitted(Math.min(a, b))].every((name) => more.has(name));
    }));
  });

  it('everything that fits together is admitted, and certainly', () => {
    fc.assert(fc.property(fc.array(shape(fc.boolean()), { maxLength: 8 }), (shapes) => {
      const total = shapes.reduce((sum, { gibibytes }) => sum + gibibytes, 0);
      const { admitted, uncertain } = admitAtKubeletStart(toPods(shapes), quantities({ memory: `${ total }Gi`, pods: `${ shapes.length }` }));

      return admitted.length === shapes.length && uncertain.length === 0;
    }));
  });

  it('what is called certain does not depend on the order in which pods are listed', () => {
    fc.assert(fc.property(fc.array(shape(fc.boolean()), { minLength: 1, maxLength: 8 }).chain((shapes) => {
      const pods = toPods(shapes);

      return fc.tuple(fc.constant(pods), fc.shuffledSubarray(pods, { minLength: pods.length }));
    }), ([pods, shuffled]) => {
      const [one, other] = [pods, shuffled].map((list) => admitAtKubeletStart(list, node)) as [RestartOutcome, RestartOutcome];
      const uncertain = new Set([...names(one.uncertain), ...names(other.uncertain)]);

      return names(pods).filter((name) => !uncertain.has(name)).every((name) => fates(one).get(name) === fates(other).get(name));
    }), { numRuns: 500 });
  });

  it('admits no more than there is, but for what it preempts', () => {
    fc.assert(fc.property(fc.array(shape(fc.boolean()), { maxLength: 8 }), (shapes) => {
      const pods = toPods(shapes);
      const { admitted, preempted } = admitAtKubeletStart(pods, node);
      const active = admitted.filter((each) => !preempted.includes(each));
      const total = active.reduce((sum, each) => sum + (shapes[pods.indexOf(each)]?.gibibytes ?? 0), 0);

      return total <= 8;
    }));
  });
});
