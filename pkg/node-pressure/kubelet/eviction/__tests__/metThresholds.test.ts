import fc from 'fast-check';
import { SIGNALS } from '../../signals';
import type { Threshold } from '../../thresholds';
import {
  isThresholdMet, mergeThresholds, reclaimCandidates, sortByEvictionPriority, thresholdsFirstObservedAt, thresholdsMet, thresholdsMetGracePeriod, thresholdsUpdatedStats, thresholdTarget,
} from '../metThresholds';
import { observed, onlyThreshold, SECOND, thresholdsOf } from './builders';

const hard = (signal: string, value: string, reclaim?: string): Threshold => (
  onlyThreshold({ evictionHard: { [signal]: value }, evictionMinimumReclaim: reclaim ? { [signal]: reclaim } : null })
);
const soft = (signal: string, value: string, grace: string): Threshold => onlyThreshold({ evictionSoft: { [signal]: value }, evictionSoftGracePeriod: { [signal]: grace } });

// thresholdsMet, pkg/kubelet/eviction/helpers.go
describe('a threshold', () => {
  it('is met below its value, not at it', () => {
    const threshold = hard('memory.available', '1Gi');

    expect(isThresholdMet(threshold, observed('1Gi', '8Gi'), 'threshold')).toBe(false);
    expect(isThresholdMet(threshold, observed('1073741823', '8Gi'), 'threshold')).toBe(true);
  });

  it('asks for its minimum reclaim on top once it has been met', () => {
    const threshold = hard('memory.available', '1Gi', '512Mi');

    expect(isThresholdMet(threshold, observed('1.4Gi', '8Gi'), 'threshold')).toBe(false);
    expect(isThresholdMet(threshold, observed('1.4Gi', '8Gi'), 'thresholdAndMinReclaim')).toBe(true);
    expect(isThresholdMet(threshold, observed('1.5Gi', '8Gi'), 'thresholdAndMinReclaim')).toBe(false);
    expect(isThresholdMet(hard('memory.available', '1Gi'), observed('1Gi', '8Gi'), 'thresholdAndMinReclaim')).toBe(false);
  });

  it('may take a share of the capacity', () => {
    expect(thresholdTarget(hard('nodefs.available', '10%', '5%'), observed('0', '100Gi').capacity, 'threshold').value()).toBe(10737418400n);
    expect(thresholdTarget(hard('nodefs.available', '10%', '5%'), observed('0', '100Gi').capacity, 'thresholdAndMinReclaim').value()).toBe(10737418400n + 5368709200n);
  });

  // kubernetes.io, Node-pressure Eviction, "minimum eviction reclaim"
  it('with reclaim of 1Gi on nodefs<2Gi and 2Gi on imagefs<200Gi ends at 3Gi and 202Gi', () => {
    const { capacity } = observed('0', '1Ti');
    const target = (threshold: Threshold): string => thresholdTarget(threshold, capacity, 'thresholdAndMinReclaim').toString();

    expect(target(hard('nodefs.available', '2Gi', '1Gi'))).toBe('3Gi');
    expect(target(hard('imagefs.available', '200Gi', '2Gi'))).toBe('202Gi');
  });

  it('is not met without an observation, or without an operator', () => {
    const threshold = hard('memory.available', '1Gi');

    expect(thresholdsMet([threshold], {}, 'threshold')).toEqual([]);
    expect(thresholdsMet([{ ...threshold, operator: '' }], { 'memory.available': observed('0', '1Gi') }, 'threshold')).toEqual([]);
    expect(thresholdsMet([threshold], { 'memory.available': observed('0', '1Gi') }, 'threshold')).toEqual([threshold]);
  });

  it('never makes a node safer by being higher', () => {
    const amount = fc.nat({ max: 1000 });

    fc.assert(fc.property(amount, amount, amount, amount, (available, low, more, reclaim) => {
      const at = observed(`${ available }`, '1000');
      const lower = hard('memory.available', `${ low + 1 }`, `${ reclaim }`);
      const higher = hard('memory.available', `${ low + 1 + more }`, `${ reclaim }`);

      for (const test of ['threshold', 'thresholdAndMinReclaim'] as const) {
        expect(Number(isThresholdMet(lower, at, test))).toBeLessThanOrEqual(Number(isThresholdMet(higher, at, test)));
      }
      expect(Number(isThresholdMet(lower, at, 'threshold'))).toBeLessThanOrEqual(Number(isThresholdMet(lower, at, 'thresholdAndMinReclaim')));
    }));
  });
});

// mergeThresholds, hasThreshold, compareThresholdValue
describe('two lists of met thresholds', () => {
  const memory = hard('memory.available', '1Gi');

  it.each([
    ['the same amount written differently', hard('memory.available', '1024Mi'), 1],
    ['the same but for its minimum reclaim', hard('memory.available', '1Gi', '1Gi'), 1],
    ['another amount', hard('memory.available', '2Gi'), 2],
    ['a percentage', hard('memory.available', '5%'), 2],
    ['a percentage of nothing', hard('memory.available', '0.0%'), 2],
    ['another signal', hard('nodefs.available', '1Gi'), 2],
    ['a grace period', soft('memory.available', '1Gi', '1s'), 2],
    ['another operator', { ...memory, operator: '' as const }, 2],
  ])('keep %s once or twice', (_name, other, length) => {
    expect(mergeThresholds([memory], [other])).toHaveLength(length);
    expect(mergeThresholds([other], [memory])).toHaveLength(length);
  });

  it('keep equal percentages once, different ones both', () => {
    const percent = hard('nodefs.available', '5%');

    expect(mergeThresholds([percent], [hard('nodefs.available', '5.0%')])).toEqual([percent]);
    expect(mergeThresholds([percent], [hard('nodefs.available', '6%')])).toHaveLength(2);
  });
});

// thresholdsFirstObservedAt, thresholdsMetGracePeriod
describe('when a threshold was first met', () => {
  const memory = soft('memory.available', '2Gi', '1m30s');

  it('is remembered while it stays met', () => {
    const first = thresholdsFirstObservedAt([memory], [], 10n);

    expect(first).toEqual([{ threshold: memory, firstObservedAt: 10n }]);
    expect(thresholdsFirstObservedAt([memory], first, 20n)).toEqual(first);
    expect(thresholdsFirstObservedAt([], first, 20n)).toEqual([]);
  });

  // kubernetes.io, Node-pressure Eviction, "soft eviction thresholds": memory.available<2Gi for 1m30s
  it('lets a soft threshold be acted on after its grace period, to the nanosecond', () => {
    const first = thresholdsFirstObservedAt([memory], [], 0n);

    expect(thresholdsMetGracePeriod(first, 90n * SECOND - 1n)).toEqual([]);
    expect(thresholdsMetGracePeriod(first, 90n * SECOND)).toEqual([memory]);
  });

  it('is one for hard and soft thresholds of the same percentage, two for those of the same quantity', () => {
    const twice = (value: string): Threshold[] => thresholdsOf({ evictionHard: { 'nodefs.available': value }, evictionSoft: { 'nodefs.available': value }, evictionSoftGracePeriod: { 'nodefs.available': '0s' } });

    expect(thresholdsFirstObservedAt(twice('5%'), [], 0n)).toHaveLength(1);
    expect(thresholdsFirstObservedAt(twice('5Gi'), [], 0n)).toHaveLength(2);
  });

  it('is another one for another percentage', () => {
    const first = thresholdsFirstObservedAt([hard('nodefs.available', '5%')], [], 0n);

    expect(thresholdsFirstObservedAt([hard('nodefs.available', '6%')], first, 9n)).toMatchObject([{ firstObservedAt: 9n }]);
  });
});

// thresholdsUpdatedStats
describe('stats that are not newer', () => {
  const memory = hard('memory.available', '1Gi');
  const at = (time?: string) => ({ 'memory.available': observed('0', '8Gi', time) });
  const early = '2026-01-01T00:00:00Z';
  const late = '2026-01-01T00:00:01Z';

  it.each([
    ['the same time', at(early), at(early), 0],
    ['an earlier time', at(early), at(late), 0],
    ['the same moment elsewhere', at('2026-01-01T01:00:00+01:00'), at(early), 0],
    ['a later time', at(late), at(early), 1],
    ['no stats before', at(early), {}, 1],
    ['no time before', at(early), at(), 1],
    ['no time now', at(), at(early), 1],
    ['a zero time now', at('0001-01-01T00:00:00Z'), at(early), 1],
    ['no stats now', {}, at(early), 0],
  ])('do not evict again: %s', (_name, now, before, length) => {
    expect(thresholdsUpdatedStats([memory], now, before)).toHaveLength(length);
  });
});

// byEvictionPriority
describe('the order of met thresholds', () => {
  const order = (...signals: string[]): string[] => sortByEvictionPriority(signals.map((signal) => ({ signal }))).map(({ signal }) => signal);

  it('has memory first and unknown signals last, as Go sorts with a comparison that is no order', () => {
    expect(order('pid.available', 'bogus', 'nodefs.available', 'memory.available', 'allocatableMemory.available'))
      .toEqual(['allocatableMemory.available', 'memory.available', 'pid.available', 'nodefs.available', 'bogus']);
  });

  it('always starts with memory if it is there, so that a candidate is what a kubelet acts on', () => {
    fc.assert(fc.property(fc.array(fc.constantFrom(...SIGNALS), { minLength: 1, maxLength: 40 }), (signals) => {
      const thresholds = signals.map((signal) => hard(signal, '1'));

      expect(reclaimCandidates(thresholds).map(({ signal }) => signal)).toContain(sortByEvictionPriority(thresholds)[0]?.signal);
    }));
  });
});

describe('what a kubelet may act on', () => {
  it('is any memory threshold while one is met, in the order of SIGNALS and then of grace', () => {
    const met = [soft('memory.available', '2Gi', '1m'), hard('nodefs.available', '1Gi'), hard('allocatableMemory.available', '1Gi'), hard('memory.available', '1Gi')];

    expect(reclaimCandidates(met)).toEqual([met[3], met[0], met[2]]);
  });

  it('is any other threshold without', () => {
    const met = [hard('pid.available', '1k'), hard('imagefs.available', '5%'), hard('nodefs.inodesFree', '5%')];

    expect(reclaimCandidates(met)).toEqual(met.toReversed());
    expect(reclaimCandidates([])).toEqual([]);
  });
});
