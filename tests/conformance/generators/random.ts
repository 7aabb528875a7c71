/** What a generator draws from: the same seed gives the same draws on every machine. */
export interface Random {
  /** An integer from min to max, both included. */
  int(min: number, max: number): number;
  pick<T>(list: readonly T[]): T;
  /** True with probability p. */
  chance(p: number): boolean;
  /** An integer from min to max, both included. */
  bigint(min: bigint, max: bigint): bigint;
}

/** A pool of 32-bit words: sfc32 (Chris Doty-Humphrey's PractRand), seeded by three words. */
function words(a: number, b: number, c: number): () => number {
  let counter = 1;
  const next = (): number => {
    const word = (a + b + counter) | 0;

    counter = (counter + 1) | 0;
    a = b ^ (b >>> 9);
    b = (c + (c << 3)) | 0;
    c = ((c << 21) | (c >>> 11)) + word | 0;

    return word >>> 0;
  };

  // The first words still show the seed
  for (let i = 0; i < 12; i++) {
    next();
  }

  return next;
}

/** FNV-1a over UTF-16 units. */
function hash(text: string): number {
  let value = 0x811C9DC5;

  for (let i = 0; i < text.length; i++) {
    value = Math.imul(value ^ text.charCodeAt(i), 0x01000193);
  }

  return value;
}

/** The draws of one case: they depend on nothing but the seed, the operation and the case's number. */
export function randomFor(seed: number, op: string, index: number): Random {
  const word = words(seed, hash(op), index);
  const below = (limit: number): number => Math.floor((word() * 0x200000 + (word() >>> 11)) / 0x20000000000000 * limit);
  const random: Random = {
    int:    (min, max) => min + below(max - min + 1),
    pick:   <T>(list: readonly T[]): T => list[below(list.length)] as T,
    chance: (p) => word() < p * 0x100000000,
    bigint: (min, max) => {
      let drawn = 0n;

      // 64 bits more than the range has, so that the remainder favours no value visibly
      for (let range = (max - min + 1n) << 64n; range > 0n; range >>= 32n) {
        drawn = (drawn << 32n) | BigInt(word());
      }

      return min + drawn % (max - min + 1n);
    },
  };

  return random;
}
