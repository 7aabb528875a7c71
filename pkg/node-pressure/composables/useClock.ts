import { onBeforeUnmount, readonly, ref, watch, type Ref } from 'vue';

/** How often ages are brought up to date where nothing else changes. */
const CLOCK_MILLISECONDS = 5_000;

export interface Clock {
  readonly now: Readonly<Ref<number>>;
  /** Brings it up to date at once. */
  tick(): void;
}

/** The browser's time in milliseconds, brought up to date every few seconds while `active`. Call in `setup`. */
export function useClock(active: Readonly<Ref<boolean>>): Clock {
  const now = ref(Date.now());
  let timer: ReturnType<typeof setInterval> | undefined;

  const tick = (): void => {
    now.value = Date.now();
  };

  watch(active, (isActive) => {
    clearInterval(timer);
    timer = isActive ? setInterval(tick, CLOCK_MILLISECONDS) : undefined;
    tick();
  }, { immediate: true });
  onBeforeUnmount(() => clearInterval(timer));

  return { now: readonly(now), tick };
}
