/** One record of comma-separated values. Follows Go's encoding/csv with its defaults, which pflag's string slices use. */
import { KubeletError } from '../errors';
import { startsWithSpace, utf8Length } from './strings';

const BARE_QUOTE = 'bare " in non-quoted-field';
const WRONG_QUOTE = 'extraneous or missing " in quoted-field';

const isLineEnd = (rest: string): boolean => rest === '' || rest === '\n';

/** The lines of a text with their `\n`; `\r\n` counts as `\n`, and a `\r` at the very end is dropped. */
function splitLines(text: string): string[] {
  const lines = text.split(/(?<=\n)/);

  return lines.map((line) => line.endsWith('\r\n') ? `${ line.slice(0, -2) }\n` : line.replace(/\r$/, ''));
}

/** Reads the first record that is not an empty line. Columns count bytes from 1, lines from 1. */
class RecordReader {
  private readonly fields: string[] = [];
  private readonly firstLine: number;
  /** Index of the line read last; may pass the end. */
  private index: number;
  /** What is left of that line. */
  private rest: string;
  /** Where `rest` starts; an end of the text keeps the line before. */
  private line: number;
  private column = 1;

  constructor(private readonly lines: readonly string[]) {
    this.index = lines.findIndex((line) => !isLineEnd(line));
    if (this.index < 0) {
      throw new KubeletError('EOF');
    }
    this.rest = lines[this.index] as string;
    this.firstLine = this.index + 1;
    this.line = this.firstLine;
  }

  read(): string[] {
    let more = true;

    while (more) {
      more = this.rest.startsWith('"') ? this.readQuoted() : this.readPlain();
    }

    return this.fields;
  }

  /** Both readers of a field tell whether another one follows. */
  private readPlain(): boolean {
    const comma = this.rest.indexOf(',');
    const field = comma < 0 ? this.rest.replace(/\n$/, '') : this.rest.slice(0, comma);
    const quote = field.indexOf('"');

    if (quote >= 0) {
      throw this.error(this.index + 1, this.column + utf8Length(field.slice(0, quote)), BARE_QUOTE);
    }
    this.fields.push(field);
    this.skip(field.length + 1);

    return comma >= 0;
  }

  private readQuoted(): boolean {
    let field = '';

    this.skip(1);
    for (;;) {
      const quote = this.rest.indexOf('"');

      if (quote < 0) {
        field += this.rest;
        this.nextLine();
        continue;
      }
      field += this.rest.slice(0, quote);
      this.skip(quote + 1);
      if (this.rest.startsWith('"')) {
        field += '"';
        this.skip(1);
      } else if (this.rest.startsWith(',')) {
        this.fields.push(field);
        this.skip(1);

        return true;
      } else if (isLineEnd(this.rest)) {
        this.fields.push(field);

        return false;
      } else {
        throw this.error(this.index + 1, this.column - 1, WRONG_QUOTE);
      }
    }
  }

  private skip(length: number): void {
    this.column += utf8Length(this.rest.slice(0, length));
    this.rest = this.rest.slice(length);
  }

  /** Goes on with a quoted field that spans lines. */
  private nextLine(): void {
    if (this.rest === '') {
      throw this.error(this.line, this.column, WRONG_QUOTE);
    }
    this.skip(this.rest.length);
    this.index++;
    this.rest = this.lines[this.index] ?? '';
    if (this.rest !== '') {
      this.line++;
      this.column = 1;
    }
  }

  private error(line: number, column: number, problem: string): KubeletError {
    const record = line === this.firstLine ? '' : `record on line ${ this.firstLine }; `;

    return new KubeletError(`${ record }parse error on line ${ line }, column ${ column }: ${ problem }`);
  }
}

/** csv.Reader.Read: the fields of the first record. Throws KubeletError with Go's text; `EOF` when there is no record. */
export function readCsvRecord(text: string): string[] {
  return new RecordReader(splitLines(text)).read();
}

function formatField(field: string): string {
  const needsQuotes = field === '\\.' || /[",\r\n]/.test(field) || startsWithSpace(field);

  return needsQuotes ? `"${ field.replaceAll('"', '""') }"` : field;
}

/** csv.Writer.Write: one record without its line end. */
export function formatCsvRecord(fields: readonly string[]): string {
  return fields.map(formatField).join(',');
}
