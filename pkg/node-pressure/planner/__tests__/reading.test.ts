import { ageOf, isFresh, retryDelay, STALE_AFTER_MILLISECONDS } from '../reading';

describe('age', () => {
  it('is the time since the read', () => {
    expect(ageOf({ readAtMilliseconds: 1_000 }, 4_000)).toBe(3_000);
  });

  it('is never negative, whatever happens to the clock', () => {
    expect(ageOf({ readAtMilliseconds: 5_000 }, 4_000)).toBe(0);
  });

  it('decides on freshness', () => {
    expect([isFresh({ readAtMilliseconds: 0 }, STALE_AFTER_MILLISECONDS - 1), isFresh({ readAtMilliseconds: 0 }, STALE_AFTER_MILLISECONDS), isFresh(undefined, 0)]).toStrictEqual([true, false, false]);
  });
});

describe('time until the next try', () => {
  it.each([
    ['the interval after success', 15_000, retryDelay(15_000, 0)],
    ['twice as long after a failure', 30_000, retryDelay(15_000, 1, 'offline')],
    ['twice as long again each time', 120_000, retryDelay(15_000, 3, 'timeout')],
    ['ten minutes at most', 600_000, retryDelay(15_000, 40, 'failed')],
    ['the interval where that is longer', 900_000, retryDelay(900_000, 3, 'offline')],
    ['the longest at once when only an admin can help', 600_000, retryDelay(15_000, 1, 'forbidden')],
    ['the longest at once when there is nothing to read', 600_000, retryDelay(15_000, 1, 'notFound')],
  ])('is %s', (_what, expected, delay) => {
    expect(delay).toBe(expected);
  });
});
