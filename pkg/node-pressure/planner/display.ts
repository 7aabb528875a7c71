import { formatDuration } from '../kubelet/go/duration';

const BYTE_UNITS = ['B', 'KiB', 'MiB', 'GiB', 'TiB', 'PiB'];

/** Bytes for people: at most one decimal, the largest unit that keeps the figure at 1 or above (`9.1 GiB`, `-512 MiB`). */
export function formatBytes(bytes: number): string {
  let amount = Math.abs(bytes);
  let unit = 0;

  // 1023.95 would be printed as 1024.0
  while (amount >= 1023.95 && unit < BYTE_UNITS.length - 1) {
    amount /= 1024;
    unit += 1;
  }
  const rounded = Math.round(amount * 10) / 10;

  return `${ bytes < 0 && rounded > 0 ? '-' : '' }${ rounded } ${ BYTE_UNITS[unit] }`;
}

/** A time that passed, in its largest unit, as `kubectl` prints ages: `45s`, `3m`, `2h`, `4d`. */
export function formatAge(milliseconds: number): string {
  const seconds = Math.floor(milliseconds / 1000);

  if (seconds < 60) {
    return `${ seconds }s`;
  }
  if (seconds < 3600) {
    return `${ Math.floor(seconds / 60) }m`;
  }

  return seconds < 86_400 ? `${ Math.floor(seconds / 3600) }h` : `${ Math.floor(seconds / 86_400) }d`;
}

/** Thousandths of a CPU as Kubernetes writes them: `15m`, `2`. */
export function formatMilli(milli: bigint): string {
  return milli % 1000n === 0n ? `${ milli / 1000n }` : `${ milli }m`;
}

/** What a sentence needs: a code that a view translates, and the values that the sentence names. */
export interface Message<Code extends string = string> {
  readonly code: Code;
  readonly params: MessageParams;
}

export type MessageParams = Readonly<Record<string, string | number | bigint | undefined>>;

/**
 * The parameters of a message as a sentence prints them: `marginBytes` becomes `margin`, a text with its unit; so do
 * `…Milli` (CPUs), `…Milliseconds` (an age) and `…Nanoseconds` (a duration as Go prints it). Everything else passes through.
 */
export function displayParams(params: MessageParams): Record<string, string | number | undefined> {
  return Object.fromEntries(Object.entries(params).map(([key, value]) => {
    const [, name = key, unit] = /^(.+?)(Bytes|Milli|Milliseconds|Nanoseconds)$/.exec(key) ?? [];

    if (unit && value !== undefined) {
      switch (unit) {
      case 'Bytes': return [name, formatBytes(Number(value))];
      case 'Milli': return [name, formatMilli(BigInt(value))];
      case 'Milliseconds': return [name, formatAge(Number(value))];
      default: return [name, formatDuration(BigInt(value))];
      }
    }

    return [name, typeof value === 'bigint' ? value.toString() : value];
  }));
}
