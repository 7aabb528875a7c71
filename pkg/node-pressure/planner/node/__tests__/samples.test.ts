/** @jest-environment node */
import fc from 'fast-check';
import { GI, summary } from '../../__tests__/fixtures';
import { bursts, keepSample, largestDrop, pointsOf, samplesIn, signalSample, type SamplePoint, type SignalSample } from '../samples';

fc.configureGlobal({ seed: 20261 });

function points(...pairs: readonly (readonly [seconds: number, available: number])[]): SamplePoint[] {
  return pairs.map(([seconds, available]) => ({ atMilliseconds: seconds * 1000, available }));
}

function samples(...pairs: readonly (readonly [seconds: number, available: number])[]): SignalSample[] {
  return points(...pairs).map(({ atMilliseconds, available }) => ({ atMilliseconds, available: { 'memory.available': available } }));
}

describe('samples', () => {
  it('hold what each signal stood at', () => {
    expect(signalSample(summary([40, 24], [30, 26]), 5)).toEqual({ atMilliseconds: 5, measuredAt: undefined, available: { 'memory.available': 24 * GI, 'allocatableMemory.available': 26 * GI } });
    expect(signalSample({ node: { nodeName: 'a' }, pods: [] }, 5).available).toEqual({});
  });

  it('leave out a figure that cannot be true', () => {
    expect(signalSample(summary([40, -1], [30, 26]), 5).available).toEqual({ 'allocatableMemory.available': 26 * GI });
  });

  it('are kept for a while, and only when the kubelet measured anew', () => {
    const one = { atMilliseconds: 0, measuredAt: 'a', available: {} };
    const two = { atMilliseconds: 10, measuredAt: 'b', available: {} };
    const three = { atMilliseconds: 20, available: {} };

    expect(keepSample([one], { ...one, atMilliseconds: 5 }, 100)).toEqual([one]);
    expect(keepSample([one, two], three, 10)).toEqual([two, three]);
    expect(keepSample([three], three, 10)).toEqual([three, three]);
    expect(keepSample([], one, 10)).toEqual([one]);
  });

  it('are handed out from a moment on, and as the line of one signal', () => {
    const list = [...samples([0, 7], [10, 6]), { atMilliseconds: 20_000, available: {} }];

    expect(samplesIn(list)(10_000)).toEqual(list.slice(1));
    expect(pointsOf(list, 'memory.available')).toEqual(points([0, 7], [10, 6]));
  });
});

describe('the largest drop', () => {
  it('is unknown without two points, and 0 where the signal only rises', () => {
    expect(largestDrop(points([0, 5]), 10_000)).toBeUndefined();
    expect(largestDrop(points([0, 5], [10, 9]), 10_000)).toMatchObject({ amount: 0 });
  });

  it('is found over several samples within the window', () => {
    expect(largestDrop(points([0, 100], [5, 90], [10, 70], [15, 69]), 10_000)).toEqual({ amount: 30, fromMilliseconds: 0, toMilliseconds: 10_000, isLowerBound: false });
  });

  it('has at least its share where samples are further apart than the window', () => {
    expect(largestDrop(points([0, 100], [30, 40], [60, 41]), 10_000)).toEqual({ amount: 20, fromMilliseconds: 0, toMilliseconds: 30_000, isLowerBound: true });
  });

  const line = fc.array(fc.tuple(fc.integer({ min: 1, max: 40 }), fc.integer({ min: 0, max: 1000 })), { minLength: 2, maxLength: 40 })
    .map((steps) => steps.reduce<SamplePoint[]>((all, [gap, available]) => [...all, { atMilliseconds: (all.at(-1)?.atMilliseconds ?? 0) + gap * 1000, available }], []));

  it('is never smaller in a longer window', () => {
    fc.assert(fc.property(line, (each) => (largestDrop(each, 60_000)?.amount ?? NaN) >= (largestDrop(each, 10_000)?.amount ?? NaN)));
  });

  it('is never more than what a denser look at the same signal shows', () => {
    const dense = fc.array(fc.integer({ min: 0, max: 1000 }), { minLength: 40, maxLength: 80 }).map((values) => values.map((available, at) => ({ atMilliseconds: at * 1000, available })));

    fc.assert(fc.property(dense, fc.integer({ min: 1, max: 19 }), fc.constantFrom(10_000, 20_000), (each, every, window) => {
      const sparse = each.filter((_point, index) => index % every === 0);

      return (largestDrop(sparse, window)?.amount ?? NaN) <= (largestDrop(each, window)?.amount ?? NaN);
    }));
  });

  it('does not depend on where the clock starts', () => {
    fc.assert(fc.property(line, fc.integer({ min: 0, max: 10 ** 9 }), (each, shift) => {
      const shifted = each.map(({ atMilliseconds, available }) => ({ atMilliseconds: atMilliseconds + shift, available }));

      return largestDrop(shifted, 10_000)?.amount === largestDrop(each, 10_000)?.amount;
    }));
  });
});

describe('bursts', () => {
  const falling = samples([0, 100], [10, 80], [20, 60], [60, 55]);

  it.each([
    [samples([0, 1]), 5, 'tooFew'],
    [[], 5, 'tooFew'],
    [falling, undefined, 'noMargin'],
    [falling, -1, 'noMargin'],
    [falling, 20, 'reachesIn10s'],
    [falling, 45, 'reachesIn60s'],
    [falling, 46, 'fits'],
    [samples([0, 5], [10, 5]), 0, 'fits'],
  ])('are held against the margin: %#', (list, margin, code) => {
    expect(bursts(list, 'memory.available', margin).verdict.code).toBe(code);
  });

  it('say for how long was sampled and what dropped', () => {
    expect(bursts(falling, 'memory.available', 45)).toMatchObject({
      sampledMilliseconds: 60_000, within10s: { amount: 20 }, within60s: { amount: 45 }, verdict: { params: { drop: 45, margin: 45 } },
    });
  });
});
