import { onBeforeUnmount, readonly, ref, shallowRef, type Ref, type ShallowRef } from 'vue';

/** One write at a time, and what became of it. */
export interface Writing<Outcome> {
  readonly isBusy: Readonly<Ref<boolean>>;
  /** Of the last write. */
  readonly outcome: Readonly<ShallowRef<Outcome | undefined>>;
  /** Begins one, unless one is under way. */
  run(write: (signal: AbortSignal) => Promise<Outcome | undefined>): Promise<void>;
}

/** A write that is called off when the component is left. Call in `setup`. */
export function useWrite<Outcome>(): Writing<Outcome> {
  const isBusy = ref(false);
  const outcome = shallowRef<Outcome>();
  const life = new AbortController();

  onBeforeUnmount(() => life.abort());

  return {
    isBusy: readonly(isBusy),
    outcome,
    async run(write) {
      if (isBusy.value) {
        return;
      }
      isBusy.value = true;
      outcome.value = undefined;
      outcome.value = await write(life.signal);
      isBusy.value = false;
    },
  };
}
