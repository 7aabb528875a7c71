/** A small seeded generator (mulberry32): the same seed gives the same cluster on every machine. */
export class Random {
  private state: number;

  constructor(seed: number | string) {
    this.state = typeof seed === 'number' ? seed >>> 0 : hash(seed);
  }

  /** A number in [0, 1). */
  next(): number {
    this.state = (this.state + 0x6d2b79f5) >>> 0;
    let mixed = Math.imul(this.state ^ (this.state >>> 15), this.state | 1);

    mixed ^= mixed + Math.imul(mixed ^ (mixed >>> 7), mixed | 61);

    return ((mixed ^ (mixed >>> 14)) >>> 0) / 2 ** 32;
  }

  /** A number in [min, max). */
  between(min: number, max: number): number {
    return min + this.next() * (max - min);
  }

  /** A whole number in [min, max]. */
  int(min: number, max: number): number {
    return Math.floor(this.between(min, max + 1));
  }

  /** One of the items of a list that is not empty. */
  pick<T>(list: readonly T[]): T {
    return list[this.int(0, list.length - 1)] as T;
  }
}

/** FNV-1a, 32 bit. */
export function hash(text: string): number {
  let value = 0x811c9dc5;

  for (let index = 0; index < text.length; index++) {
    value = Math.imul(value ^ text.charCodeAt(index), 0x01000193);
  }

  return value >>> 0;
}

/** Moves between −1 and 1 as time passes, smoothly and without ever being stored: a sum of three waves with seeded phases. */
export function wander(seed: number, milliseconds: number): number {
  const hours = milliseconds / 3_600_000;
  const phase = (index: number): number => (((seed >>> (index * 8)) & 0xff) / 256) * 2 * Math.PI;

  return (
    0.5 * Math.sin((2 * Math.PI * hours) / 4 + phase(0)) +
    0.3 * Math.sin((2 * Math.PI * hours) / 0.7 + phase(1)) +
    0.2 * Math.sin((2 * Math.PI * hours) / 0.11 + phase(2))
  );
}
