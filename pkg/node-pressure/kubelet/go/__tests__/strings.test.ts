/** @jest-environment node */
import fc from 'fast-check';
import { compareStrings, startsWithSpace, trimSpace, utf8Bytes, utf8Length } from '../strings';

fc.configureGlobal({ seed: 20261 });

const anyText = fc.string({ unit: 'binary' });

describe('text as Go sees it', () => {
  it('has the bytes of its UTF-8, half a pair being U+FFFD', () => {
    expect(['a', 'é', '中', '😀', '\uD800'].map(utf8Bytes)).toStrictEqual([[0x61], [0xC3, 0xA9], [0xE4, 0xB8, 0xAD], [0xF0, 0x9F, 0x98, 0x80], [0xEF, 0xBF, 0xBD]]);
    expect(['\x7F', '\x80', '\u07FF', '\u0800', '\uD7FF', '\uDFFF', '\uE000', '\uFFFF', '\u{10000}', '\u{10FFFF}'].map(utf8Bytes)).toStrictEqual([
      [0x7F], [0xC2, 0x80], [0xDF, 0xBF], [0xE0, 0xA0, 0x80], [0xED, 0x9F, 0xBF], [0xEF, 0xBF, 0xBD], [0xEE, 0x80, 0x80], [0xEF, 0xBF, 0xBF], [0xF0, 0x90, 0x80, 0x80], [0xF4, 0x8F, 0xBF, 0xBF],
    ]);
    expect(utf8Length('aé中😀\uDC00')).toBe(1 + 2 + 3 + 4 + 3);
    fc.assert(fc.property(anyText, (text) => utf8Length(text) === Buffer.byteLength(text)));
  });

  it('is trimmed of what unicode.IsSpace accepts', () => {
    expect(trimSpace('\t\n\v\f\r \x85\xA0\u1680\u2000\u200A\u2028\u2029\u202F\u205F\u3000a b\u3000 ')).toBe('a b');
    expect(trimSpace('\uFEFFa\u200B')).toBe('\uFEFFa\u200B');
    expect(trimSpace(' \t')).toBe('');
    expect([startsWithSpace(' a'), startsWithSpace('\x85'), startsWithSpace('a '), startsWithSpace('')]).toStrictEqual([true, true, false, false]);
  });

  it('is ordered byte by byte', () => {
    expect(['\uFB01', '😀', 'b', 'a', '', 'ab'].sort(compareStrings)).toStrictEqual(['', 'a', 'ab', 'b', '\uFB01', '😀']);
    expect(['\u{10FFFF}', '\u{10000}', '\uE000', '\uD7FF'].sort(compareStrings)).toStrictEqual(['\uD7FF', '\uE000', '\u{10000}', '\u{10FFFF}']);
    fc.assert(fc.property(anyText, anyText, (a, b) => Math.sign(compareStrings(a, b)) === Buffer.compare(Buffer.from(a), Buffer.from(b))), { numRuns: 1000 });
  });
});
