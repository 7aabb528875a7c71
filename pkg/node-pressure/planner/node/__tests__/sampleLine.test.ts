/** @jest-environment node */
import fc from 'fast-check';
import { sampleLine } from '../sampleLine';
import type { SamplePoint } from '../samples';
import type { SignalThreshold } from '../signalThreshold';

fc.configureGlobal({ seed: 20261 });

function points(...pairs: readonly (readonly [seconds: number, available: number])[]): SamplePoint[] {
  return pairs.map(([seconds, available]) => ({ atMilliseconds: seconds * 1000, available }));
}

const threshold = (amount?: number): SignalThreshold => ({ setting: 'x', amount, hard: true, graceNanoseconds: 0n, isReclaiming: false });

it('needs two samples', () => {
  expect(sampleLine([], {})).toBeUndefined();
  expect(sampleLine(points([0, 5]), {})).toBeUndefined();
});

it('holds samples and thresholds to one scale', () => {
  expect(sampleLine(points([0, 100], [10, 80], [20, 90]), { hard: threshold(0), soft: threshold(50) })).toEqual({
    stretches:           [[[0, 6], [50, 23.6], [100, 14.8]]],
    thresholds:          [{ kind: 'hard', y: 94 }, { kind: 'soft', y: 50 }],
    sampledMilliseconds: 20_000,
    lowest:              80,
    highest:             100,
    latest:              90,
  });
});

it('draws a flat line, also at one moment, and no threshold of unknown amount', () => {
  expect(sampleLine(points([0, 7], [0, 7]), { hard: threshold() })).toMatchObject({ stretches: [[[0, 94], [0, 94]]], thresholds: [] });
});

it('leaves a gap where nobody looked, and does not count it', () => {
  const line = sampleLine(points([0, 5], [10, 5], [600, 9], [610, 9]), {});

  expect(line?.stretches).toHaveLength(2);
  expect(line?.sampledMilliseconds).toBe(20_000);
});

it('never leaves the picture', () => {
  fc.assert(fc.property(fc.array(fc.tuple(fc.nat(3600), fc.nat(1000)), { minLength: 2 }), fc.nat(1000), (pairs, hard) => {
    const line = sampleLine(points(...pairs.sort(([a], [b]) => a - b)), { hard: threshold(hard) });
    const all = [...line?.stretches.flat().flat() ?? [], ...line?.thresholds.map(({ y }) => y) ?? []];

    return all.every((value) => value >= 0 && value <= 100);
  }));
});
