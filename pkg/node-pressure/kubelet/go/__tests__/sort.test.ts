/** @jest-environment node */
import { goSort } from '../sort';
import { SimpleSorts } from '../sortSimple';

interface Item {
  readonly key: number;
  readonly id: number;
}

/** The Numerical Recipes generator without its weak low bits; the Go program behind the hashes below used the same. */
function numbers(seed: number): () => number {
  let state = seed;

  return () => {
    state = (Math.imul(state, 1664525) + 1013904223) >>> 0;

    return state >>> 8;
  };
}

/** Keys in the orders that the algorithm treats differently. */
const PATTERNS: Readonly<Record<string, (i: number, n: number, next: () => number) => number>> = {
  random:        (_i, _n, next) => next(),
  'many equal':  (_i, _n, next) => next() % 4,
  ascending:     (i) => i,
  descending:    (i, n) => n - i,
  'nearly sorted': (i, n, next) => next() % 32 === 0 ? next() % n : i,
  sawtooth:      (i) => i % 8,
  'some equal':  (_i, n, next) => next() % (Math.floor(n / 2) + 1),
  'organ pipes': (i, n) => i < Math.floor(n / 2) ? i : n - i,
  'descending pairs': (i, n) => Math.floor((n - i) / 2),
  scattered:     (i, n) => ((i * 7919) % (Math.floor(n / 3) + 1)) ^ (i & 5),
};

/** FNV-1a. */
const FNV_OFFSET = 0x811C9DC5;

function foldHash(hash: number, ids: readonly number[]): number {
  return ids.reduce((folded, id) => Math.imul(folded ^ id, 0x01000193) >>> 0, hash);
}

const LENGTHS = [...Array.from({ length: 200 }, (_, n) => n), 500, 1000, 3000];

/** Over the ids in the order that a sort gives them, for all lengths of one pattern. */
function hashOfOrders(pattern: string, sort: (items: Item[]) => readonly Item[], start = FNV_OFFSET): number {
  const keyAt = PATTERNS[pattern] as (i: number, n: number, next: () => number) => number;

  return LENGTHS.reduce((hash, n) => {
    const next = numbers(1000 + n);
    const items = Array.from({ length: n }, (_, id): Item => ({ key: keyAt(id, n, next) >>> 0, id }));

    return foldHash(hash, sort(items).map(({ id }) => id));
  }, start);
}

const byKey = (a: Item, b: Item): boolean => a.key < b.key;
/** Not an order at all, which leads to bad pivots and, on short ranges, into heapsort. */
const erratic = (a: Item, b: Item): boolean => ((Math.imul(a.key, 31) + Math.imul(b.key, 17)) >>> 0) % 5 === 0;

/** Keys that make every pivot a bad one: the sort itself decides them as it compares (McIlroy's antiqsort). */
function adversary(n: number): number[] {
  const keys: number[] = Array.from({ length: n }, () => n);
  let decided = 0;
  let candidate = 0;

  goSort(Array.from(keys.keys()), (a, b) => {
    if (keys[a] === n && keys[b] === n) {
      keys[a === candidate ? a : b] = decided++;
    }
    if (keys[a] === n) {
      candidate = a;
    } else if (keys[b] === n) {
      candidate = b;
    }

    return (keys[a] as number) < (keys[b] as number);
  });

  return keys;
}

describe('goSort', () => {
  /** Hashes of the orders that sort.Sort of Go 1.26 made of the same data. */
  it.each([
    ['random', 'a016a6f7', 'da486cc9'],
    ['many equal', '19777c3b', '925efae3'],
    ['ascending', '35db385', 'abe2a601'],
    ['descending', '4dc60abd', '48efc4b1'],
    ['nearly sorted', 'd455e071', 'a30886d7'],
    ['sawtooth', '3cc07edd', 'f530f9eb'],
    ['some equal', '9e51cebf', '6637c953'],
    ['organ pipes', '418ac9cf', '210a8d7b'],
    ['descending pairs', 'e870346f', '50a4597'],
    ['scattered', 'cb309451', '6f4b9b4f'],
  ])('orders %s as Go does', (pattern, ordered, unordered) => {
    const hashes = [byKey, erratic].map((less) => hashOfOrders(pattern, (items) => goSort(items, less)).toString(16));

    expect(hashes).toStrictEqual([ordered, unordered]);
  });

  it('orders what an adversary prepared as Go does', () => {
    const orders = [100, 300, 1000, 2500].map((n) => {
      const keys = adversary(n).map((key) => Math.floor(key / 2));

      return goSort(Array.from(keys.keys()), (a, b) => (keys[a] as number) < (keys[b] as number));
    });

    expect(orders.reduce(foldHash, FNV_OFFSET).toString(16)).toBe('fb615e6f');
  });

  it('sorts a copy', () => {
    const items = [3, 1, 2];

    expect(goSort(items, (a, b) => a < b)).toStrictEqual([1, 2, 3]);
    expect(items).toStrictEqual([3, 1, 2]);
  });
});

class HeapSort extends SimpleSorts<Item> {
  constructor(private readonly items: Item[]) {
    super(items, byKey);
  }

  sorted(): readonly Item[] {
    this.heapSort(0, this.items.length);

    return this.items;
  }
}

describe('heapSort', () => {
  /** Hash of what the heapSort behind sort.Sort of Go 1.26 made of the same data. */
  it('orders as Go does', () => {
    const hash = Object.keys(PATTERNS).reduce((start, pattern) => hashOfOrders(pattern, (items) => new HeapSort(items).sorted(), start), FNV_OFFSET);

    expect(hash.toString(16)).toBe('e65e1d39');
  });
});
