/**
 * Go's sort.Sort, which is not stable: elements that compare equal come out in an order that only the algorithm itself
 * tells. The kubelet ranks pods with it, so the very same permutation is needed to name the pod that is evicted first.
 *
 * Follows sort.Sort of Go 1.26 (pattern-defeating quicksort with insertion sort and heapsort as its base cases).
 */

import { SimpleSorts } from './sortSimple';

/** Ranges up to this length are sorted by insertion. */
const MAX_INSERTION_LENGTH = 12;
/** From this length on the pivot is a median of medians, and a nearly sorted range may be repaired in place. */
const LONG_RANGE_LENGTH = 50;
/** How many misplaced neighbours a nearly sorted range may have. */
const MAX_REPAIRS = 5;
/** Every comparison of the median of medians found its pair in descending order. */
const ALL_DESCENDING = 12;

const bitLength = (n: number): number => 32 - Math.clz32(n);

class PatternDefeatingSort<T> extends SimpleSorts<T> {
  /** How many pairs the last choice of a pivot found in descending order. */
  private descending = 0;
  /** Whether the last partition had nothing to move. */
  private alreadyPartitioned = true;

  /** Sorts data[from, to). After `badPivots` unbalanced partitions heapsort takes over. */
  sort(from: number, to: number, badPivots: number): void {
    let balanced = true;
    let partitioned = true;

    while (to - from > MAX_INSERTION_LENGTH) {
      if (badPivots === 0) {
        this.heapSort(from, to);

        return;
      }
      if (!balanced) {
        this.breakPatterns(from, to);
        badPivots--;
      }

      let pivot = this.choosePivot(from, to);
      let looksSorted = this.descending === 0;

      if (this.descending === ALL_DESCENDING) {
        this.reverse(from, to);
        pivot = to - 1 - (pivot - from);
        looksSorted = true;
      }
      if (balanced && partitioned && looksSorted && this.repair(from, to)) {
        return;
      }
      // A pivot equal to the element before the range: nothing in the range is smaller
      if (from > 0 && !this.less(from - 1, pivot)) {
        from = this.partitionEqual(from, to, pivot);
        continue;
      }

      const middle = this.partition(from, to, pivot);
      const balance = Math.floor((to - from) / 8);

      partitioned = this.alreadyPartitioned;
      if (middle - from < to - middle) {
        balanced = middle - from >= balance;
        this.sort(from, middle, badPivots);
        from = middle + 1;
      } else {
        balanced = to - middle >= balance;
        this.sort(middle + 1, to, badPivots);
        to = middle;
      }
    }
    this.insertionSort(from, to);
  }

  /** Swaps three elements around the middle with others, chosen by a xorshift generator seeded with the length. */
  private breakPatterns(from: number, to: number): void {
    const length = to - from;
    const middle = from + Math.floor(length / 4) * 2;
    let random = BigInt(length);

    for (let i = middle - 1; i <= middle + 1; i++) {
      random ^= BigInt.asUintN(64, random << 13n);
      random ^= random >> 7n;
      random ^= BigInt.asUintN(64, random << 17n);

      const other = Number(BigInt.asUintN(bitLength(length), random));

      this.swap(i, from + (other < length ? other : other - length));
    }
  }

  private choosePivot(from: number, to: number): number {
    const length = to - from;
    const quarter = Math.floor(length / 4);
    let low = from + quarter;
    let middle = low + quarter;
    let high = middle + quarter;

    this.descending = 0;
    if (length >= LONG_RANGE_LENGTH) {
      low = this.median(low - 1, low, low + 1);
      middle = this.median(middle - 1, middle, middle + 1);
      high = this.median(high - 1, high, high + 1);
    }

    return this.median(low, middle, high);
  }

  private median(a: number, b: number, c: number): number {
    if (this.less(b, a)) {
      [a, b] = [b, a];
      this.descending++;
    }
    if (this.less(c, b)) {
      b = c;
      this.descending++;
    }
    if (this.less(b, a)) {
      b = a;
      this.descending++;
    }

    return b;
  }

  private reverse(from: number, to: number): void {
    for (let i = from, j = to - 1; i < j; i++, j--) {
      this.swap(i, j);
    }
  }

  /** Tries to finish a nearly sorted range by moving a few elements. True when the range is sorted now. */
  private repair(from: number, to: number): boolean {
    let i = from + 1;

    for (let repairs = 0; repairs < MAX_REPAIRS; repairs++) {
      while (i < to && !this.less(i, i - 1)) {
        i++;
      }
      if (i === to) {
        return true;
      }
      if (to - from < LONG_RANGE_LENGTH) {
        return false;
      }
      this.swap(i, i - 1);
      if (i - from >= 2) {
        // Down to the start of the whole data, not of the range: so does Go
        for (let j = i - 1; j >= 1 && this.less(j, j - 1); j--) {
          this.swap(j, j - 1);
        }
      }
      for (let j = i + 1; j < to && this.less(j, j - 1); j++) {
        this.swap(j, j - 1);
      }
    }

    return false;
  }

  /** Moves what is less than the pivot before it, the rest behind it; returns where the pivot ends up. */
  private partition(from: number, to: number, pivot: number): number {
    let low = from + 1;
    let high = to - 1;

    this.alreadyPartitioned = true;
    this.swap(from, pivot);
    for (;; low++, high--) {
      while (low <= high && this.less(low, from)) {
        low++;
      }
      while (low <= high && !this.less(high, from)) {
        high--;
      }
      if (low > high) {
        this.swap(high, from);

        return high;
      }
      this.alreadyPartitioned = false;
      this.swap(low, high);
    }
  }

  /** Moves what equals the pivot to the front of a range without smaller elements; returns where the rest starts. */
  private partitionEqual(from: number, to: number, pivot: number): number {
    let low = from + 1;
    let high = to - 1;

    this.swap(from, pivot);
    for (;; low++, high--) {
      while (low <= high && !this.less(from, low)) {
        low++;
      }
      while (low <= high && this.less(from, high)) {
        high--;
      }
      if (low > high) {
        return low;
      }
      this.swap(low, high);
    }
  }
}

/**
 * Sorts a copy of `items` into exactly the order that Go's sort.Sort gives, ties included.
 *
 * `less` is Go's Less on two elements; it need not be a strict order (the kubelet's comparators are not always), the
 * result is then what Go makes of it. It must not change the elements.
 */
export function goSort<T>(items: readonly T[], less: (a: T, b: T) => boolean): T[] {
  const data = items.slice();

  new PatternDefeatingSort(data, less).sort(0, data.length, bitLength(data.length));

  return data;
}
