import { displayParams, formatAge, formatBytes } from '../display';

describe('bytes', () => {
  it.each([
    [0, '0 B'],
    [512, '512 B'],
    [1024, '1 KiB'],
    [104_857_600, '100 MiB'],
    [9.14 * 2 ** 30, '9.1 GiB'],
    [64 * 2 ** 30, '64 GiB'],
    [22_392_912 * 1024, '21.4 GiB'],
    [1023.96 * 2 ** 20, '1 GiB'],
    [1023.9 * 2 ** 20, '1023.9 MiB'],
    [-512 * 2 ** 20, '-512 MiB'],
    [-0.01, '0 B'],
    [2 ** 70, '1048576 PiB'],
  ])('%d is %s', (bytes, text) => {
    expect(formatBytes(bytes)).toBe(text);
  });
});

it.each([[0, '0s'], [45_999, '45s'], [60_000, '1m'], [3_599_999, '59m'], [7_200_000, '2h'], [86_400_000 * 4, '4d']])('an age of %d ms is %s', (milliseconds, text) => {
  expect(formatAge(milliseconds)).toBe(text);
});

describe('parameters of a sentence', () => {
  it('lose their unit from the name and gain it in the value', () => {
    expect(displayParams({ marginBytes: 2 ** 30, ageMilliseconds: 61_000, graceNanoseconds: 90_000_000_000n })).toStrictEqual({ margin: '1 GiB', age: '1m', grace: '1m30s' });
  });

  it('print thousandths of a CPU as Kubernetes does', () => {
    expect(displayParams({ missingMilli: 15n, hardMilli: 2000, goneMilli: undefined })).toStrictEqual({ missing: '15m', hard: '2', gone: undefined });
  });

  it('pass through without a unit', () => {
    expect(displayParams({ name: '{evil}', count: 2, big: 3n, gone: undefined, Bytes: 5 })).toStrictEqual({ name: '{evil}', count: 2, big: '3', gone: undefined, Bytes: 5 });
  });

  it('stay undefined when they are not known', () => {
    expect(displayParams({ marginBytes: undefined })).toStrictEqual({ margin: undefined });
  });
});
