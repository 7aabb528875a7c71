import { onBeforeUnmount, onMounted, readonly, ref, type Ref } from 'vue';
import { useRouter } from 'vue-router';

export interface UnsavedGuard {
  /** Somebody wants to leave what is not saved, and has to be asked. */
  readonly asking: Readonly<Ref<boolean>>;
  /** The answer; true leaves. */
  answer(leave: boolean): void;
  /** Asks before something that is no navigation, such as opening another policy. */
  mayLeave(): Promise<boolean>;
}

/**
 * Nothing typed is lost without a question: not by another tab, another page or cluster, nor by a reload. The router's own
 * guard, since the one for components fails within the Dashboard up to 2.14. Call in `setup`.
 */
export function useUnsavedGuard(dirty: Readonly<Ref<boolean>>): UnsavedGuard {
  const router = useRouter();
  const asking = ref(false);
  let settle: ((leave: boolean) => void) | undefined;
  let removeGuard = (): void => {};

  function answer(leave: boolean): void {
    asking.value = false;
    settle?.(leave);
    settle = undefined;
  }

  function mayLeave(): Promise<boolean> {
    if (!dirty.value) {
      return Promise.resolve(true);
    }
    answer(false);
    asking.value = true;

    return new Promise((resolve) => {
      settle = resolve;
    });
  }

  const warn = (event: BeforeUnloadEvent): void => {
    if (dirty.value) {
      event.preventDefault();
    }
  };

  onMounted(() => {
    // The same page and tab with another query is no leave
    removeGuard = router.beforeEach((to, from) => (to.path === from.path && to.hash === from.hash ? true : mayLeave()));
    window.addEventListener('beforeunload', warn);
  });
  onBeforeUnmount(() => {
    removeGuard();
    window.removeEventListener('beforeunload', warn);
    answer(false);
  });

  return { asking: readonly(asking), answer, mayLeave };
}
