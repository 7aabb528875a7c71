import { ref, shallowRef, watch, type Ref, type ShallowRef } from 'vue';
import { useRoute, useRouter } from 'vue-router';
import type { Node } from '../../harvester/node';
import { handoverIn } from '../../planner/settings/handover';
import { firstOpening, openCopy, openNew, openPolicy, type Opening } from '../../planner/settings/opening';
import type { Policy } from '../../planner/settings/policy';

export interface OpenedPolicy {
  /** Undefined: only the list is shown. */
  readonly opening: ShallowRef<Opening | undefined>;
  /** Another one for each time that something was opened: the form begins anew. */
  readonly turn: Ref<number>;
  open(name: string): void;
  openNew(): void;
  openCopy(original: Policy): void;
  /** Back to the list; without any policy to a new one. */
  close(): void;
  /** The form stays; what it works on has this name now. */
  named(name: string): void;
}

/** What `handoverQuery` puts into an address. */
const HANDED_OVER = ['node', 'settings'];

/**
 * What the form works on. Something is opened by itself once everything is `ready`, and whenever another view hands settings
 * over in the address, which forgets them at once: a reload must not propose them again. Call in `setup`.
 */
export function useOpening(policies: Readonly<Ref<readonly Policy[]>>, nodes: Readonly<Ref<readonly Node[]>>, ready: Readonly<Ref<boolean>>): OpenedPolicy {
  const route = useRoute();
  const router = useRouter();
  const opening = shallowRef<Opening>();
  const turn = ref(0);

  function show(next: Opening | undefined): void {
    opening.value = next;
    turn.value += 1;
  }

  function takeHandover(): boolean {
    const handover = handoverIn(route.query);

    if (handover) {
      const query = Object.fromEntries(Object.entries(route.query).filter(([name]) => !HANDED_OVER.includes(name)));

      show(firstOpening(policies.value, nodes.value, handover));
      router.replace({ query, hash: route.hash });
    }

    return handover !== undefined;
  }

  watch(ready, (isReady, wasReady) => {
    if (isReady && !wasReady && !takeHandover()) {
      show(firstOpening(policies.value, nodes.value, undefined));
    }
  }, { immediate: true });
  watch(() => route.query['settings'], () => ready.value && takeHandover());

  return {
    opening,
    turn,
    open(name) {
      const policy = policies.value.find((each) => each.name === name);

      show(policy && openPolicy(policy));
    },
    openNew:  () => show(openNew(policies.value)),
    openCopy: (original) => show(openCopy(policies.value, original)),
    close:    () => show(policies.value.length > 0 ? undefined : openNew([])),
    named(name) {
      opening.value = opening.value && { ...opening.value, policy: name };
    },
  };
}
