/** The kubelet's flags of one value or a list. Follows github.com/spf13/pflag 1.0.9 (int32, bool, duration, string slice). */
import { formatDuration, type Nanoseconds, parseDuration } from './go/duration';
import { KubeletError } from './errors';
import type { FlagValue } from './flags';
import { formatCsvRecord, readCsvRecord } from './go/csv';
import { parseGoInt } from './go/int';
import { goQuote } from './go/quote';

/** A whole number within int32: decimal, `0x`, `0o`, `0b`, a leading `0` for octal, `_` between digits. */
export class Int32Flag implements FlagValue {
  constructor(public value: number) {}

  set(text: string): void {
    this.value = Number(parseGoInt(text, 0, 32));
  }

  toString(): string {
    return String(this.value);
  }
}

const TRUE: readonly string[] = ['1', 't', 'T', 'TRUE', 'true', 'True'];
const FALSE: readonly string[] = ['0', 'f', 'F', 'FALSE', 'false', 'False'];

/** A switch. Its value must be attached with `=`: `--name false` sets it to true. */
export class BoolFlag implements FlagValue {
  readonly bareText = 'true';

  constructor(public value: boolean) {}

  set(text: string): void {
    if (!TRUE.includes(text) && !FALSE.includes(text)) {
      throw new KubeletError(`strconv.ParseBool: parsing ${ goQuote(text) }: invalid syntax`);
    }
    this.value = TRUE.includes(text);
  }

  toString(): string {
    return String(this.value);
  }
}

/** A time.Duration, see parseDuration. */
export class DurationFlag implements FlagValue {
  constructor(public value: Nanoseconds) {}

  set(text: string): void {
    this.value = parseDuration(text);
  }

  toString(): string {
    return formatDuration(this.value);
  }
}

/** Any text. */
export class StringFlag implements FlagValue {
  constructor(public value: string) {}

  set(text: string): void {
    this.value = text;
  }

  toString(): string {
    return this.value;
  }
}

/**
 * A list, read as one record of comma-separated values: quotes work, spaces count. The first occurrence replaces the
 * initial list, later ones append; an empty text is an empty list.
 */
export class StringSliceFlag implements FlagValue {
  private changed = false;

  constructor(public value: readonly string[]) {}

  set(text: string): void {
    const list = text === '' ? [] : readCsvRecord(text);

    this.value = this.changed ? [...this.value, ...list] : list;
    this.changed = true;
  }

  toString(): string {
    return `[${ formatCsvRecord(this.value) }]`;
  }
}
