import type { QuotaSample } from '../liveReport';
import { timeLinePlot } from '../timeLinePlot';

const sample = (atMilliseconds: number, hardMemoryBytes?: bigint, usedMemoryBytes?: bigint): QuotaSample => ({ atMilliseconds, raises: [], hasCompensation: false, isResyncDue: false, ...(hardMemoryBytes !== undefined && { hardMemoryBytes }), ...(usedMemoryBytes !== undefined && { usedMemoryBytes }) });

it('draws steps up to now', () => {
  expect(timeLinePlot([sample(1000, 200n, 100n), sample(2000, 300n, 200n)], 'limits.memory', 5000)).toStrictEqual({
    resource: 'limits.memory', hard: '0,50 25,50 25,6 100,6', used: '0,94 25,94 25,50 100,50', hardText: '300 B', usedText: '200 B', spanMilliseconds: 4000,
  });
});

it('has nothing to draw without a limit, or before anything changed', () => {
  expect(timeLinePlot([], 'limits.memory', 5000)).toBeUndefined();
  expect(timeLinePlot([sample(1000, 200n)], 'limits.memory', 5000)).toBeUndefined();
  expect(timeLinePlot([sample(1000, 200n), sample(2000, 300n)], 'limits.cpu', 5000)).toBeUndefined();
});

it('draws limits that come and go, a flat line, and a clock that was set back', () => {
  expect(timeLinePlot([sample(1000), sample(2000, 0n)], 'limits.memory', 1500)).toMatchObject({ hard: '0,94 100,94 100,94 100,94', usedText: '0 B', spanMilliseconds: 500 });
  expect(timeLinePlot([sample(1000, 5n), sample(2000)], 'limits.memory', 1000)).toMatchObject({ hardText: '0 B', spanMilliseconds: 1 });
});
