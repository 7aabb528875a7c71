/** The two simple sorts that Go's sort.Sort (1.26) falls back to, on ranges of one array. */
export class SimpleSorts<T> {
  constructor(private readonly data: T[], private readonly lessThan: (a: T, b: T) => boolean) {}

  protected less(i: number, j: number): boolean {
    return this.lessThan(this.data[i] as T, this.data[j] as T);
  }

  protected swap(i: number, j: number): void {
    const kept = this.data[i] as T;

    this.data[i] = this.data[j] as T;
    this.data[j] = kept;
  }

  /** For short ranges: stable. */
  protected insertionSort(from: number, to: number): void {
    for (let i = from + 1; i < to; i++) {
      for (let j = i; j > from && this.less(j, j - 1); j--) {
        this.swap(j, j - 1);
      }
    }
  }

  /** For ranges on which quicksort keeps choosing bad pivots. */
  protected heapSort(from: number, to: number): void {
    const length = to - from;

    for (let root = (length - 1) >> 1; root >= 0; root--) {
      this.siftDown(from, root, length);
    }
    for (let last = length - 1; last >= 0; last--) {
      this.swap(from, from + last);
      this.siftDown(from, 0, last);
    }
  }

  /** Restores the heap that starts at `first` below its element `root`. */
  private siftDown(first: number, root: number, length: number): void {
    for (let child = 2 * root + 1; child < length; child = 2 * root + 1) {
      if (child + 1 < length && this.less(first + child, first + child + 1)) {
        child++;
      }
      if (!this.less(first + root, first + child)) {
        return;
      }
      this.swap(first + root, first + child);
      root = child;
    }
  }
}
