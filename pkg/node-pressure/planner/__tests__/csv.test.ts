import fc from 'fast-check';
import { toCsv } from '../csv';

it('writes one line per row, with empty cells for what is not known', () => {
  expect(toCsv(['node', 'bytes'], [['node-1', 5], ['node-2', undefined], ['node-3', -1]])).toBe('node,bytes\r\nnode-1,5\r\nnode-2,\r\nnode-3,-1\r\n');
});

it.each([
  ['a,b', '"a,b"'],
  ['say "hi"', '"say ""hi"""'],
  ['two\nlines', '"two\nlines"'],
  ['=1+1', '\'=1+1'],
  ['+1', '\'+1'],
  ['-1', '\'-1'],
  ['@SUM(A1)', '\'@SUM(A1)'],
  ['\t=1', '\'\t=1'],
  ['  =1', '\'  =1'],
  ['=HYPERLINK("http://x","y")', '"\'=HYPERLINK(""http://x"",""y"")"'],
  ['node-1', 'node-1'],
])('writes the text %j as %s', (text, cell) => {
  expect(toCsv([], [[text]])).toBe(`\r\n${ cell }\r\n`);
});

/** A reader after RFC 4180. */
function parse(csv: string): string[][] {
  const rows = csv.match(/(?:"(?:[^"]|"")*"|[^"\r\n])*\r\n/g) ?? [];

  return rows.map((row) => [...row.slice(0, -2).matchAll(/(?:^|,)("(?:[^"]|"")*"|[^,]*)/g)].map(([, cell = '']) => (cell.startsWith('"') ? cell.slice(1, -1).replaceAll('""', '"') : cell)));
}

it('gives any texts back to a reader, and no cell that starts a formula', () => {
  fc.assert(fc.property(fc.array(fc.string({ minLength: 1 }), { minLength: 1, maxLength: 4 }), (texts) => {
    const [, cells = []] = parse(toCsv(['h'], [texts]));

    expect(cells.map((cell) => cell.replace(/^'(?=\s*[=+\-@\t\r])/, ''))).toStrictEqual(texts.map((text) => text.replace(/^'(?=\s*[=+\-@\t\r])/, '')));
    expect(cells.filter((cell) => /^\s*[=+\-@]/.test(cell))).toStrictEqual([]);
  }));
});
