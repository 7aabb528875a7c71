/** @jest-environment node */
import fc from 'fast-check';
import { formatDuration, HOUR, MICROSECOND, MILLISECOND, MINUTE, NANOSECOND, parseDuration, SECOND } from '../duration';
import { KubeletError } from '../../errors';

fc.configureGlobal({ seed: 20261 });

const MIN_INT64 = -(1n << 63n);
const MAX_INT64 = (1n << 63n) - 1n;

/** What time.ParseDuration of Go 1.26 answers, observed. */
describe('parseDuration', () => {
  it.each([
    ['0', 0n], ['-0', 0n], ['+0', 0n], ['0s', 0n], ['5m0s', 5n * MINUTE], ['1h30m', 90n * MINUTE], ['1m30s', 90n * SECOND], ['1.5h', 90n * MINUTE], ['-.5s', -500n * MILLISECOND], ['1.s', SECOND], ['+1us', MICROSECOND],
    ['1\u00B5s', MICROSECOND], ['1\u03BCs', MICROSECOND], ['1s1h1s', HOUR + 2n * SECOND], ['1.5ns', NANOSECOND], ['1.999999999999999999s', 2n * SECOND], ['0.3333333333333333333h', 1_200_000_000_000n], ['0.99999999999999999999999h', HOUR], ['0.92233720368547758089s', 922_337_203n],
    [`0.${ '0'.repeat(400) }1h`, 0n], [`${ '0'.repeat(100) }1s`, SECOND], [`0.${ '3'.repeat(400) }h`, 1_200_000_000_000n],
    ['9223372036854775807ns', MAX_INT64], ['-9223372036854775808ns', MIN_INT64], ['-2562047h47m16.854775808s', MIN_INT64],
    // Two halves of a uint64 add up to nothing
    ['9223372036854775808ns9223372036854775808ns', 0n],
  ])('reads %s', (text, nanoseconds) => {
    expect(parseDuration(text)).toBe(nanoseconds);
  });

  it.each([
    ['', 'time: invalid duration ""'], ['-', 'time: invalid duration "-"'], ['.', 'time: invalid duration "."'], ['.s', 'time: invalid duration ".s"'], ['s', 'time: invalid duration "s"'], [' 1s', 'time: invalid duration " 1s"'],
    ['1s ', 'time: unknown unit "s " in duration "1s "'], ['1', 'time: missing unit in duration "1"'], ['1h1', 'time: missing unit in duration "1h1"'], ['1..5s', 'time: missing unit in duration "1..5s"'],
    ['1d', 'time: unknown unit "d" in duration "1d"'], ['1S', 'time: unknown unit "S" in duration "1S"'], ['1é', 'time: unknown unit "\\xc3\\xa9" in duration "1\\xc3\\xa9"'], ['1中😀', 'time: unknown unit "\\xe4\\xb8\\xad\\xf0\\x9f\\x98\\x80" in duration "1\\xe4\\xb8\\xad\\xf0\\x9f\\x98\\x80"'],
    ['1"\\\n\x7F', 'time: unknown unit "\\"\\\\\\x0a\x7F" in duration "1\\"\\\\\\x0a\x7F"'], ['1\uD800', 'time: unknown unit "\\xef\\xbf\\xbd" in duration "1\\xef\\xbf\\xbd"'],
    ['9223372036854775808ns', 'time: invalid duration "9223372036854775808ns"'], ['-9223372036854775809ns', 'time: invalid duration "-9223372036854775809ns"'], ['99999999999999999999ns', 'time: invalid duration "99999999999999999999ns"'],
    ['9223372036854775809', 'time: invalid duration "9223372036854775809"'], ['9223372036854775809d', 'time: invalid duration "9223372036854775809d"'],
    ['2562048h', 'time: invalid duration "2562048h"'], ['9223372036854775807ns1ns', 'time: invalid duration "9223372036854775807ns1ns"'], ['-9223372036854775808ns1ns', 'time: invalid duration "-9223372036854775808ns1ns"'],
  ])('refuses %j', (text, message) => {
    expect(() => parseDuration(text)).toThrow(new KubeletError(message));
  });

  it('throws nothing but a KubeletError, whatever the text', () => {
    fc.assert(fc.property(fc.oneof(fc.string({ unit: 'binary' }), fc.string({ unit: fc.constantFrom(...'0123456789.-+nsumh\u00B5d ') })), (text) => {
      try {
        return typeof formatDuration(parseDuration(text)) === 'string';
      } catch (error) {
        return error instanceof KubeletError;
      }
    }), { numRuns: 2000 });
  });
});

describe('formatDuration', () => {
  it.each([
    [0n, '0s'], [1n, '1ns'], [999n, '999ns'], [1000n, '1µs'], [1_100n, '1.1µs'], [MILLISECOND, '1ms'], [100n * MILLISECOND, '100ms'], [1_000_001n, '1.000001ms'], [SECOND, '1s'], [1_500_000_000n, '1.5s'], [MINUTE, '1m0s'], [90n * SECOND, '1m30s'],
    [HOUR, '1h0m0s'], [90n * MINUTE, '1h30m0s'], [-SECOND, '-1s'], [-1n, '-1ns'], [MIN_INT64, '-2562047h47m16.854775808s'], [MAX_INT64, '2562047h47m16.854775807s'],
  ])('prints %s ns as %s', (nanoseconds, text) => {
    expect(formatDuration(nanoseconds)).toBe(text);
  });

  it('is read back as it was', () => {
    fc.assert(fc.property(fc.bigInt({ min: MIN_INT64, max: MAX_INT64 }), (nanoseconds) => parseDuration(formatDuration(nanoseconds)) === nanoseconds), { numRuns: 1000 });
  });
});
