import fc from 'fast-check';
import { goSort } from '../../go/sort';
import { newQuantity, type Quantity } from '../../quantity';
import { SIGNALS } from '../../signals';
import type { FilesystemLayout } from '../layout';
import { exemption, rankPods, type PodWithStats, type RankedPod } from '../rank';
import { getResourceRequestQuantity } from '../request';
import { Gi, Mi, names, podOf } from './builders';

const byMemory = (...pods: PodWithStats[]): RankedPod[] => rankPods('memory.available', 'single', pods);
const whys = (ranked: readonly RankedPod[]): string[] => ranked.map(({ aheadOfNextBy }) => aheadOfNextBy);

// rankMemoryPressure, pkg/kubelet/eviction/helpers.go
describe('ranking for memory', () => {
  it('takes pods above their request first, then the lower priority, then the larger excess', () => {
    const ranked = byMemory(
      podOf('within', { requests: { memory: '4Gi' }, memory: 3 * Gi }),
      podOf('important', { requests: { memory: '1Gi' }, memory: 4 * Gi, spec: { priority: 1000 } }),
      podOf('a bit above', { requests: { memory: '1Gi' }, memory: 1.5 * Gi }),
      podOf('far above', { requests: { memory: '1Gi' }, memory: 3 * Gi }),
    );

    expect(names(ranked)).toEqual(['far above', 'a bit above', 'important', 'within']);
    expect(whys(ranked)).toEqual(['excess', 'priority', 'exceedsRequest', 'last']);
    expect(ranked.map(({ position }) => position)).toEqual([0, 1, 2, 3]);
  });

  it('does not count a pod at exactly its request as above it', () => {
    const [first, second] = byMemory(
      podOf('at', { requests: { memory: '1Gi' }, memory: Gi }),
      podOf('above', { requests: { memory: '1Gi' }, memory: Gi + 1 }),
    );

    expect(first).toMatchObject({ usage: Gi + 1, request: Gi, excess: 1, exceedsRequest: true });
    expect(second).toMatchObject({ usage: Gi, request: Gi, excess: 0, exceedsRequest: false });
  });

  it('takes a pod without stats before all others, whatever its priority', () => {
    const ranked = byMemory(podOf('above', { memory: Gi }), podOf('unknown', { stats: 'none', spec: { priority: 1_000_000 } }));

    expect(names(ranked)).toEqual(['unknown', 'above']);
    expect(ranked[0]).toMatchObject({ noStats: true, usage: 0, request: 0, excess: 0, exceedsRequest: false, aheadOfNextBy: 'noStats' });
  });

  it('ranks pods without stats among each other by priority alone', () => {
    const unknown = (name: string, priority: number): PodWithStats => podOf(name, { stats: 'none', spec: { priority } });

    expect(whys(byMemory(unknown('a', 2), unknown('b', 1), unknown('c', 1)))).toEqual(['tie', 'priority', 'last']);
  });

  it('counts missing memory stats as no use', () => {
    expect(byMemory(podOf('p', { requests: { memory: '1Gi' }, stats: { memory: undefined } }))[0]).toMatchObject({ noStats: false, usage: 0, excess: -Gi });
  });

  it('treats the allocatable signal alike', () => {
    const pods = [podOf('a', { memory: 1 }), podOf('b', { memory: 2 })];

    expect(names(rankPods('allocatableMemory.available', 'single', pods))).toEqual(['b', 'a']);
  });

  it('ranks by exact amounts where doubles would not tell them apart', () => {
    const half = podOf('half a byte more', { requests: { memory: '500m' }, memory: Mi });
    const ranked = byMemory(podOf('one byte less', { requests: { memory: '1' }, memory: Mi }), half, podOf('huge', { requests: { memory: '1e30' }, memory: Mi }));

    expect(names(ranked)).toEqual(['half a byte more', 'one byte less', 'huge']);
    expect(ranked[0]).toMatchObject({ request: 1, excess: Mi, exceedsRequest: true });
    expect(ranked[0]?.exactExcess?.toString()).toBe('1048575500m');
    expect(ranked[1]?.exactExcess).toBeUndefined();
    expect(ranked[2]).toMatchObject({ request: 2 ** 63, excess: -(2 ** 63), exceedsRequest: false });
  });

  it('sees equal exact amounts as a tie', () => {
    const pod = (name: string): PodWithStats => podOf(name, { requests: { memory: '500m' }, memory: Mi });

    expect(whys(byMemory(pod('a'), pod('b')))).toEqual(['tie', 'last']);
  });

  it('has nothing to say about no pods', () => {
    expect(byMemory()).toEqual([]);
  });
});

// rankDiskPressureFunc, pkg/kubelet/eviction/helpers.go
describe('ranking for disk', () => {
  const onVolumes = podOf('volumes', { emptyDir: 5 * Gi, rootfs: Gi });
  const onRootfs = podOf('rootfs', { rootfs: 4 * Gi, logs: Gi });
  const order = (signal: typeof SIGNALS[number], layout: FilesystemLayout): string[] => names(rankPods(signal, layout, [onRootfs, onVolumes]));

  it('counts what is on the filesystem that is short', () => {
    expect(order('nodefs.available', 'single')).toEqual(['volumes', 'rootfs']);
    expect(order('nodefs.available', 'dedicated-imagefs')).toEqual(['volumes', 'rootfs']);
    expect(order('imagefs.available', 'dedicated-imagefs')).toEqual(['rootfs', 'volumes']);
    expect(order('containerfs.available', 'dedicated-imagefs')).toEqual(['rootfs', 'volumes']);
  });

  it('can tell nothing for a split imagefs', () => {
    expect(whys(rankPods('imagefs.available', 'split-containerfs', [onRootfs, onVolumes]))).toEqual(['tie', 'last']);
  });

  it('measures against the ephemeral-storage request', () => {
    const ranked = rankPods('nodefs.available', 'single', [
      podOf('above', { requests: { 'ephemeral-storage': '1Gi' }, logs: 2 * Gi }),
      podOf('within', { requests: { 'ephemeral-storage': '9Gi' }, logs: 8 * Gi }),
    ]);

    expect(names(ranked)).toEqual(['above', 'within']);
    expect(ranked[0]).toMatchObject({ usage: 2 * Gi, request: Gi, excess: Gi });
  });

  it('takes a pod without stats first', () => {
    expect(names(rankPods('nodefs.available', 'single', [onVolumes, podOf('unknown', { stats: 'none' })]))).toEqual(['unknown', 'volumes']);
    expect(names(rankPods('nodefs.inodesFree', 'single', [onVolumes, podOf('unknown', { stats: 'none' })]))).toEqual(['unknown', 'volumes']);
  });

  it('adds up exactly what doubles cannot', () => {
    const most = Number.MAX_SAFE_INTEGER;
    const ranked = rankPods('nodefs.available', 'single', [podOf('a', { rootfs: most, logs: 1 }), podOf('b', { rootfs: most, logs: 2 }), podOf('c', { rootfs: most, logs: 1 })]);

    expect(names(ranked).slice(0, 1)).toEqual(['b']);
    expect(whys(ranked)).toEqual(['excess', 'tie', 'last']);
  });

  it('stands a pod without any measured filesystem at nothing', () => {
    const bare = podOf('bare', { requests: { 'ephemeral-storage': '500m' }, stats: { containers: [], volume: [] }, spec: { volumes: [] } });

    expect(rankPods('nodefs.available', 'single', [bare])[0]).toMatchObject({ usage: 0, exceedsRequest: false });
  });
});

describe('ranking for inodes', () => {
  it('has every pod that uses any above its request, and subtracts the request of bytes', () => {
    const ranked = rankPods('nodefs.inodesFree', 'single', [
      podOf('many', { requests: { 'ephemeral-storage': '1k' }, rootfsInodes: 900 }),
      podOf('few', { rootfsInodes: 10 }),
      podOf('none', { rootfsInodes: 0 }),
    ]);

    expect(names(ranked)).toEqual(['few', 'many', 'none']);
    expect(ranked[1]).toMatchObject({ usage: 900, request: 0, excess: -100, exceedsRequest: true });
  });
});

// rankPIDPressure, pkg/kubelet/eviction/helpers.go
describe('ranking for process ids', () => {
  it('goes by priority, then by the number of processes', () => {
    const ranked = rankPods('pid.available', 'single', [
      podOf('important', { processes: 900, spec: { priority: 1 } }),
      podOf('few', { processes: 10 }),
      podOf('many', { processes: 20 }),
      podOf('unknown', { stats: 'none' }),
      podOf('not counted', { stats: { process_stats: undefined } }),
    ]);

    expect(names(ranked)).toEqual(['unknown', 'many', 'few', 'not counted', 'important']);
    expect(whys(ranked)).toEqual(['noStats', 'excess', 'excess', 'priority', 'last']);
    expect(ranked[1]).toMatchObject({ usage: 20, request: 0, excess: 20, exceedsRequest: false });
  });
});

// IsCriticalPod, pkg/kubelet/types/pod_update.go
describe('pods that are never evicted', () => {
  it.each([
    ['static', { annotations: { 'kubernetes.io/config.source': 'file' } }],
    ['mirror', { annotations: { 'kubernetes.io/config.mirror': 'hash' } }],
    ['criticalPriority', { spec: { priority: 2_000_000_000 } }],
    [undefined, { spec: { priority: 1_999_999_999 } }],
  ])('%s', (reason, facts) => {
    expect(exemption(podOf('p', facts).pod)).toBe(reason);
  });

  it('keep their place in the order', () => {
    const ranked = byMemory(podOf('vm', { memory: Gi }), podOf('static', { memory: 2 * Gi, annotations: { 'kubernetes.io/config.source': 'file' } }));

    expect(ranked.map(({ exempt }) => exempt)).toEqual(['static', undefined]);
  });
});

describe('any list of pods', () => {
  const requests = fc.constantFrom(undefined, '0', '1Gi', '1.5Gi', '500m', '1e20', '9007199254740993');
  const figure = fc.constantFrom(undefined, 0, 1, Mi, Gi, Gi + 1, 2 ** 60);
  const pod = fc.record({
    memory: figure, rootfs: figure, logs: figure, emptyDir: figure, rootfsInodes: figure, processes: figure, priority: fc.constantFrom(undefined, 0, 1, -1, 2e9), request: requests, known: fc.boolean(),
  }).map(({ request, priority, known, ...facts }): PodWithStats => podOf('p', {
    ...facts, requests: request ? { memory: request, 'ephemeral-storage': request } : {}, spec: { priority }, ...(known ? {} : { stats: 'none' as const }),
  }));
  const pods = fc.array(pod, { maxLength: 60 });
  const signal = fc.constantFrom(...SIGNALS);
  const layout = fc.constantFrom<FilesystemLayout>('single', 'dedicated-imagefs', 'split-containerfs');

  /** Upstream's comparators for memory, as they are written there, with a quantity at every step. */
  function memoryOrder(list: readonly PodWithStats[]): PodWithStats[] {
    const used = ({ stats }: PodWithStats): Quantity => newQuantity(BigInt(stats?.memory?.workingSetBytes ?? 0), 'BinarySI');
    const requested = ({ pod: each }: PodWithStats): Quantity => getResourceRequestQuantity(each, 'memory');
    const trueFirst = (a: boolean, b: boolean): number => Number(b) - Number(a);
    const unknown = (a: PodWithStats, b: PodWithStats): number | undefined => (a.stats && b.stats ? undefined : trueFirst(!a.stats, !b.stats));
    const exceeds = (each: PodWithStats): boolean => used(each).cmp(requested(each)) > 0;
    const compare = (a: PodWithStats, b: PodWithStats): number => (
      (unknown(a, b) ?? trueFirst(exceeds(a), exceeds(b))) ||
      (a.pod.spec.priority ?? 0) - (b.pod.spec.priority ?? 0) ||
      (unknown(a, b) ?? used(b).sub(requested(b)).cmp(used(a).sub(requested(a))))
    );

    return goSort(list, (a, b) => compare(a, b) < 0);
  }

  it('is ranked for memory exactly as with quantities in every comparison', () => {
    fc.assert(fc.property(pods, (list) => {
      expect(byMemory(...list).map((ranked) => ranked.pod)).toEqual(memoryOrder(list).map((each) => each.pod));
    }));
  });

  it('is only put into another order', () => {
    fc.assert(fc.property(signal, layout, pods, (chosen, where, list) => {
      expect(new Set(rankPods(chosen, where, list).map((ranked) => ranked.pod))).toEqual(new Set(list.map((each) => each.pod)));
    }));
  });

  it('says of ties, and only of ties, that another order of the pods could swap them', () => {
    fc.assert(fc.property(signal, layout, pods, (chosen, where, list) => {
      const figures = ({ aheadOfNextBy, noStats, exceedsRequest, priority, excess }: RankedPod) => ({ aheadOfNextBy, noStats, exceedsRequest, priority, excess });

      expect(rankPods(chosen, where, list.toReversed()).map(figures)).toEqual(rankPods(chosen, where, list).map(figures));
    }));
  });

  it('never moves a pod back when it uses more memory', () => {
    fc.assert(fc.property(fc.array(pod, { minLength: 1, maxLength: 12 }), (list) => {
      const greedy = list[0] as PodWithStats;
      const { stats } = greedy;
      const greedier: PodWithStats = { ...greedy, ...(stats && { stats: { ...stats, memory: { workingSetBytes: (stats.memory?.workingSetBytes ?? 0) + 2 ** 61 } } }) };
      const ahead = (ranked: readonly RankedPod[], of: PodWithStats): number => ranked.findIndex((each) => each.pod === of.pod);
      const others = list.slice(1);

      expect(ahead(byMemory(greedier, ...others), greedier)).toBeLessThanOrEqual(ahead(byMemory(greedy, ...others), greedy));
    }));
  });
});
