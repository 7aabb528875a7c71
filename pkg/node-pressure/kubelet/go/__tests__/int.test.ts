/** @jest-environment node */
import fc from 'fast-check';
import { KubeletError } from '../../errors';
import { parseGoInt } from '../int';

fc.configureGlobal({ seed: 20261 });

/** What strconv.ParseInt of Go 1.26 answers, observed. */
describe('parseGoInt', () => {
  it.each<[string, 0 | 10, 32 | 64, bigint]>([
    ['0', 0, 32, 0n], ['-0', 0, 32, 0n], ['+7', 0, 32, 7n], ['0x10', 0, 32, 16n], ['0XfF', 0, 32, 255n], ['010', 0, 32, 8n], ['0o17', 0, 32, 15n], ['0b11', 0, 32, 3n], ['1_000', 0, 32, 1000n], ['0_7', 0, 32, 7n], ['0x_1f', 0, 32, 31n],
    ['2147483647', 0, 32, 2_147_483_647n], ['-2147483648', 0, 32, -2_147_483_648n], ['9223372036854775807', 10, 64, 9_223_372_036_854_775_807n], ['010', 10, 64, 10n],
  ])('reads %s in base %d and %d bits', (text, base, bits, value) => {
    expect(parseGoInt(text, base, bits)).toBe(value);
  });

  it.each<[string, 0 | 10, 32 | 64, string]>([
    ['', 0, 32, 'invalid syntax'], ['+', 0, 32, 'invalid syntax'], ['+-1', 0, 32, 'invalid syntax'], ['1.5', 0, 32, 'invalid syntax'], [' 1', 0, 32, 'invalid syntax'], ['08', 0, 32, 'invalid syntax'], ['0x', 0, 32, 'invalid syntax'],
    ['0b_', 0, 32, 'invalid syntax'], ['0b2', 0, 32, 'invalid syntax'], ['_1', 0, 32, 'invalid syntax'], ['1_', 0, 32, 'invalid syntax'], ['1__0', 0, 32, 'invalid syntax'], ['1_0', 10, 64, 'invalid syntax'], ['0x10', 10, 64, 'invalid syntax'],
    ['٣', 0, 32, 'invalid syntax'], ['3000000000x', 0, 32, 'invalid syntax'], ['2147483648', 0, 32, 'value out of range'], ['-2147483649', 0, 32, 'value out of range'], ['99999999999x', 0, 32, 'value out of range'], ['4294967296x', 0, 32, 'value out of range'], ['4294967295x', 0, 32, 'invalid syntax'],
    ['9223372036854775808', 10, 64, 'value out of range'],
  ])('refuses %j in base %d and %d bits: %s', (text, base, bits, problem) => {
    expect(() => parseGoInt(text, base, bits)).toThrow(new KubeletError(`strconv.ParseInt: parsing "${ text }": ${ problem }`));
  });

  it('reads back every int32 that was printed', () => {
    fc.assert(fc.property(fc.integer(), (value) => parseGoInt(String(value), 0, 32) === BigInt(value)));
  });
});
