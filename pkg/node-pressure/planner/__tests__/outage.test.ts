import { dueAtMilliseconds, lose, remedy, tried, type Outage } from '../outage';

const begun = lose(undefined, ['node'], 1_000);

/** After so many attempts, the last of them at 10 s. */
const after = (attempts: number, isRefused = false): Outage => Array.from({ length: attempts }).reduce<Outage>((outage) => tried(outage, isRefused, 10_000), begun);

describe('an outage', () => {
  it('begins with the first watch that is lost, and gathers others', () => {
    expect(begun).toMatchObject({ sinceMilliseconds: 1_000, lostAtMilliseconds: 1_000, watches: ['node'], attempts: 0 });
    expect(lose(begun, ['node', 'vm'], 3_000)).toMatchObject({ sinceMilliseconds: 1_000, lostAtMilliseconds: 3_000, watches: ['node', 'vm'] });
  });

  it('is not lengthened by attempts', () => {
    expect(after(1)).toMatchObject({ sinceMilliseconds: 1_000, lostAtMilliseconds: 1_000, attempts: 1, triedAtMilliseconds: 10_000 });
  });
});

describe('something is due', () => {
  it('five seconds after the first watch is lost', () => {
    expect(dueAtMilliseconds(begun, true)).toBe(6_000);
  });

  it.each([[1, 20_000], [2, 30_000], [3, 50_000], [4, 70_000], [400, 70_000]])('after %d attempts at %d ms: twice as long each time, at most a minute', (attempts, due) => {
    expect([dueAtMilliseconds(after(attempts), true), dueAtMilliseconds(after(attempts, true), false)]).toStrictEqual([due, due]);
  });

  it('two seconds after the last watch was lost, once all run', () => {
    expect(dueAtMilliseconds(lose(after(4), ['node'], 12_000), false)).toBe(14_000);
  });
});

describe('the remedy is', () => {
  it('to watch what is not watched', () => {
    expect([remedy(begun, true), remedy(after(1), true)]).toStrictEqual(['watch', 'watch']);
  });

  it('to read what was not watched for a while, but nothing after a blip', () => {
    expect([remedy(after(1), false), remedy(begun, false)]).toStrictEqual(['read', 'none']);
  });
});
