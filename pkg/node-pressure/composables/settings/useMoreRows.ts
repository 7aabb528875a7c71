import { onBeforeUnmount, ref, type Ref } from 'vue';

/** A cluster's usual size at once; of a large one those that matter most. */
const FIRST_ROWS = 12;
const MORE_ROWS = 100;
/** Rows that are put into the page at a time. */
const STEP_ROWS = 10;

export interface MoreRows {
  /** Rows that are in the page. */
  readonly shown: Readonly<Ref<number>>;
  /** Rows that will be. */
  readonly wanted: Readonly<Ref<number>>;
  more(): void;
}

/** How much of a long table is shown: a few rows, and more when asked for, a few in each task. Call in `setup`. */
export function useMoreRows(): MoreRows {
  const shown = ref(FIRST_ROWS);
  const wanted = ref(FIRST_ROWS);
  let timer: ReturnType<typeof setTimeout> | undefined;

  function grow(): void {
    shown.value = Math.min(shown.value + STEP_ROWS, wanted.value);
    timer = shown.value < wanted.value ? setTimeout(grow) : undefined;
  }

  onBeforeUnmount(() => clearTimeout(timer));

  return {
    shown,
    wanted,
    more() {
      wanted.value += MORE_ROWS;
      if (timer === undefined) {
        grow();
      }
    },
  };
}
