import fc from 'fast-check';
import type { SignalObservations } from '../../observations';
import { makeSignalObservations } from '../../observations';
import { effectiveGracePeriodSeconds } from '../grace';
import { INITIAL_EVICTION_STATE, synchronize, type EvictionConfig, type EvictionState, type SynchronizeResult } from '../synchronize';
import type { PodWithStats } from '../rank';
import { configOf, Gi, names, observed, podOf, SECOND, thresholdsOf } from './builders';

const vm = podOf('vm', { requests: { memory: '2Gi' }, memory: 4 * Gi, spec: { terminationGracePeriodSeconds: 120 } });
const memory = (available: string, time?: string): SignalObservations => ({ 'memory.available': observed(available, '10Gi', time) });

/** A kubelet whose clock the test turns. */
class Kubelet {
  now = 0n;
  state: EvictionState = INITIAL_EVICTION_STATE;

  constructor(private readonly config: EvictionConfig, private readonly pods: readonly PodWithStats[] = [vm]) {}

  step(observations: SignalObservations, advance: bigint, observationsAfterReclaim?: SignalObservations): SynchronizeResult {
    this.now += advance;

    const result = synchronize(this.config, this.state, observations, this.pods, this.now, observationsAfterReclaim);

    this.state = result.state;

    return result;
  }
}

const evicted = ({ evictions }: SynchronizeResult): string[] => names(evictions);

describe('a kubelet without thresholds', () => {
  it('does nothing at all', () => {
    expect(synchronize(configOf({}), INITIAL_EVICTION_STATE, memory('0'), [vm], 0n)).toEqual({
      state: INITIAL_EVICTION_STATE, alternatives: [], nodeReclaim: [], evictions: [],
    });
  });

  it('still watches the limits of pods', () => {
    const kubelet = new Kubelet(configOf({}, { localStorageCapacityIsolation: true }));

    expect(evicted(kubelet.step({}, 0n))).toEqual([]);
    expect(kubelet.state.extendedThresholds).toHaveLength(4);
  });
});

// The plan of the kubernetes.io task page "Reserve Compute Resources": keep 10 % for the system, evict above 95 % use
describe('a 10Gi node with memory.available<500Mi', () => {
  const kubelet = new Kubelet(configOf({ evictionHard: { 'memory.available': '500Mi' } }));
  const atUse = (share: number): SignalObservations => makeSignalObservations({
    node: { nodeName: 'n', memory: { availableBytes: Math.round(10 * Gi * (1 - share)), workingSetBytes: Math.round(10 * Gi * share) } }, pods: [],
  });

  it('leaves pods alone at 95 % and stops the first above', () => {
    expect(evicted(kubelet.step(atUse(0.95), SECOND))).toEqual([]);
    expect(kubelet.state.nodeConditions).toEqual([]);

    const { reclaiming, evictions } = kubelet.step(atUse(0.952), SECOND);

    expect(reclaiming?.signal).toBe('memory.available');
    expect(kubelet.state.nodeConditions).toEqual(['MemoryPressure']);
    expect(evictions).toEqual([{
      pod:                        vm.pod,
      signal:                     'memory.available',
      gracePeriodOverrideSeconds: 1,
      message:                    'The node was low on resource: memory. Threshold quantity: 500Mi, available: 515396076. Container vm was using 4Gi, request is 2Gi, has larger consumption of memory. ',
      annotations:                { offending_containers: 'vm', offending_containers_usage: '4Gi', starved_resource: 'memory' },
      disruptionTarget:           true,
    }]);
  });
});

// kubernetes.io, Node-pressure Eviction: soft memory.available<2Gi for 1m30s
describe('a soft threshold', () => {
  const settings = { evictionSoft: { 'memory.available': '2Gi' }, evictionSoftGracePeriod: { 'memory.available': '1m30s' } };

  it('sets the condition at once, and evicts after its grace period', () => {
    const kubelet = new Kubelet(configOf(settings, { maxPodGracePeriodSeconds: 60 }));

    expect(evicted(kubelet.step(memory('1Gi'), 0n))).toEqual([]);
    expect(kubelet.state.nodeConditions).toEqual(['MemoryPressure']);
    expect(evicted(kubelet.step(memory('1Gi'), 90n * SECOND - 1n))).toEqual([]);
    expect(kubelet.step(memory('1Gi'), 1n).evictions).toMatchObject([{ gracePeriodOverrideSeconds: 60 }]);
  });

  it('starts anew when it was not met in between', () => {
    const kubelet = new Kubelet(configOf(settings));

    kubelet.step(memory('1Gi'), 0n);
    kubelet.step(memory('2Gi'), 60n * SECOND);
    expect(evicted(kubelet.step(memory('1Gi'), 60n * SECOND))).toEqual([]);
  });

  it('gives a VM one second unless evictionMaxPodGracePeriod says more', () => {
    const kubelet = new Kubelet(configOf(settings));

    kubelet.step(memory('1Gi'), 0n);

    const [eviction] = kubelet.step(memory('1Gi'), 90n * SECOND).evictions;

    expect(effectiveGracePeriodSeconds(eviction?.gracePeriodOverrideSeconds ?? NaN)).toBe(1);
  });
});

describe('the minimum reclaim', () => {
  it('keeps a threshold met until it is available, too', () => {
    const kubelet = new Kubelet(configOf({ evictionHard: { 'memory.available': '1Gi' }, evictionMinimumReclaim: { 'memory.available': '500Mi' } }));

    expect(evicted(kubelet.step(memory('1.2Gi'), 0n))).toEqual([]);
    expect(evicted(kubelet.step(memory('0.9Gi'), SECOND))).toEqual(['vm']);
    expect(evicted(kubelet.step(memory('1.2Gi'), SECOND))).toEqual(['vm']);
    expect(evicted(kubelet.step(memory('1524Mi'), SECOND))).toEqual([]);
    expect(evicted(kubelet.step(memory('1.2Gi'), SECOND))).toEqual([]);
  });

  it('keeps several in the order of the configuration', () => {
    const kubelet = new Kubelet(configOf({ evictionHard: { 'memory.available': '1Gi', 'pid.available': '100' }, evictionMinimumReclaim: { 'memory.available': '1Gi' } }));
    const pids = (available: string) => ({ 'pid.available': observed(available, '1000') });

    kubelet.step({ ...memory('0.5Gi'), ...pids('500') }, 0n);
    kubelet.step({ ...memory('1.5Gi'), ...pids('50') }, SECOND);
    expect(kubelet.state.thresholdsMet.map(({ signal }) => signal)).toEqual(['memory.available', 'pid.available']);
  });
});

describe('node conditions', () => {
  const thresholds = { evictionHard: { 'memory.available': '1Gi' } };

  it('outlive their cause by the transition period', () => {
    const kubelet = new Kubelet(configOf(thresholds));

    kubelet.step(memory('0'), 0n);
    kubelet.step(memory('5Gi'), 299n * SECOND);
    expect(kubelet.state.nodeConditions).toEqual(['MemoryPressure']);
    kubelet.step(memory('5Gi'), SECOND);
    expect(kubelet.state.nodeConditions).toEqual([]);
  });

  it('are never reported with a transition period of 0, although pods are evicted', () => {
    const kubelet = new Kubelet(configOf(thresholds, { pressureTransitionPeriod: 0n }));

    expect(evicted(kubelet.step(memory('0'), 0n))).toEqual(['vm']);
    expect(kubelet.state.nodeConditions).toEqual([]);
  });
});

describe('old stats', () => {
  it('do not evict twice', () => {
    const kubelet = new Kubelet(configOf({ evictionHard: { 'memory.available': '1Gi' } }));

    expect(evicted(kubelet.step(memory('0', '2026-01-01T00:00:00Z'), 0n))).toEqual(['vm']);
    expect(evicted(kubelet.step(memory('0', '2026-01-01T00:00:00Z'), SECOND))).toEqual([]);
    expect(kubelet.state.thresholdsMet).toHaveLength(1);
    expect(evicted(kubelet.step(memory('0', '2026-01-01T00:00:10Z'), SECOND))).toEqual(['vm']);
  });
});

describe('pods that may go', () => {
  const config = configOf({ evictionHard: { 'memory.available': '1Gi' } });
  const critical = podOf('critical', { memory: 9 * Gi, spec: { priority: 2_000_000_000 } });

  it('are those that are not critical', () => {
    expect(evicted(new Kubelet(config, [critical, vm]).step(memory('0'), 0n))).toEqual(['vm']);
  });

  it.each([['no pods', []], ['only critical pods', [critical]]])('may be none: %s', (_name, pods) => {
    const result = new Kubelet(config, pods).step(memory('0'), 0n);

    expect(result.reclaiming?.signal).toBe('memory.available');
    expect(result.evictions).toEqual([]);
  });
});

describe('a short disk', () => {
  const disk = (available: string): SignalObservations => ({ 'nodefs.available': observed(available, '100Gi'), 'memory.available': observed('5Gi', '10Gi') });
  const config = configOf({ evictionHard: { 'nodefs.available': '10%', 'memory.available': '1Gi' }, evictionMinimumReclaim: { 'nodefs.available': '5%' } });

  it('is cleaned up first, and no pod goes if that is enough', () => {
    const result = new Kubelet(config).step(disk('9Gi'), 0n, disk('15.1Gi'));

    expect(result).toMatchObject({ nodeReclaim: ['containers', 'images'], evictions: [], reclaiming: { signal: 'nodefs.available' } });
  });

  it('must reach the minimum reclaim of every threshold, or a pod goes', () => {
    expect(evicted(new Kubelet(config).step(disk('9Gi'), 0n, disk('14Gi')))).toEqual(['vm']);
    expect(evicted(new Kubelet(config).step(disk('9Gi'), 0n, { ...disk('15.1Gi'), ...memory('0') }))).toEqual(['vm']);
  });

  it('is taken to stay short where nothing is said of a clean-up', () => {
    const result = new Kubelet(config).step(disk('9Gi'), 0n);

    expect(result.nodeReclaim).toEqual(['containers', 'images']);
    expect(evicted(result)).toEqual(['vm']);
  });

  it('of a node with a dedicated imagefs is not cleaned up at all', () => {
    const result = new Kubelet({ ...config, dedicatedImageFs: true }).step(disk('9Gi'), 0n, disk('50Gi'));

    expect(result.nodeReclaim).toEqual([]);
    expect(evicted(result)).toEqual(['vm']);
  });
});

// harvester#7424: memory beside the disk signals that Harvester sets
describe('memory.available<6Gi beside the disk signals', () => {
  const thresholds = thresholdsOf({
    evictionHard:           { 'memory.available': '6Gi', 'nodefs.available': '5%', 'imagefs.available': '5%' },
    evictionMinimumReclaim: { 'memory.available': '4Gi', 'nodefs.available': '10%', 'imagefs.available': '10%' },
  }, ['pods']);
  const node = (available: string, pods: string, disk: string): SignalObservations => ({
    'memory.available':            observed(available, '32Gi'),
    'allocatableMemory.available': observed(pods, '30Gi'),
    'nodefs.available':            observed(disk, '100Gi'),
    'imagefs.available':           observed(disk, '100Gi'),
  });

  it('acts on memory before disk', () => {
    const { reclaiming, alternatives } = new Kubelet(configOf({}, { thresholds })).step(node('5Gi', '5Gi', '1Gi'), 0n);

    expect(reclaiming?.signal).toBe('memory.available');
    expect(alternatives.map(({ signal }) => signal)).toEqual(['allocatableMemory.available']);
  });

  it('guards the pods\' own cgroup with the same amount', () => {
    const kubelet = new Kubelet(configOf({}, { thresholds }));
    const result = kubelet.step(node('8Gi', '5Gi', '50Gi'), 0n);

    expect(result.reclaiming?.signal).toBe('allocatableMemory.available');
    expect(result.evictions[0]?.message).toContain('Threshold quantity: 6Gi, available: 5Gi. ');
    expect(evicted(kubelet.step(node('12Gi', '9Gi', '50Gi'), SECOND))).toEqual(['vm']);
    expect(evicted(kubelet.step(node('13Gi', '10Gi', '50Gi'), SECOND))).toEqual([]);
  });
});

describe('the thresholds of the containerfs', () => {
  const config = configOf({ evictionHard: { 'nodefs.available': '10%', 'containerfs.available': '50%' } });
  const containerfs = (available: string): SignalObservations => ({ 'containerfs.available': observed(available, '100Gi') });

  it('are those of the nodefs, at once in place of a user\'s own', () => {
    expect(evicted(new Kubelet(config).step(containerfs('20Gi'), 0n))).toEqual([]);
    expect(evicted(new Kubelet(config).step(containerfs('9Gi'), 0n))).toEqual(['vm']);
  });

  it('are watched from the second pass on where the user set none', () => {
    const kubelet = new Kubelet(configOf({ evictionHard: { 'nodefs.available': '10%' } }));

    expect(evicted(kubelet.step(containerfs('9Gi'), 0n))).toEqual([]);
    expect(evicted(kubelet.step(containerfs('9Gi'), SECOND))).toEqual(['vm']);
  });
});

describe('pods over their own limits', () => {
  const limited = (name: string, spec = {}): PodWithStats => podOf(name, { limits: { 'ephemeral-storage': '1Gi' }, rootfs: 2 * Gi, spec });
  const config = configOf({ evictionHard: { 'memory.available': '1Gi' } }, { localStorageCapacityIsolation: true });

  it('all go at once, before and instead of anything else', () => {
    const result = new Kubelet(config, [limited('a'), vm, limited('critical', { priority: 2_000_000_000 }), limited('b')]).step(memory('0'), 0n);

    expect(result.reclaiming).toBeUndefined();
    expect(evicted(result)).toEqual(['a', 'b']);
    expect(result.evictions[0]).toEqual({
      pod:                        limited('a').pod,
      signal:                     'ephemeralcontainerfs.limit',
      gracePeriodOverrideSeconds: 1,
      message:                    'Container a exceeded its local ephemeral storage limit "1Gi". ',
      annotations:                {},
      disruptionTarget:           false,
    });
  });

  it('are left alone where the kubelet does not isolate local storage', () => {
    expect(evicted(new Kubelet({ ...config, localStorageCapacityIsolation: false }, [limited('a')]).step(memory('5Gi'), 0n))).toEqual([]);
  });
});

describe('where upstream leaves the choice to chance', () => {
  it('the hard threshold of a signal is acted on, and the soft one is the alternative', () => {
    const kubelet = new Kubelet(configOf({
      evictionHard: { 'memory.available': '1Gi' }, evictionSoft: { 'memory.available': '2Gi' }, evictionSoftGracePeriod: { 'memory.available': '1s' },
    }, { maxPodGracePeriodSeconds: 120 }));

    kubelet.step(memory('0.5Gi'), 0n);

    const { evictions, alternatives } = kubelet.step(memory('0.5Gi'), SECOND);

    expect(evictions).toMatchObject([{ gracePeriodOverrideSeconds: 1 }]);
    expect(alternatives).toMatchObject([{ gracePeriod: SECOND }]);
  });
});

describe('a higher threshold', () => {
  const bytes = fc.integer({ min: 1, max: 100 });
  const steps = fc.array(fc.record({ available: fc.nat({ max: 200 }), advance: fc.constantFrom(0n, SECOND, 60n * SECOND, 300n * SECOND) }), { maxLength: 12 });

  it('never makes a node safer: it is under pressure and evicts whenever a lower one does', () => {
    fc.assert(fc.property(bytes, bytes, fc.nat({ max: 50 }), steps, (low, more, reclaim, list) => {
      const kubeletWith = (value: number): Kubelet => new Kubelet(configOf({ evictionHard: { 'memory.available': `${ value }` }, evictionMinimumReclaim: { 'memory.available': `${ reclaim }` } }));
      const [lower, higher] = [kubeletWith(low), kubeletWith(low + more)];

      for (const { available, advance } of list) {
        const observations: SignalObservations = { 'memory.available': observed(`${ available }`, '1000') };
        const [before, after] = [lower.step(observations, advance), higher.step(observations, advance)];

        expect(after.state.nodeConditions).toEqual(expect.arrayContaining([...before.state.nodeConditions]));
        expect(after.evictions.length).toBeGreaterThanOrEqual(before.evictions.length);
      }
    }));
  });

  it('makes pods go sooner when only its grace period is shorter', () => {
    fc.assert(fc.property(fc.nat({ max: 120 }), fc.nat({ max: 120 }), steps, (short, longer, list) => {
      const kubeletWith = (seconds: number): Kubelet => new Kubelet(configOf({ evictionSoft: { 'memory.available': '50' }, evictionSoftGracePeriod: { 'memory.available': `${ seconds }s` } }));
      const [sooner, later] = [kubeletWith(short), kubeletWith(short + longer)];

      for (const { available, advance } of list) {
        const observations: SignalObservations = { 'memory.available': observed(`${ available }`, '1000') };

        expect(sooner.step(observations, advance).evictions.length).toBeGreaterThanOrEqual(later.step(observations, advance).evictions.length);
      }
    }));
  });
});
