/** Go's strconv.ParseInt. */
import { KubeletError } from '../errors';
import { goQuote } from './quote';

const PREFIXES: Readonly<Record<string, number>> = { '0b': 2, '0o': 8, '0x': 16 };

/**
 * strconv.ParseInt(text, base, bits). With base 0 the prefixes 0b, 0o, 0x and a leading 0 (octal) count, and `_` may
 * stand between digits.
 *
 * Throws KubeletError `strconv.ParseInt: parsing "x": invalid syntax` (or `value out of range`), whichever shows first
 * from the left.
 */
export function parseGoInt(text: string, base: 0 | 10, bits: 32 | 64): bigint {
  const fail = (problem: string): KubeletError => new KubeletError(`strconv.ParseInt: parsing ${ goQuote(text) }: ${ problem }`);
  const unsigned = /^[+-]/.test(text) ? text.slice(1) : text;
  const { digits, radix } = splitPrefix(unsigned, base);
  const limit = 1n << BigInt(bits);
  let magnitude = 0n;

  if (unsigned === '') {
    throw fail('invalid syntax');
  }
  for (const char of digits) {
    if (char === '_' && base === 0) {
      continue;
    }

    const digit = /[0-9a-z]/i.test(char) ? Number.parseInt(char, 36) : radix;

    if (digit >= radix) {
      throw fail('invalid syntax');
    }
    magnitude = magnitude * BigInt(radix) + BigInt(digit);
    if (magnitude >= limit) {
      throw fail('value out of range');
    }
  }
  if (/^_|__|_$/.test(unsigned)) {
    throw fail('invalid syntax');
  }

  const value = text.startsWith('-') ? -magnitude : magnitude;

  if (value !== BigInt.asIntN(bits, value)) {
    throw fail('value out of range');
  }

  return value;
}

function splitPrefix(unsigned: string, base: 0 | 10): { digits: string; radix: number } {
  if (base === 10 || !unsigned.startsWith('0')) {
    return { digits: unsigned, radix: 10 };
  }

  const radix = unsigned.length > 2 ? PREFIXES[unsigned.slice(0, 2).toLowerCase()] : undefined;

  return radix ? { digits: unsigned.slice(2), radix } : { digits: unsigned.slice(1), radix: 8 };
}
