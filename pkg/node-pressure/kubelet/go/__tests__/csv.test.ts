/** @jest-environment node */
import fc from 'fast-check';
import { KubeletError } from '../../errors';
import { formatCsvRecord, readCsvRecord } from '../csv';

fc.configureGlobal({ seed: 20261 });

/** What encoding/csv of Go 1.26 answers, observed. */
describe('readCsvRecord', () => {
  it.each([
    ['a', ['a']], ['a,b', ['a', 'b']], ['a, b', ['a', ' b']], [',', ['', '']], ['"a,b",c', ['a,b', 'c']], ['"a""b"', ['a"b']], ['"a",', ['a', '']], ['"x\ny",z', ['x\ny', 'z']], ['"x\r\ny"', ['x\ny']],
    ['a\nb', ['a']], ['\n\r\na', ['a']], ['a\r', ['a']], ['"a"\nb', ['a']], ['"a\n\nb"', ['a\n\nb']], ['a\rb', ['a\rb']], ['a,\n', ['a', '']],
  ])('reads %j', (text, fields) => {
    expect(readCsvRecord(text)).toStrictEqual(fields);
  });

  it.each([
    ['\n', 'EOF'], ['\r', 'EOF'],
    ['a"b', 'parse error on line 1, column 2: bare " in non-quoted-field'],
    ['\né,a"', 'parse error on line 2, column 5: bare " in non-quoted-field'],
    ['"a"b', 'parse error on line 1, column 3: extraneous or missing " in quoted-field'],
    ['"a', 'parse error on line 1, column 3: extraneous or missing " in quoted-field'],
    ['"', 'parse error on line 1, column 2: extraneous or missing " in quoted-field'],
    ['"a\nb"c', 'record on line 1; parse error on line 2, column 2: extraneous or missing " in quoted-field'],
    ['"a\nbc', 'record on line 1; parse error on line 2, column 3: extraneous or missing " in quoted-field'],
    ['"a\n', 'parse error on line 1, column 4: extraneous or missing " in quoted-field'],
    ['"é"x', 'parse error on line 1, column 4: extraneous or missing " in quoted-field'],
  ])('refuses %j', (text, message) => {
    expect(() => readCsvRecord(text)).toThrow(new KubeletError(message));
  });
});

describe('formatCsvRecord', () => {
  it('quotes only what needs it', () => {
    expect(formatCsvRecord(['a', '', 'b c', ' d', 'e,f', 'g"h', 'i\nj', 'k\r', '\\.', '\u0085'])).toBe('a,,b c," d","e,f","g""h","i\nj","k\r","\\.","\u0085"');
    expect(formatCsvRecord([])).toBe('');
  });

  it('is read back as it was, line ends aside', () => {
    fc.assert(fc.property(fc.array(fc.string({ unit: 'binary' }).map((text) => text.replaceAll('\r', '')), { minLength: 2 }), (fields) => {
      expect(readCsvRecord(formatCsvRecord(fields))).toStrictEqual(fields);
    }), { numRuns: 1000 });
  });
});
