/** @jest-environment node */
import fc from 'fast-check';
import { countAtOnce, type Demands } from '../count';

fc.configureGlobal({ seed: 20269 });

const amount = fc.option(fc.bigInt({ min: -10n, max: 40n }), { nil: undefined });
const items = (minLength: number, maxLength: number): fc.Arbitrary<Demands[]> => fc.array(fc.tuple(amount, amount, amount), { minLength, maxLength });
const left = fc.array(fc.bigInt({ min: -5n, max: 99n }), { minLength: 3, maxLength: 3 });

function holds(choice: readonly Demands[], room: readonly bigint[]): boolean {
  return room.every((amountLeft, index) => choice.every((demands) => demands[index] === undefined) || choice.reduce((sum, demands) => sum + (demands[index] ?? 0n), 0n) <= amountLeft);
}

/** The largest number by trying every choice. */
function exhaustive(list: readonly Demands[], room: readonly bigint[]): number {
  const choices = Array.from({ length: 2 ** list.length }, (_, mask) => list.filter((__, index) => mask & (1 << index)));

  return Math.max(...choices.filter((choice) => holds(choice, room)).map(({ length }) => length));
}

describe('countAtOnce', () => {
  it('is the exact number of few, in whatever order', () => {
    fc.assert(fc.property(items(0, 8), left, (list, room) => {
      const { count, exact } = countAtOnce(list, room);

      expect({ count, exact }).toEqual({ count: exhaustive(list, room), exact: true });
      expect(countAtOnce([...list].reverse(), room)).toEqual({ count, exact });
    }), { numRuns: 200 });
  });

  it('never exceeds the exact number, and is it where it says so', () => {
    // Many alike: the exact number is known by groups
    fc.assert(fc.property(fc.integer({ min: 1, max: 12 }), fc.integer({ min: 9, max: 30 }), fc.bigInt({ min: 0n, max: 200n }), (small, many, room) => {
      const list: Demands[] = [...Array.from({ length: many }, (): Demands => [10n]), ...Array.from({ length: small }, (): Demands => [3n])];
      const threes = Math.min(small, Number(room / 3n));
      const best = threes + Math.min(many, Number((room - 3n * BigInt(threes)) / 10n));

      expect(countAtOnce(list, [room])).toEqual({ count: best, exact: true });
    }));
  });

  it('is the same of many in any order, and possible', () => {
    fc.assert(fc.property(items(17, 40), left, (list, room) => {
      const result = countAtOnce(list, room);

      expect(countAtOnce([...list].reverse(), room)).toEqual(result);
      // A limit by itself holds as many as its smallest demands leave room for
      room.forEach((amountLeft, index) => {
        const touching = list.flatMap((demands) => demands[index] ?? []).sort((a, b) => Number(a - b));
        const sums = touching.map((_, last) => touching.slice(0, last + 1).reduce((sum, one) => sum + one, 0n));

        expect(result.count).toBeLessThanOrEqual(list.length - touching.length + sums.reduce((most, sum, last) => (sum <= amountLeft ? last + 1 : most), 0));
      });
    }), { numRuns: 200 });
  });

  it('knows that more are impossible of many', () => {
    const one: Demands = [1n];

    expect(countAtOnce(Array.from({ length: 20 }, () => one), [20n])).toEqual({ count: 20, exact: true });
    expect(countAtOnce(Array.from({ length: 21 }, () => one), [20n])).toEqual({ count: 20, exact: true });
    expect(countAtOnce([], [])).toEqual({ count: 0, exact: true });
  });

  it('says "at least" where greed may not have found the best', () => {
    const list: Demands[] = [...Array.from({ length: 10 }, (): Demands => [3n, undefined]), ...Array.from({ length: 10 }, (): Demands => [undefined, 3n]), ...Array.from({ length: 5 }, (): Demands => [2n, 2n])];

    expect(countAtOnce(list, [10n, 10n])).toEqual({ count: 5, exact: false });
  });

  it('grows with what is left', () => {
    fc.assert(fc.property(items(0, 9), left, fc.bigInt({ min: 0n, max: 60n }), (list, room, more) => {
      expect(countAtOnce(list, room.map((amountLeft) => amountLeft + more)).count).toBeGreaterThanOrEqual(countAtOnce(list, room).count);
    }), { numRuns: 300 });
  });
});
