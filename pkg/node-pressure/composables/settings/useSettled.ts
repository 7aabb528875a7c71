import { computed, onBeforeUnmount, shallowRef, watch, type ComputedRef, type Ref, type ShallowRef } from 'vue';

/** Up to so many entries a list is worked on whenever it changes. */
const FEW = 50;
const BREATHER_MILLISECONDS = 1_000;

export interface Settled<T> {
  /** Another list only where another entry is in it. */
  readonly list: Readonly<ShallowRef<readonly T[]>>;
  /** Nothing waits to be passed on. */
  readonly isUpToDate: ComputedRef<boolean>;
}

const hasSameEntries = <T>(a: readonly T[], b: readonly T[]): boolean => a.length === b.length && a.every((entry, index) => entry === b[index]);

/**
 * A list that changes again and again while its entries are read one by one. A long one is passed on once a second, so that
 * what is worked out of all of it does not hold up the page. Call in `setup`.
 */
export function useSettled<T>(list: Readonly<Ref<readonly T[]>>): Settled<T> {
  const settled = shallowRef(list.value);
  let timer: ReturnType<typeof setTimeout> | undefined;

  function pass(): void {
    clearTimeout(timer);
    timer = undefined;
    settled.value = list.value;
  }

  const isUpToDate = computed(() => hasSameEntries(list.value, settled.value));

  watch(list, ({ length }) => {
    if (isUpToDate.value) {
      return;
    }
    // Another number of entries is another choice of nodes, which shows at once
    if (length <= FEW || length !== settled.value.length) {
      pass();
    } else {
      timer ??= setTimeout(pass, BREATHER_MILLISECONDS);
    }
  });
  onBeforeUnmount(() => clearTimeout(timer));

  return { list: settled, isUpToDate };
}
