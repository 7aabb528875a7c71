import { onBeforeUnmount, onMounted, readonly, ref, type Ref } from 'vue';
import { useRouter, type RouteLocationRaw, type Router } from 'vue-router';

export interface UnsavedGuard {
  /** Somebody wants to leave what is not saved, and has to be asked. */
  readonly asking: Readonly<Ref<boolean>>;
  /** The answer; true leaves. */
  answer(leave: boolean): void;
  /** Asks before something that is no navigation, such as opening another policy. */
  mayLeave(): Promise<boolean>;
}

type Question = () => Promise<boolean>;
type Navigate = Router['push'];

/** The same page and tab with another query is no leave. */
function isSamePlace(router: Router, to: RouteLocationRaw): boolean {
  const [there, here] = [router.resolve(to), router.currentRoute.value];

  return there.path === here.path && there.hash === here.hash;
}

/**
 * Asks before every navigation. Links and menus navigate by `push` and `replace`, and are asked there: of the router's own
 * guards the Dashboard's come first, and its guard for clusters has taken the page away before ours would be heard. Going
 * back and forward is left to ours. Not `onBeforeRouteLeave`, which fails within the Dashboard up to 2.14.
 *
 * @returns takes it all back
 */
function guardNavigation(router: Router, mayLeave: Question): () => void {
  const { push, replace } = router;
  let isAnswered = false;

  const asking = (navigate: Navigate): Navigate => async(to) => {
    if (!isSamePlace(router, to) && !await mayLeave()) {
      return undefined;
    }
    isAnswered = true;

    try {
      return await navigate(to);
    } finally {
      isAnswered = false;
    }
  };
  const removeGuard = router.beforeEach((to) => isAnswered || isSamePlace(router, to) || mayLeave());

  Object.assign(router, { push: asking(push), replace: asking(replace) });

  return () => {
    removeGuard();
    Object.assign(router, { push, replace });
  };
}

/** Nothing typed is lost without a question: not by another tab, another page or cluster, nor by a reload. Call in `setup`. */
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
    removeGuard = guardNavigation(router, mayLeave);
    window.addEventListener('beforeunload', warn);
  });
  onBeforeUnmount(() => {
    removeGuard();
    window.removeEventListener('beforeunload', warn);
    answer(false);
  });

  return { asking: readonly(asking), answer, mayLeave };
}
