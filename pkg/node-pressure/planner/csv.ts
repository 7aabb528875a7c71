/** A cell: text from the cluster, a figure of ours, or nothing. */
export type CsvCell = string | number | undefined;

/** What spreadsheets take for a formula, also behind white space. */
const FORMULA = /^\s*[=+\-@\t\r]/;

/**
 * One text as a CSV cell. A text that a spreadsheet would run as a formula is defused by an apostrophe in front, as
 * OWASP recommends; figures are ours and keep their minus.
 */
function cell(value: CsvCell): string {
  if (typeof value !== 'string') {
    return value === undefined ? '' : String(value);
  }
  const safe = FORMULA.test(value) ? `'${ value }` : value;

  return /[",\r\n]/.test(safe) ? `"${ safe.replaceAll('"', '""') }"` : safe;
}

/** A table as CSV (RFC 4180), lines ended by CR LF, ready for the clipboard. */
export function toCsv(header: readonly string[], rows: readonly (readonly CsvCell[])[]): string {
  return [header, ...rows].map((row) => `${ row.map(cell).join(',') }\r\n`).join('');
}
