/** @jest-environment node */
import fc from 'fast-check';
import { memorySplit } from '../memorySplit';

fc.configureGlobal({ seed: 20261 });

describe('the split of used memory', () => {
  it('tells what counts from what does not', () => {
    expect(memorySplit({ usageBytes: 100, workingSetBytes: 70, rssBytes: 50 })).toEqual({ anonymousBytes: 50, activeBytes: 20, inactiveFileBytes: 30 });
  });

  it.each([
    { workingSetBytes: 70, rssBytes: 50 }, { usageBytes: 100, rssBytes: 50 }, { usageBytes: 100, workingSetBytes: 70 },
    { usageBytes: 60, workingSetBytes: 70, rssBytes: 50 }, { usageBytes: 100, workingSetBytes: 70, rssBytes: 71 }, { usageBytes: 100, workingSetBytes: 70, rssBytes: -1 },
  ])('is unknown where figures are missing or contradict each other: %j', (stats) => {
    expect(memorySplit(stats)).toBeUndefined();
  });

  it('adds up to the use, without negative parts', () => {
    const bytes = fc.integer({ min: 0, max: 2 ** 40 });

    fc.assert(fc.property(bytes, bytes, bytes, (usageBytes, workingSetBytes, rssBytes) => {
      const parts = Object.values(memorySplit({ usageBytes, workingSetBytes, rssBytes }) ?? {}) as number[];

      return parts.length === 0 || (parts.every((part) => part >= 0) && parts.reduce((sum, part) => sum + part) === usageBytes);
    }));
  });
});
